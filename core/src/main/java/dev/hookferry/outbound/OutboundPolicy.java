package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rules that decide which targets may be called: protection against server-side request forgery
 * (SSRF), plus the networks that the operator opens. The same policy checks registrations and every
 * connection. Immutable and thread-safe; does not resolve names.
 *
 * <p>An opened network is open completely: on every port, under every name that resolves into it
 * (such as {@code localhost}), and even for addresses of this machine. Nothing else becomes open
 * with it, and plain {@code http} must be allowed separately.
 */
public final class OutboundPolicy {
  private static final OutboundPolicy STRICT =
      new OutboundPolicy(true, List.of(), PlainHttpRule.NOWHERE, Set.of(), address -> false);

  private final boolean internet;
  private final List<Network> networks;
  private final PlainHttpRule http;
  private final Set<Integer> ports;
  private final Predicate<InetAddress> own;

  private OutboundPolicy(
      boolean internet,
      List<Network> networks,
      PlainHttpRule http,
      Set<Integer> ports,
      Predicate<InetAddress> own) {
    this.internet = internet;
    this.networks = List.copyOf(networks);
    this.http = http;
    this.ports = Set.copyOf(ports);
    this.own = own;
  }

  /** Returns the default policy: public addresses over {@code https} only. */
  public static OutboundPolicy strict() {
    return STRICT;
  }

  /** Returns a copy with the public internet closed: only opened networks may be called. */
  public OutboundPolicy withoutInternet() {
    return new OutboundPolicy(false, networks, http, ports, own);
  }

  /** Returns whether no address at all may be called. */
  public boolean allowsNothing() {
    return !internet && !opensNetworks();
  }

  /** Returns a copy with exactly these networks open. */
  public OutboundPolicy allowingNetworks(Collection<Network> opened) {
    Objects.requireNonNull(opened, "opened");
    return new OutboundPolicy(internet, List.copyOf(opened), http, ports, own);
  }

  /** Returns a copy with plain {@code http} allowed wherever {@code https} is. */
  public OutboundPolicy allowingHttp() {
    return new OutboundPolicy(internet, networks, PlainHttpRule.EVERYWHERE, ports, own);
  }

  /**
   * Returns a copy with plain {@code http} allowed for these targets only; they must also be open
   * for {@code https}.
   *
   * @param targets networks such as {@code 10.20.0.0/16}, and exact host names
   * @throws InvalidException without a field name, if a target is neither
   */
  public OutboundPolicy allowingHttpTo(Collection<String> targets) {
    Objects.requireNonNull(targets, "targets");
    return new OutboundPolicy(internet, networks, PlainHttpRule.only(targets), ports, own);
  }

  /** Returns a copy with these ports allowed, although they normally serve other protocols. */
  public OutboundPolicy allowingPorts(Collection<Integer> opened) {
    Objects.requireNonNull(opened, "opened");
    return new OutboundPolicy(internet, networks, http, Set.copyOf(opened), own);
  }

  /**
   * Returns a copy that also blocks these addresses of this machine, unless they are in an opened
   * network.
   *
   * @param addresses called for every address check; must be thread-safe and fast
   */
  public OutboundPolicy refusingOwn(Supplier<? extends Collection<InetAddress>> addresses) {
    Objects.requireNonNull(addresses, "addresses");
    Predicate<InetAddress> both = own.or(address -> addresses.get().contains(address));
    return new OutboundPolicy(internet, networks, http, ports, both);
  }

  /** Returns whether the operator opened any network, so that local names may be valid. */
  public boolean opensNetworks() {
    return !networks.isEmpty();
  }

  /**
   * Checks everything that needs no name resolution: scheme, port, the form of the host, literal
   * addresses. A name that might resolve into an opened network passes; its addresses are checked
   * by {@link #check(TargetUrl, InetAddress)}.
   *
   * @throws InvalidException for the field {@code url}, if the target is blocked
   */
  public void check(TargetUrl url) {
    Objects.requireNonNull(url, "url");
    if (url.literal().isPresent()) {
      check(url, url.literal().get());
      return;
    }
    List<Problem> found = new ArrayList<>();
    if (isHttp(url) && !http.allowsName(url.host())) {
      found.add(schemeProblem());
    }
    if (!opensNetworks()) {
      addNameProblems(url, found);
      addInternetProblem(found);
    }
    throwIfAny(found);
  }

  /**
   * Checks a connection to an address that the URL's host resolved to, including everything that
   * {@link #check(TargetUrl)} checks.
   *
   * @throws InvalidException for the field {@code url}, if the target is blocked
   */
  public void check(TargetUrl url, InetAddress address) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(address, "address");
    List<Problem> found = new ArrayList<>();
    if (isHttp(url) && !http.allows(url.host(), address)) {
      found.add(schemeProblem());
    }
    if (!isOpened(address)) {
      addNameProblems(url, found);
      addInternetProblem(found);
      @Nullable String objection = blockReason(address);
      if (objection != null) {
        // Does not name the address: the caller may not know what a name resolves to internally.
        found.add(
            UrlFault.ADDRESS.problem(
                "must not lead to an address "
                    + objection
                    + "; use a public one, or let the operator allow its network"));
      }
    }
    throwIfAny(found);
  }

  /** Returns whether a connection to this address is allowed, by its bytes alone. */
  public boolean permits(InetAddress address) {
    Objects.requireNonNull(address, "address");
    return isOpened(address) || (internet && blockReason(address) == null);
  }

  private boolean isOpened(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private @Nullable String blockReason(InetAddress address) {
    @Nullable String closed = AddressRules.blockReason(address.getAddress());
    return closed == null && own.test(address) ? "of this machine" : closed;
  }

  private void addNameProblems(TargetUrl url, List<Problem> found) {
    if (url.literal().isEmpty() && HostRules.isLocal(url.host())) {
      found.add(
          UrlFault.HOST.problem(
              "must have a public host name; "
                  + url.host()
                  + " is local, unless the operator allows the network it is in"));
    }
    if (HostRules.isClosed(url.port()) && !ports.contains(url.port())) {
      found.add(
          UrlFault.PORT.problem(
              "must not have port "
                  + url.port()
                  + ", which normally serves another protocol; use 443, or let the operator allow"
                  + " it"));
    }
  }

  private void addInternetProblem(List<Problem> found) {
    if (!internet) {
      found.add(UrlFault.ADDRESS.problem("must lead into a network that the operator allows"));
    }
  }

  private static boolean isHttp(TargetUrl url) {
    return url.scheme().equals("http");
  }

  private static Problem schemeProblem() {
    return UrlFault.SCHEME.problem(
        "must begin with https://; http:// is for targets that the operator allows");
  }

  private static void throwIfAny(List<Problem> found) {
    if (!found.isEmpty()) {
      throw new InvalidException(found);
    }
  }
}
