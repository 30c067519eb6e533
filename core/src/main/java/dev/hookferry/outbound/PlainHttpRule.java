package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Targets for which plain HTTP is allowed.
 *
 * @param everywhere whether it is allowed for all targets
 * @param networks networks for which it is allowed, if not everywhere
 * @param names host names for which it is allowed, if not everywhere; in lower case
 */
record PlainHttpRule(boolean everywhere, List<Network> networks, Set<String> names) {
  static final PlainHttpRule NOWHERE = new PlainHttpRule(false, List.of(), Set.of());
  static final PlainHttpRule EVERYWHERE = new PlainHttpRule(true, List.of(), Set.of());

  /**
   * Returns a rule for these targets only: entries with a slash are networks, others are host
   * names.
   */
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
      // Reported below with a better message, since the text is not meant to be a URL.
    }
    throw InvalidException.of(
        "", "must be a host such as crm.example.com or a network such as 10.20.0.0/16");
  }

  /** Returns whether plain HTTP is allowed for this host at this address. */
  boolean allows(String host, InetAddress address) {
    return everywhere
        || names.contains(host)
        || networks.stream().anyMatch(network -> network.contains(address));
  }

  /** Returns whether plain HTTP may be allowed for this host, depending on its address. */
  boolean allowsName(String host) {
    return everywhere || names.contains(host) || !networks.isEmpty();
  }
}
