package dev.hookferry.http.client.proxy;

/**
 * A user of a proxy.
 *
 * @param user the name
 * @param password the password
 */
public record ProxyCredentials(String user, String password) {
  /** Returns only the name. */
  @Override
  public String toString() {
    return user;
  }
}
