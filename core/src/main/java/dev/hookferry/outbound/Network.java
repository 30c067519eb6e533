package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CIDR network such as {@code 10.20.0.0/16}. IPv4-mapped IPv6 addresses belong to IPv4 networks.
 * Immutable.
 */
public final class Network {
  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)/(0|[1-9][0-9]{0,2})");
  private static final String FIX =
      "must be a network such as 10.20.0.0/16 or fd00:12::/32, with no bits set beyond the prefix";

  private final byte[] start;
  private final int prefix;
  private final String text;

  private Network(byte[] start, int prefix, String text) {
    this.start = start;
    this.prefix = prefix;
    this.text = text;
  }

  /**
   * Parses a network.
   *
   * @param text an address, a slash and the prefix length
   * @throws InvalidException without a field name, if the text is not a network in strict form
   */
  public static Network parse(String text) {
    Objects.requireNonNull(text, "text");
    Matcher matcher = FORM.matcher(text);
    InetAddress address = matcher.matches() ? AddressText.parse(matcher.group(1)) : null;
    if (address == null) {
      throw InvalidException.of("", FIX + " (got " + text + ")");
    }
    byte[] bytes = address.getAddress();
    boolean mapped = bytes.length == 4 && text.indexOf(':') >= 0;
    int prefix = Integer.parseInt(matcher.group(2));
    if (mapped || prefix > 8 * bytes.length || !Arrays.equals(bytes, masked(bytes, prefix))) {
      throw InvalidException.of("", FIX + " (got " + text + ")");
    }
    return new Network(bytes, prefix, text);
  }

  /** Returns whether the network contains the address; compares bytes only. */
  public boolean contains(InetAddress address) {
    Objects.requireNonNull(address, "address");
    return contains(AddressRules.unmapped(address.getAddress()));
  }

  boolean contains(byte[] address) {
    return address.length == start.length && Arrays.equals(masked(address, prefix), start);
  }

  private static byte[] masked(byte[] address, int prefix) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      int bits = Math.min(8, Math.max(0, prefix - 8 * i));
      masked[i] = (byte) (address[i] & (0xff << (8 - bits)));
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && prefix == that.prefix
        && Arrays.equals(start, that.start);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(start) + prefix;
  }

  /** Returns the network as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
