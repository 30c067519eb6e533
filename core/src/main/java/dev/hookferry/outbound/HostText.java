package dev.hookferry.outbound;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parser for the host of a URL: a DNS name, or an IP address in strict form. */
final class HostText {
  /** A label, with underscores: the standard forbids them in host names, but DNS often has them. */
  private static final Pattern LABEL =
      Pattern.compile("[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?", Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
  private static final int MAX_NAME = 253;

  private HostText() {}

  /**
   * Parses a host as an IP address.
   *
   * @return null if it is a name
   * @throws dev.hookferry.refusal.InvalidException if it is neither
   */
  static @Nullable InetAddress literal(String host) {
    if (host.isEmpty()) {
      throw UrlFault.SYNTAX.refusal("must have a host, as in https://example.com/hook");
    }
    if (host.startsWith("[")) {
      String inner = host.substring(1, host.length() - 1);
      InetAddress address = inner.indexOf(':') < 0 ? null : AddressText.parse(inner);
      if (address == null) {
        throw UrlFault.SYNTAX.refusal(
            "must have an IPv6 address without zone in brackets, as in [2001:db8::1]");
      }
      return address;
    }
    if (host.indexOf('%') >= 0) {
      throw UrlFault.SYNTAX.refusal("must not have a percent sign in its host");
    }
    String[] labels = withoutDot(host).split("\\.", -1);
    if (!NUMERIC.matcher(labels[labels.length - 1]).matches()) {
      requireName(withoutDot(host), labels);
      return null;
    }
    InetAddress address = AddressText.parse(host);
    if (address == null) {
      throw UrlFault.SYNTAX.refusal(
          "must have an IPv4 address as four decimal numbers from 0 to 255, as in 192.0.2.1");
    }
    return address;
  }

  /** Returns the normalized form for comparison: lower case, no brackets, no trailing dot. */
  static String normal(String host, boolean isLiteral) {
    String plain =
        isLiteral && host.startsWith("[") ? host.substring(1, host.length() - 1) : withoutDot(host);
    return plain.toLowerCase(Locale.ROOT);
  }

  private static void requireName(String name, String[] labels) {
    if (name.length() > MAX_NAME) {
      throw UrlFault.SYNTAX.refusal("must have a host name of at most 253 characters");
    }
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        throw UrlFault.SYNTAX.refusal(
            "must have a host name whose parts between dots are 1 to 63 letters, digits, hyphens or"
                + " underscores, with a letter or digit at either end");
      }
      if (InternationalLabel.isClaimed(label)
          && (label.indexOf('_') >= 0 || !InternationalLabel.isGenuine(label))) {
        throw UrlFault.SYNTAX.refusal(
            "must not have the label "
                + label
                + ", which is not an unambiguous internationalised label");
      }
    }
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
