package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where requests may go without TLS.
 *
 * @param everywhere whether to all targets
 * @param networks otherwise, to addresses in these
 * @param names and to these hosts, in lower case
 */
record PlainHttpRule(boolean everywhere, List<Network> networks, Set<String> names) {
  static final PlainHttpRule NOWHERE = new PlainHttpRule(false, List.of(), Set.of());
  static final PlainHttpRule EVERYWHERE = new PlainHttpRule(true, List.of(), Set.of());

  /** To these only: what has a slash is a network, the rest are hosts. */
  static PlainHttpRule only(Collection<String> targets) {
    List<Network> networks =
        targets.stream().filter(target -> target.contains("/")).map(Network::parse).toList();
    Set<String> names =
        targets.stream()
            .filter(target -> !target.contains("/"))
            .map(PlainHttpRule::host)
            .collect(Collectors.toUnmodifiableSet());
    return new PlainHttpRule(false, networks, names);
  }

  private static String host(String text) {
    try {
      if (text.matches("[A-Za-z0-9._-]+")) {
        return TargetUrl.parse("http://" + text).host();
      }
    } catch (InvalidException e) {
      // Said below in words that fit: this is no URL.
    }
    throw InvalidException.of(
        "", "must be a host such as crm.example.com or a network such as 10.20.0.0/16");
  }

  /** Whether a request to this host may do without TLS when its address is known. */
  boolean allows(String host, InetAddress address) {
    return everywhere
        || names.contains(host)
        || networks.stream().anyMatch(network -> network.contains(address));
  }

  /** Whether a request to this host may turn out to do without TLS. */
  boolean allowsName(String host) {
    return everywhere || names.contains(host) || !networks.isEmpty();
  }
}
