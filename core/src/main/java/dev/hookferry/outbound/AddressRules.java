package dev.hookferry.outbound;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules that tell public from special-purpose IP addresses by their bytes alone. */
final class AddressRules {
  private static final Map<Network, String> CLOSED = closed();
  private static final Network PUBLIC_IPV6 = Network.parse("2000::/3");
  private static final int IPV6_BYTES = 16;

  private AddressRules() {}

  private static Map<Network, String> closed() {
    Map<Network, String> closed = new LinkedHashMap<>();
    closed.put(Network.parse("0.0.0.0/8"), "this host");
    closed.put(Network.parse("10.0.0.0/8"), "private");
    closed.put(Network.parse("100.64.0.0/10"), "shared by carriers");
    closed.put(Network.parse("127.0.0.0/8"), "loopback");
    closed.put(Network.parse("169.254.0.0/16"), "link-local");
    closed.put(Network.parse("172.16.0.0/12"), "private");
    closed.put(Network.parse("192.0.0.0/24"), "reserved for protocols");
    closed.put(Network.parse("192.0.2.0/24"), "for documentation");
    closed.put(Network.parse("192.88.99.0/24"), "6to4 relay");
    closed.put(Network.parse("192.168.0.0/16"), "private");
    closed.put(Network.parse("198.18.0.0/15"), "for benchmarks");
    closed.put(Network.parse("198.51.100.0/24"), "for documentation");
    closed.put(Network.parse("203.0.113.0/24"), "for documentation");
    closed.put(Network.parse("224.0.0.0/4"), "multicast");
    closed.put(Network.parse("240.0.0.0/4"), "reserved");
    closed.put(Network.parse("168.63.129.16/32"), "a cloud's own service");
    closed.put(Network.parse("2001::/23"), "reserved for protocols");
    closed.put(Network.parse("2001:db8::/32"), "for documentation");
    closed.put(Network.parse("2002::/16"), "6to4");
    closed.put(Network.parse("3fff::/20"), "for documentation");
    return closed;
  }

  /**
   * Returns why the address is blocked, such as "in 127.0.0.0/8 (loopback)"; null if it is allowed.
   */
  static @Nullable String blockReason(byte[] raw) {
    byte[] address = unmapped(raw);
    if (address.length == IPV6_BYTES) {
      if (!PUBLIC_IPV6.contains(address)) {
        return "outside 2000::/3 (not public)";
      }
      if (isIsatap(address)) {
        return "of ISATAP (a tunnel to IPv4)";
      }
    }
    return CLOSED.entrySet().stream()
        .filter(range -> range.getKey().contains(address))
        .map(range -> "in " + range.getKey() + " (" + range.getValue() + ")")
        .findFirst()
        .orElse(null);
  }

  private static boolean isIsatap(byte[] address) {
    // The interface identifier 0000:5efe or, with its global bit, 0200:5efe.
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  /**
   * Converts an IPv4-mapped IPv6 address ({@code ::ffff:0:0/96}) to four bytes; returns others
   * unchanged.
   */
  static byte[] unmapped(byte[] address) {
    if (address.length != IPV6_BYTES || address[10] != -1 || address[11] != -1) {
      return address;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return address;
      }
    }
    return Arrays.copyOfRange(address, 12, IPV6_BYTES);
  }
}
