package dev.hookferry.outbound;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an endpoint, parsed strictly because attackers can supply it. Created only by {@link
 * #parse}. Immutable; equality is by text.
 */
public final class TargetUrl {
  /** Maximum length in characters. */
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
   * Parses a URL. Does not check whether it may be called; {@link OutboundPolicy} does that.
   *
   * @throws dev.hookferry.refusal.InvalidException for the field {@code url} if it is not strictly
   *     an {@code https} or {@code http} URL, or if two parsers could read it differently
   */
  public static TargetUrl parse(String text) {
    Objects.requireNonNull(text, "text");
    return new TargetUrl(UrlParser.parse(text));
  }

  /** Returns the URL as registered. */
  public String text() {
    return text;
  }

  /** Returns {@code https} or {@code http}. */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns the host in lower case: an ASCII name without a trailing dot, a dotted IPv4 address, or
   * an IPv6 address without brackets.
   */
  public String host() {
    return host;
  }

  /** Returns the host as an address if it is a literal one; never resolves a name. */
  public Optional<InetAddress> literal() {
    return Optional.ofNullable(literal);
  }

  /** Returns the port, 1 to 65535; the scheme's default if none is given. */
  public int port() {
    return port;
  }

  /** Returns path and query exactly as written; starts with a slash. */
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
