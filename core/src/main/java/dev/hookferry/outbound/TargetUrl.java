package dev.hookferry.outbound;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an endpoint, parsed strictly: a URL that a user supplied is one that an attacker
 * supplied. There is no other way to one than {@link #parse}. Immutable, compared by its text.
 */
public final class TargetUrl {
  /** How many characters a URL may have. */
  public static final int MAX_LENGTH = 2048;

  private final String text;
  private final String scheme;
  private final String host;
  private final @Nullable InetAddress literal;
  private final int port;
  private final String pathAndQuery;

  TargetUrl(UrlParts parts) {
    this.text = parts.text();
    this.scheme = parts.scheme();
    this.host = parts.host();
    this.literal = parts.literal();
    this.port = parts.port();
    this.pathAndQuery = parts.pathAndQuery();
  }

  /**
   * Reads a URL. What it names may still be one that must not be called: {@link OutboundPolicy}
   * judges that.
   *
   * @throws dev.hookferry.refusal.InvalidException for the field {@code url} if it is not strictly
   *     an {@code https} or {@code http} URL, or is one that two parsers could read differently
   */
  public static TargetUrl parse(String text) {
    return new TargetUrl(UrlParser.parse(text));
  }

  /** As registered. */
  public String text() {
    return text;
  }

  /** {@code https} or {@code http}. */
  public String scheme() {
    return scheme;
  }

  /** Lower case: an ASCII name without a trailing dot, a dotted IPv4, or IPv6 without brackets. */
  public String host() {
    return host;
  }

  /** The host as an address if it is one; no name is ever resolved for this. */
  public Optional<InetAddress> literal() {
    return Optional.ofNullable(literal);
  }

  /** 1 to 65535; the scheme's own where none is written. */
  public int port() {
    return port;
  }

  /** What is asked for, exactly as written; begins with a slash. */
  public String pathAndQuery() {
    return pathAndQuery;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TargetUrl that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
