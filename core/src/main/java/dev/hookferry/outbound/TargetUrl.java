package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an endpoint, parsed strictly because attackers can supply it. Created only by {@link
 * #parse} and {@link #template}. Immutable; equality is by text.
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
  private final @Nullable UrlTemplate template;

  private TargetUrl(UrlParts parts) {
    this(parts, parts.text(), parts.pathAndQuery(), null);
  }

  private TargetUrl(
      UrlParts parts, String text, String pathAndQuery, @Nullable UrlTemplate template) {
    this.text = text;
    this.scheme = parts.scheme();
    this.host = parts.host();
    this.literal = parts.literal();
    this.port = parts.port();
    this.pathAndQuery = pathAndQuery;
    this.template = template;
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

  /**
   * Parses a URL that may have placeholders for routing values in its path and query: {@code
   * https://api.example/{tenant}/hook}. Without placeholders, it is a plain URL.
   *
   * @throws dev.hookferry.refusal.InvalidException as for {@link #parse}, or if a placeholder is in
   *     the scheme, host or port, or is not a valid name
   */
  public static TargetUrl template(String text) {
    Objects.requireNonNull(text, "text");
    if (!UrlTemplate.isTemplate(text)) {
      return parse(text);
    }
    UrlTemplate template = UrlTemplate.parse(text);
    if (text.length() > MAX_LENGTH) {
      throw UrlFault.SYNTAX.refusal("must have " + MAX_LENGTH + " characters or fewer");
    }
    UrlParts parts = UrlParser.parse(template.expand(template.samples()));
    int path = text.indexOf('/', text.indexOf("//") + 2);
    int query = text.indexOf('?');
    String rest =
        path < 0 || (query >= 0 && query < path)
            ? "/" + text.substring(query)
            : text.substring(path);
    return new TargetUrl(parts, text, rest, template);
  }

  /** Returns whether it has placeholders, so that sending to it needs routing values. */
  public boolean isTemplate() {
    return template != null;
  }

  /** Returns the names of the placeholders, in order of first use; empty for a plain URL. */
  public Set<String> values() {
    return template == null ? Set.of() : template.names();
  }

  /**
   * Returns why this template cannot be expanded with the routing values: one is missing, a segment
   * of the path would be empty, {@code .} or {@code ..}, or the URL would be too long. Empty if it
   * can, or if it is a plain URL, which needs no values.
   *
   * @param routing values by name; others than those needed are ignored
   */
  public Optional<String> problem(Map<String, String> routing) {
    Objects.requireNonNull(routing, "routing");
    return template == null ? Optional.empty() : Optional.ofNullable(template.problem(routing));
  }

  /**
   * Returns the plain URL with the routing values inserted, percent-encoded. Scheme, host and port
   * stay the same. A plain URL is returned unchanged.
   *
   * @param routing values by name
   * @throws dev.hookferry.refusal.InvalidException for the field {@code routing}, if there is a
   *     {@link #problem}
   */
  public TargetUrl expand(Map<String, String> routing) {
    Objects.requireNonNull(routing, "routing");
    if (template == null) {
      return this;
    }
    String problem = template.problem(routing);
    if (problem != null) {
      throw InvalidException.of("routing", problem);
    }
    return parse(template.expand(routing));
  }

  /** Returns sample values for this template: for each placeholder, its own name. */
  public Map<String, String> samples() {
    return template == null ? Map.of() : template.samples();
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

  /** Returns the host as an address if it is an IP literal; never resolves a name. */
  public Optional<InetAddress> literal() {
    return Optional.ofNullable(literal);
  }

  /** Returns the port, 1 to 65535; the scheme's default if none is given. */
  public int port() {
    return port;
  }

  /**
   * Returns path and query exactly as written, with template placeholders unexpanded; starts with a
   * slash.
   */
  public String pathAndQuery() {
    return pathAndQuery;
  }

  /**
   * Returns host and port as in the {@code Host} header: without a default port, and with an IPv6
   * address in brackets.
   */
  public String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (scheme.equals("https") ? 443 : 80) ? name : name + ":" + port;
  }

  /**
   * Returns the URL that a receiver reconstructs from the request: {@link #scheme}, {@link
   * #authority} and {@link #pathAndQuery}. It differs from {@link #text} in the case of the host, a
   * default port, or an empty path.
   */
  public String requestUri() {
    return scheme + "://" + authority() + pathAndQuery;
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
