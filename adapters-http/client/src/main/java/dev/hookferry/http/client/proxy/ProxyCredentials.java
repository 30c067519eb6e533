package dev.hookferry.http.client.proxy;

/**
 * A user name and password for a proxy.
 *
 * @param user the user name
 * @param password the password
 */
public record ProxyCredentials(String user, String password) {
  /** Returns the user name only, to keep the password out of logs. */
  @Override
  public String toString() {
    return user;
  }
}
