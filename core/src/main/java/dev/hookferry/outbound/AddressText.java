package dev.hookferry.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parser for IP addresses in strict textual form. It replaces the JDK's parser, which also accepts
 * {@code 127.1}, {@code 2130706433} and host names.
 */
final class AddressText {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int GROUPS = 8;

  private AddressText() {}

  /** Returns the address, or null if the text is not one in strict form. */
  static @Nullable InetAddress parse(String text) {
    byte[] bytes = text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  private static byte @Nullable [] ipv4(String text) {
    Matcher matcher = IPV4.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(matcher.group(i + 1));
    }
    return bytes;
  }

  private static byte @Nullable [] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text);
      return all != null && all.length == 2 * GROUPS ? all : null;
    }
    byte[] head = groups(text.substring(0, gap));
    byte[] tail = groups(text.substring(gap + 2));
    // A double colon replaces at least one group.
    if (head == null || tail == null || head.length + tail.length > 2 * (GROUPS - 1)) {
      return null;
    }
    if (text.substring(0, gap).indexOf('.') >= 0) {
      return null;
    }
    byte[] bytes = new byte[2 * GROUPS];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
    return bytes;
  }

  /**
   * Parses groups of hexadecimal digits, the last of which may be a dotted IPv4 address. Returns no
   * bytes for an empty text, and null if it is malformed.
   */
  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] groups = text.split(":", -1);
    byte[] quad = ipv4(groups[groups.length - 1]);
    int hexGroups = quad == null ? groups.length : groups.length - 1;
    byte[] bytes = new byte[2 * hexGroups + (quad == null ? 0 : quad.length)];
    for (int i = 0; i < hexGroups; i++) {
      if (!GROUP.matcher(groups[i]).matches()) {
        return null;
      }
      int value = Integer.parseInt(groups[i], 16);
      bytes[2 * i] = (byte) (value >> 8);
      bytes[2 * i + 1] = (byte) value;
    }
    if (quad != null) {
      System.arraycopy(quad, 0, bytes, 2 * hexGroups, quad.length);
    }
    return bytes;
  }
}
