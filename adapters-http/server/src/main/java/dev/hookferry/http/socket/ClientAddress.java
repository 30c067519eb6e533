package dev.hookferry.http.socket;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Determines the client address of a request. */
public final class ClientAddress {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern PERHAPS_IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /** Some proxies append the port, and then put an IPv6 address in brackets. */
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:([0-9.]+)|\\[([0-9a-fA-F:.]+)])(?::[0-9]{1,5})?");

  private ClientAddress() {}

  /**
   * Returns the address as text, IPv6 with all eight groups.
   *
   * @param behindProxy whether to trust {@code X-Forwarded-For}: its last address is the one that
   *     the proxy saw, while a caller can forge those before it
   */
  public static String of(HttpServerExchange exchange, boolean behindProxy) {
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
    String last = withoutPort(line.substring(line.lastIndexOf(',') + 1).strip());
    if (IPV4.matcher(last).matches()) {
      return last;
    }
    if (last.indexOf(':') < 0 || !PERHAPS_IPV6.matcher(last).matches()) {
      return "";
    }
    try {
      // A literal with a colon never causes a DNS lookup.
      return InetAddress.getByName(last).getHostAddress();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static String withoutPort(String text) {
    Matcher matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
