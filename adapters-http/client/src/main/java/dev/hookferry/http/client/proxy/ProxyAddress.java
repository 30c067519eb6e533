package dev.hookferry.http.client.proxy;

import dev.hookferry.refusal.InvalidException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The address of a proxy, with its protocol.
 *
 * @param kind the protocol
 * @param host a name, or an address without brackets
 * @param port from 1
 */
public record ProxyAddress(Kind kind, String host, int port) {
  private static final String RULE =
      "must be the URL of a proxy: http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT";

  /** A protocol of proxies. */
  public enum Kind {
    /** CONNECT over HTTP. */
    HTTP,
    /** CONNECT over HTTP, over TLS. */
    HTTPS,
    /** SOCKS 5. */
    SOCKS5
  }

  /**
   * Parses the URL of a proxy. The exception message does not repeat the URL, because it may
   * contain a password.
   *
   * @throws InvalidException for the field {@code proxy} if this is not a valid proxy URL
   */
  public static ProxyAddress parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw InvalidException.of("proxy", RULE);
    }
    if (uri.getRawUserInfo() != null) {
      throw InvalidException.of(
          "proxy", "must not contain a user name or password; give them as user and password");
    }
    String path = uri.getRawPath();
    boolean bare = (path == null || path.isEmpty() || path.equals("/")) && uri.getQuery() == null;
    if (!bare || uri.getFragment() != null || uri.getHost() == null || uri.getPort() < 1) {
      throw InvalidException.of("proxy", RULE);
    }
    return new ProxyAddress(kind(uri.getScheme()), bare(uri.getHost()), port(uri.getPort()));
  }

  private static Kind kind(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> Kind.HTTP;
      case "https" -> Kind.HTTPS;
      case "socks5" -> Kind.SOCKS5;
      default -> throw InvalidException.of("proxy", RULE);
    };
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(int port) {
    if (port > 65_535) {
      throw InvalidException.of("proxy", "must have a port from 1 to 65535");
    }
    return port;
  }

  /** Returns the URL. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return kind.name().toLowerCase(Locale.ROOT) + "://" + shown + ":" + port;
  }
}
