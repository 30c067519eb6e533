package dev.hookferry.outbound;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which targets may be called: the rules against requests into networks that are not the public
 * internet, and what the operator opens. One policy judges registration and every connection.
 * Immutable and thread-safe; it resolves no name.
 *
 * <p>A network that the operator opens is open altogether: at every port, under every name that
 * resolves into it (such as {@code localhost}), and even for addresses of this machine. Nothing
 * else becomes open with it, and {@code http} stays closed there until it is allowed too.
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

  /** Public addresses over {@code https} only: what holds unless the operator opens more. */
  public static OutboundPolicy strict() {
    return STRICT;
  }

  /** The same policy with the public internet closed: only opened networks may be called. */
  public OutboundPolicy withoutInternet() {
    return new OutboundPolicy(false, networks, http, ports, own);
  }

  /** Whether no address at all may be called. */
  public boolean allowsNothing() {
    return !internet && !opensNetworks();
  }

  /** The same policy with these networks open, in place of those that were. */
  public OutboundPolicy allowingNetworks(Collection<Network> opened) {
    return new OutboundPolicy(internet, List.copyOf(opened), http, ports, own);
  }

  /** The same policy with plain {@code http} allowed wherever {@code https} is. */
  public OutboundPolicy allowingHttp() {
    return new OutboundPolicy(internet, networks, PlainHttpRule.EVERYWHERE, ports, own);
  }

  /**
   * The same policy with plain {@code http} allowed for these targets alone; they must be open for
   * {@code https} as well.
   *
   * @param targets networks such as {@code 10.20.0.0/16}, and host names, compared as a whole
   * @throws InvalidException without a field's name if a target is neither
   */
  public OutboundPolicy allowingHttpTo(Collection<String> targets) {
    return new OutboundPolicy(internet, networks, PlainHttpRule.only(targets), ports, own);
  }

  /** The same policy with these ports open although other protocols are at home there. */
  public OutboundPolicy allowingPorts(Collection<Integer> opened) {
    return new OutboundPolicy(internet, networks, http, Set.copyOf(opened), own);
  }

  /**
   * The same policy that refuses these addresses of this machine as well, but for those in opened
   * networks.
   *
   * @param addresses asked at every judgement of an address; must be thread-safe and quick
   */
  public OutboundPolicy refusingOwn(Supplier<? extends Collection<InetAddress>> addresses) {
    Predicate<InetAddress> both = own.or(address -> addresses.get().contains(address));
    return new OutboundPolicy(internet, networks, http, ports, both);
  }

  /** Whether the operator opened any network, so that local names can have a meaning. */
  public boolean opensNetworks() {
    return !networks.isEmpty();
  }

  /**
   * Judges what can be judged without resolving a name: scheme, port, the form of the host, literal
   * addresses. A name that could lead into an opened network passes here; its addresses are judged
   * by {@link #check(TargetUrl, InetAddress)}.
   *
   * @throws InvalidException for the field {@code url}, if it may not be called
   */
  public void check(TargetUrl url) {
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
   * Judges a connection to an address that the URL's host resolved to, with everything that {@link
   * #check(TargetUrl)} looks at.
   *
   * @throws InvalidException for the field {@code url}, if it may not be called
   */
  public void check(TargetUrl url, InetAddress address) {
    List<Problem> found = new ArrayList<>();
    if (isHttp(url) && !http.allows(url.host(), address)) {
      found.add(schemeProblem());
    }
    if (!isOpened(address)) {
      addNameProblems(url, found);
      addInternetProblem(found);
      @Nullable String objection = objection(address);
      if (objection != null) {
        // Not the address itself: who may ask for a name may not know what it means inside.
        found.add(
            UrlFault.ADDRESS.problem(
                "must not lead to an address "
                    + objection
                    + "; use a public one, or let the operator allow its network"));
      }
    }
    throwIfAny(found);
  }

  /** Whether a connection to this address may be opened; judges the bytes alone. */
  public boolean permits(InetAddress address) {
    return isOpened(address) || (internet && objection(address) == null);
  }

  private boolean isOpened(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private @Nullable String objection(InetAddress address) {
    @Nullable String closed = AddressRules.objection(address.getAddress());
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
                  + ", where other protocols are at home; use 443, or let the operator allow it"));
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
