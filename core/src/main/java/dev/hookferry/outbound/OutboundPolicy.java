package dev.hookferry.outbound;

import dev.hookferry.internal.argument.NoNulls;
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
 * (SSRF), plus the networks that the operator opens. It applies to registrations and to every
 * connection. Immutable and thread-safe; does not resolve names.
 *
 * <p>An opened network is fully open: on every port, under every name that resolves into it (such
 * as {@code localhost}), and even for addresses of this machine. Opening it opens nothing else, and
 * plain {@code http} must be allowed separately.
 */
public final class OutboundPolicy {
  private static final OutboundPolicy STRICT =
      new OutboundPolicy(true, Exceptions.NONE, address -> false, false);

  private final boolean internet;
  private final Exceptions opened;
  private final Predicate<InetAddress> own;
  private final boolean forCustomers;

  /** The operator's exceptions to the rule that allows only public addresses over https. */
  private record Exceptions(List<Network> networks, PlainHttpRule http, Set<Integer> ports) {
    static final Exceptions NONE = new Exceptions(List.of(), PlainHttpRule.NOWHERE, Set.of());
  }

  private OutboundPolicy(
      boolean internet, Exceptions opened, Predicate<InetAddress> own, boolean forCustomers) {
    this.internet = internet;
    this.opened = opened;
    this.own = own;
    this.forCustomers = forCustomers;
  }

  /** Returns the default policy: public addresses over {@code https} only. */
  public static OutboundPolicy strict() {
    return STRICT;
  }

  /** Returns a copy with the public internet closed: only opened networks may be called. */
  public OutboundPolicy withoutInternet() {
    return new OutboundPolicy(false, opened, own, forCustomers);
  }

  /** Returns whether no address at all may be called. */
  public boolean allowsNothing() {
    return !internet && !opensNetworks();
  }

  /** Returns a copy with exactly these networks opened. */
  public OutboundPolicy allowingNetworks(Collection<Network> all) {
    NoNulls.in(all, "all");
    return with(new Exceptions(List.copyOf(all), opened.http, opened.ports));
  }

  /** Returns a copy with plain {@code http} allowed wherever {@code https} is. */
  public OutboundPolicy allowingHttp() {
    return with(new Exceptions(opened.networks, PlainHttpRule.EVERYWHERE, opened.ports));
  }

  /**
   * Returns a copy with plain {@code http} allowed for these targets only; they must also be open
   * for {@code https}.
   *
   * @param targets networks such as {@code 10.20.0.0/16}, and exact host names
   * @throws InvalidException without a field name, if a target is neither
   */
  public OutboundPolicy allowingHttpTo(Collection<String> targets) {
    NoNulls.in(targets, "targets");
    return with(new Exceptions(opened.networks, PlainHttpRule.only(targets), opened.ports));
  }

  /** Returns a copy with these ports allowed, although they normally serve other protocols. */
  public OutboundPolicy allowingPorts(Collection<Integer> all) {
    NoNulls.in(all, "all");
    return with(new Exceptions(opened.networks, opened.http, Set.copyOf(all)));
  }

  private OutboundPolicy with(Exceptions exceptions) {
    return new OutboundPolicy(internet, exceptions, own, forCustomers);
  }

  /**
   * Returns the policy for a target: this one or, for a strict target, one that allows at most
   * public addresses over {@code https}. It never allows anything that this policy forbids.
   *
   * @param strict whether the URL comes from a party to which the operator's exceptions do not
   *     apply, such as a customer
   */
  public OutboundPolicy forTarget(boolean strict) {
    return strict ? new OutboundPolicy(internet, Exceptions.NONE, own, true) : this;
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
    return new OutboundPolicy(internet, opened, both, forCustomers);
  }

  /** Returns whether the operator opened any network, so that local names may be valid. */
  public boolean opensNetworks() {
    return !opened.networks.isEmpty();
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
    if (isHttp(url) && !opened.http.allowsName(url.host())) {
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
    if (isHttp(url) && !opened.http.allows(url.host(), address)) {
      found.add(schemeProblem());
    }
    if (!isOpened(address)) {
      addNameProblems(url, found);
      addInternetProblem(found);
      @Nullable String objection = blockReason(address);
      if (objection != null) {
        // Omits the address: the caller must not learn what a name resolves to internally.
        found.add(
            UrlFault.ADDRESS.problem(
                "must not lead to an address "
                    + objection
                    + "; use a public one"
                    + remedy(
                        ", or ask the operator to allow its network (outbound.allowNetworks)")));
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
    for (Network network : opened.networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
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
                  + " is local"
                  + remedy(", unless the operator allows its network (outbound.allowNetworks)")));
    }
    if (HostRules.isClosed(url.port()) && !opened.ports.contains(url.port())) {
      found.add(
          UrlFault.PORT.problem(
              "must not use port "
                  + url.port()
                  + ", which normally serves another protocol; use 443"
                  + remedy(", or ask the operator to allow it (outbound.allowPorts)")));
    }
  }

  private void addInternetProblem(List<Problem> found) {
    if (!internet) {
      found.add(
          UrlFault.ADDRESS.problem(
              "must lead into a network that the operator allows"
                  + remedy(" (outbound.allowNetworks)")));
    }
  }

  private static boolean isHttp(TargetUrl url) {
    return url.scheme().equals("http");
  }

  private Problem schemeProblem() {
    return UrlFault.SCHEME.problem(
        "must begin with https://"
            + remedy("; http:// is for targets that the operator allows (outbound.allowHttp)"));
  }

  /** Returns the end of a message: the given exception, unless the URL comes from a customer. */
  private String remedy(String exception) {
    return forCustomers
        ? ": it comes from a customer, so the operator's exceptions do not apply"
        : exception;
  }

  private static void throwIfAny(List<Problem> found) {
    if (!found.isEmpty()) {
      throw new InvalidException(found);
    }
  }
}
