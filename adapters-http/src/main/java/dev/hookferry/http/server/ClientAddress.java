package dev.hookferry.http.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** From where a request comes. */
final class ClientAddress {
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private ClientAddress() {}

  /**
   * The address, as text; for IPv6 all eight groups.
   *
   * @param behindProxy whether a proxy tells it: then the last one in {@code X-Forwarded-For} is
   *     what the proxy saw itself, while those before it are what a caller may have made up
   */
  static String of(HttpServerExchange exchange, boolean behindProxy) {
    String forwarded = behindProxy ? forwarded(exchange) : "";
    if (!forwarded.isEmpty()) {
      return forwarded;
    }
    InetSocketAddress peer = exchange.getConnection().getPeerAddress(InetSocketAddress.class);
    InetAddress address = peer == null ? null : peer.getAddress();
    return address == null ? "" : withoutZone(address.getHostAddress());
  }

  private static String forwarded(HttpServerExchange exchange) {
    HeaderValues values = exchange.getRequestHeaders().get(Headers.X_FORWARDED_FOR);
    if (values == null) {
      return "";
    }
    String line = values.getLast();
    String last = line.substring(line.lastIndexOf(',') + 1).strip();
    if (!ADDRESS.matcher(last).matches()) {
      return "";
    }
    try {
      // Digits, dots and colons alone are never looked up.
      return last.indexOf(':') < 0 ? last : InetAddress.getByName(last).getHostAddress();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
