package dev.hookferry.outbound;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A second opinion on where a URL leads: parsed as leniently as browsers do, with backslashes,
 * escapes, full-width digits, octal and short addresses.
 *
 * @param host a name, or an address in the JDK's form
 * @param port as written, or the scheme's
 */
record BrowserHost(String host, int port) {
  static BrowserHost of(String text) {
    String plain = text.strip().replaceAll("[\\t\\r\\n]", "").replace('\\', '/');
    int colon = plain.indexOf(':');
    boolean secure = plain.substring(0, colon).equalsIgnoreCase("https");
    String rest = plain.substring(colon + 1).replaceFirst("^/+", "");
    String authority = rest.split("[/?#]", 2)[0];
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    int end = place.startsWith("[") ? place.indexOf(']') + 1 : place.length();
    int mark = place.indexOf(':', place.startsWith("[") ? end : 0);
    String host = mark < 0 ? place : place.substring(0, mark);
    String port = mark < 0 ? "" : place.substring(mark + 1);
    return new BrowserHost(
        normal(host), port.isEmpty() ? (secure ? 443 : 80) : Integer.parseInt(port));
  }

  private static String normal(String host) {
    if (host.startsWith("[")) {
      return address(host.substring(1, host.length() - 1));
    }
    String decoded = URLDecoder.decode(host.replace("+", "%2B"), StandardCharsets.UTF_8);
    String name =
        Normalizer.normalize(decoded, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replace('\u3002', '.')
            .replaceFirst("\\.$", "");
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0x[0-9a-f]*") ? address(quad(name)) : name;
  }

  /** An address in any of the forms of {@code inet_aton}. */
  private static String quad(String name) {
    String[] parts = name.split("\\.", -1);
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < parts.length - 1; i++) {
      value = value.add(number(parts[i]).shiftLeft(8 * (3 - i)));
    }
    long all = value.add(number(parts[parts.length - 1])).longValue();
    return (all >> 24 & 255) + "." + (all >> 16 & 255) + "." + (all >> 8 & 255) + "." + (all & 255);
  }

  private static BigInteger number(String part) {
    if (part.startsWith("0x")) {
      return new BigInteger("0" + part.substring(2), 16);
    }
    return part.startsWith("0") ? new BigInteger("0" + part, 8) : new BigInteger(part);
  }

  static String address(String literal) {
    try {
      return InetAddress.getByName(literal).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
