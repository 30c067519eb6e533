package dev.hookferry.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strict URL parser: rejects everything that two parsers could read differently. */
final class UrlParser {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");
  private static final Pattern AUTHORITY = Pattern.compile("//([^/?]*)(.*)");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::(.*))?");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final int HIGHEST_PORT = 65_535;

  private UrlParser() {}

  static UrlParts parse(String text) {
    requirePlainCharacters(text);
    String scheme = scheme(text);
    Matcher rest = AUTHORITY.matcher(text.substring(scheme.length() + 1));
    if (!rest.matches()) {
      throw invalid("must have // after the scheme, as in https://example.com/hook");
    }
    String authority = rest.group(1);
    if (authority.indexOf('@') >= 0) {
      throw UrlFault.USERINFO.refusal(
          "must not have a user name or password; put credentials into a header");
    }
    Matcher place = HOST_AND_PORT.matcher(authority);
    if (!place.matches()) {
      throw invalid("must have one host and at most one port, as in example.com:8443");
    }
    @Nullable InetAddress literal = HostText.literal(place.group(1));
    String host = HostText.normal(place.group(1), literal != null);
    int port = port(place.group(2), scheme);
    String pathAndQuery = rest.group(2).startsWith("/") ? rest.group(2) : "/" + rest.group(2);
    UrlParts parts = new UrlParts(text, scheme, host, literal, port, pathAndQuery);
    // The JDK's parser rejects underscores in hosts, so it gets a copy without them.
    requireAgreement(host.indexOf('_') < 0 ? parts : withoutUnderscores(parts, place.group(1)));
    return parts;
  }

  private static void requirePlainCharacters(String text) {
    if (text.isEmpty()) {
      throw invalid("must not be empty; write it as https://example.com/hook");
    }
    if (text.length() > TargetUrl.MAX_LENGTH) {
      throw invalid("must have " + TargetUrl.MAX_LENGTH + " characters or fewer");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw invalid(
            String.format(
                "must be ASCII without spaces, but character %d is U+%04X; percent-encode it in"
                    + " the path, write a host name in its xn-- form",
                i + 1, (int) c));
      }
      if (c == '\\') {
        throw invalid("must not have a backslash; write / or %5C");
      }
      if (c == '#') {
        throw invalid("must not have a fragment (#…), which is never sent; write %23 for a #");
      }
    }
  }

  private static String scheme(String text) {
    Matcher matcher = SCHEME.matcher(text);
    if (!matcher.matches()) {
      throw UrlFault.SCHEME.refusal("must begin with https://");
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw UrlFault.SCHEME.refusal("must begin with https://, not " + scheme + ":");
    }
    return scheme;
  }

  private static int port(@Nullable String text, String scheme) {
    if (text == null) {
      return scheme.equals("https") ? 443 : 80;
    }
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      throw invalid("must have a port from 1 to 65535; without a port, omit the colon");
    }
    return port;
  }

  /** Returns the URL with the underscores in its host replaced by letters. */
  private static UrlParts withoutUnderscores(UrlParts parts, String written) {
    int at = parts.scheme().length() + "://".length();
    String plain = written.replace('_', 'x');
    return new UrlParts(
        parts.text().substring(0, at) + plain + parts.text().substring(at + written.length()),
        parts.scheme(),
        parts.host().replace('_', 'x'),
        parts.literal(),
        parts.port(),
        parts.pathAndQuery());
  }

  /** Checks that the JDK's parser reads the same target. */
  private static void requireAgreement(UrlParts parts) {
    URI uri;
    try {
      uri = new URI(parts.text());
    } catch (URISyntaxException e) {
      throw invalid("is malformed at character " + (e.getIndex() + 1) + "; percent-encode it");
    }
    String host = uri.getHost();
    if (host == null || !HostText.normal(host, parts.literal() != null).equals(parts.host())) {
      throw invalid("must have a host name of letters, digits, hyphens and dots, or an address");
    }
    int standard = parts.scheme().equals("https") ? 443 : 80;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    if ((uri.getPort() < 0 ? standard : uri.getPort()) != parts.port()
        || !(path + query).equals(parts.pathAndQuery())) {
      throw invalid("can be read in two ways; write it as https://host:port/path?query");
    }
  }

  private static RuntimeException invalid(String reason) {
    return UrlFault.SYNTAX.refusal(reason);
  }
}
