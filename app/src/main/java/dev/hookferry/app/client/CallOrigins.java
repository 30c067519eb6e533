package dev.hookferry.app.client;

/**
 * Where the values of a client come from, for error messages: the name of an option or variable.
 *
 * @param server the origin of the server's address
 * @param key the origin of the API key
 */
public record CallOrigins(String server, String key) {
  /** Both values come from options. */
  static final CallOrigins OPTIONS = new CallOrigins("--server", "--key");

  /** Returns a hint at what to check if nothing responds at the address. */
  String checkedServer() {
    return server.startsWith("--") ? "--server or HOOKFERRY_URL" : server;
  }
}
