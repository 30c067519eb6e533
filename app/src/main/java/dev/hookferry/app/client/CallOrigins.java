package dev.hookferry.app.client;

/**
 * The sources of a client's values, for error messages: the name of an option or variable each.
 *
 * @param server the origin of the server's address
 * @param key the origin of the API key
 */
public record CallOrigins(String server, String key) {
  /** Both values come from options. */
  static final CallOrigins OPTIONS = new CallOrigins("--server", "--key");

  /** Returns the options or variables to check if nothing responds at the address. */
  String checkedServer() {
    return server.startsWith("--") ? "--server or HOOKFERRY_URL" : server;
  }
}
