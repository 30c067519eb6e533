package dev.hookferry.http.socket;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.util.regex.Pattern;

/** Reads the name of the person whom a proxy in front has authenticated. */
public final class ProxyUser {
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

  private ProxyUser() {}

  /**
   * Returns the name; empty if there is none, or more than one: then a client may have sent one.
   *
   * @param header the header that has it; empty if the proxy names nobody
   */
  public static String of(HttpServerExchange exchange, String header) {
    HeaderValues values = header.isEmpty() ? null : exchange.getRequestHeaders().get(header);
    String name = values == null || values.size() != 1 ? "" : values.getFirst().strip();
    return NAME.matcher(name).matches() ? name : "";
  }
}
