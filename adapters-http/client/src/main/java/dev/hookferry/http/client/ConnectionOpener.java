package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection: resolves the name, checks every address against the policy, has a dialer
 * connect to one of the checked addresses, and verifies TLS against the name. No other code opens
 * connections. Ends in one of three ways: opened, failed or cancelled.
 */
final class ConnectionOpener implements NameLookups.LookupListener, Dialer.DialListener {
  /** Maximum number of addresses checked per name. A single forbidden address rejects the name. */
  static final int MAX_ADDRESSES = 16;

  /** Maximum number of addresses to try when connections fail. */
  private static final int MAX_TRIES = 3;

  private final TargetUrl url;
  private final PoolKey route;
  private final OpeningResources network;
  private final PhaseTimer watch;
  private final OpeningListener listener;
  private boolean ended;
  private volatile @Nullable Dialer dialer;
  private volatile boolean securing;

  /** True while the request is waiting for one of this node's DNS lookup threads. */
  private volatile boolean queued;

  /** Resources shared by all connection openers of a transport. */
  record OpeningResources(
      OutboundPolicy policy,
      NameLookups lookups,
      Reactor reactor,
      ClientTls tls,
      Map<String, EgressRoute> egresses,
      Duration connectTimeout) {}

  /** Called once with the result, unless the opener was cancelled. */
  interface OpeningListener {
    /** Reports that the lookup starts; until then the request waited for a thread of this node. */
    void lookingUp();

    void opened(Connection connection);

    void failed(OutcomeKind kind, String detail);
  }

  ConnectionOpener(
      TargetUrl url,
      PoolKey route,
      OpeningResources network,
      PhaseTimer watch,
      OpeningListener listener) {
    this.url = url;
    this.route = route;
    this.network = network;
    this.watch = watch;
    this.listener = listener;
  }

  PoolKey route() {
    return route;
  }

  /** Returns the failure to report if the deadline passes now. */
  NetworkFailure.Failure late() {
    Dialer current = dialer;
    if (current != null && !securing) {
      return current.late();
    }
    return new NetworkFailure.Failure(
        OutcomeKind.TIMEOUT,
        current == null
            ? "the name " + route.host() + " was not resolved in time"
            : "the TLS handshake was not finished in time");
  }

  /** Returns whether the request is waiting for one of this node's DNS lookup threads. */
  boolean isQueued() {
    return queued;
  }

  /** Returns whether this opener's network threads have died. */
  boolean isBroken() {
    Dialer current = dialer;
    return current != null && current.isBroken();
  }

  void start() {
    if (url.literal().isPresent()) {
      resolved(List.of(url.literal().get()));
    } else {
      queued = true;
      network.lookups.find(route.host(), this);
    }
  }

  @Override
  public void begun() {
    queued = false;
    watch.lookingUp();
    listener.lookingUp();
  }

  @Override
  public void resolved(List<InetAddress> found) {
    List<InetAddress> judged = found.stream().limit(MAX_ADDRESSES).toList();
    OutboundPolicy policy = network.policy.forTarget(route.strict());
    try {
      judged.forEach(address -> policy.check(url, address));
    } catch (InvalidException e) {
      failed(OutcomeKind.BLOCKED_ADDRESS, NetworkFailure.blocked(e));
      return;
    }
    watch.connecting();
    String name = route.egress();
    EgressRoute egress = name == null ? null : network.egresses.get(name);
    if (name != null && egress == null) {
      // Never fall back to a direct connection: the receiver or the operator may rely on the proxy.
      failed(OutcomeKind.PROXY_FAILED, "egress " + name + ": not defined on this node");
      return;
    }
    List<InetAddress> tried = judged.subList(0, Math.min(judged.size(), MAX_TRIES));
    Dialer.Target target = new Dialer.Target(route, tried, network, watch);
    Dialer made =
        egress == null || egress.egress().proxies().isEmpty()
            ? new DirectDialer(target, egress, this)
            : new TunnelDialer(target, egress, this);
    dialer = made;
    if (!hasEnded()) {
      made.start();
    }
  }

  @Override
  public void unknown() {
    failed(OutcomeKind.DNS_ERROR, "the name " + route.host() + " does not exist or has no address");
  }

  @Override
  public void unresolved(String reason) {
    failed(OutcomeKind.RESOLVER_ERROR, reason);
  }

  @Override
  public void dialled(Connection made, @Nullable SslHandler tls) {
    if (hasEnded()) {
      made.cut();
    } else if (tls == null) {
      open(made);
    } else {
      securing = true;
      watch.securing();
      tls.handshakeFuture()
          .addListener(
              (Future<Channel> future) -> guarded(() -> secured(future.cause(), made, tls)));
    }
  }

  private void secured(@Nullable Throwable cause, Connection made, SslHandler tls) {
    Throwable objection =
        cause == null ? ClientTls.mismatch(tls.engine().getSession(), route) : cause;
    if (objection == null) {
      open(made);
    } else {
      NetworkFailure.Failure failure = NetworkFailure.ofTls(objection, route.host());
      if (NetworkFailure.isClosedHandshake(objection)) {
        EgressRoute.Tunnel.blame(made, failure, known -> failed(known.kind(), known.detail()));
      } else {
        failed(failure.kind(), failure.detail());
      }
    }
  }

  private void open(Connection made) {
    if (end()) {
      listener.opened(made);
    } else {
      // Cancelled in the meantime.
      made.cut();
    }
  }

  @Override
  public void failed(OutcomeKind kind, String detail) {
    if (end()) {
      discard();
      if (isBroken()) {
        listener.failed(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died");
      } else {
        listener.failed(kind, detail);
      }
    }
  }

  /** Cancels without calling the listener. Returns false if opening has ended already. */
  boolean cancel() {
    boolean mine = end();
    if (mine) {
      discard();
    }
    return mine;
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  private void discard() {
    network.lookups.forget(route.host(), this);
    Dialer current = dialer;
    if (current != null) {
      current.cut();
    }
  }
}
