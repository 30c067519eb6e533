package dev.hookferry.endpoint;

import dev.hookferry.refusal.InvalidException;
import java.net.URI;
import java.util.Locale;

/**
 * The URL of an endpoint, parsed strictly: a URL that a user supplied is one that an attacker
 * supplied.
 *
 * @param text as registered; compared by this
 * @param scheme {@code https} or {@code http}
 * @param host lower case ASCII name, dotted IPv4, or IPv6 without brackets
 * @param port 1 to 65535
 * @param pathAndQuery begins with a slash
 */
public record TargetUrl(String text, String scheme, String host, int port, String pathAndQuery) {
  private static final int MAX_LENGTH = 2048;

  /**
   * Reads a URL.
   *
   * @throws InvalidException for the field {@code url} if it is not strictly a URL to POST to
   */
  public static TargetUrl parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw InvalidException.of("url", "must have 2048 characters at most");
    }
    URI uri = URI.create(text);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() < 0 ? (scheme.equals("https") ? 443 : 80) : uri.getPort();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new TargetUrl(text, scheme, uri.getHost(), port, path + query);
  }

  @Override
  public String toString() {
    return text;
  }
}
