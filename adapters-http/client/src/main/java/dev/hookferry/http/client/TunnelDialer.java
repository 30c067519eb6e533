package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.client.proxy.ProxyAddress;
import dev.hookferry.http.client.proxy.ProxyException;
import dev.hookferry.http.client.proxy.ProxyTunnel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Connects through the proxies of an egress, always to exactly the checked addresses and never to a
 * name. If a proxy fails, tries the next one. Messages to users do not reveal where the proxies
 * are.
 */
final class TunnelDialer implements Dialer, NameLookups.LookupListener {
  /** Maximum number of a proxy's own addresses to try. */
  private static final int MAX_HOPS = 3;

  /** Time limit for connecting to a proxy again after it closed a tunnel. */
  private static final Duration PROBE = Duration.ofSeconds(1);

  private final Target target;
  private final EgressRoute egress;
  private final DialListener listener;
  private final Deque<ProxyAddress> proxies;
  private final Deque<InetAddress> hops = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable ProxyAddress proxy;
  private int address;
  private long until;
  private boolean allFailed = true;
  private Reactor.@Nullable EventLoops loops;
  private @Nullable Connection connection;
  private boolean isCut;

  TunnelDialer(Target target, EgressRoute egress, DialListener listener) {
    this.target = target;
    this.egress = egress;
    this.listener = listener;
    proxies = new ArrayDeque<>(egress.inOrder());
  }

  @Override
  public void start() {
    listener.guarded(this::nextProxy);
  }

  private void nextProxy() {
    ProxyAddress next;
    synchronized (this) {
      if (isCut) {
        return;
      }
      next = proxies.poll();
      proxy = next == null ? proxy : next;
      address = 0;
    }
    if (next == null) {
      giveUp();
      return;
    }
    InetAddress literal = Egress.literal(next.host());
    if (literal == null) {
      target.network().lookups().find(next.host(), this);
    } else {
      resolved(List.of(literal));
    }
  }

  private void giveUp() {
    if (allFailed) {
      egress.gaveUp();
    }
    listener.failed(OutcomeKind.PROXY_FAILED, egress.prefix() + String.join("; ", failures));
  }

  @Override
  public void resolved(List<InetAddress> found) {
    synchronized (this) {
      hops.clear();
      found.stream().limit(MAX_HOPS).forEach(hops::add);
    }
    listener.guarded(this::connect);
  }

  @Override
  public void unknown() {
    listener.guarded(() -> proxyFailed("has a name that does not exist"));
  }

  @Override
  public void unresolved(String reason) {
    listener.guarded(() -> proxyFailed("has a name that this node's resolver did not resolve"));
  }

  /** Starts to connect to the current proxy, with a new time limit. */
  private synchronized void connect() {
    until = System.nanoTime() + target.network().connectTimeout().toNanos();
    hop(Objects.requireNonNull(hops.poll(), "hop"));
  }

  /** Tries one address of the current proxy, with its share of the remaining time. */
  private synchronized void hop(InetAddress at) {
    if (isCut) {
      return;
    }
    ProxyAddress through = present();
    PoolKey route = target.route();
    Reactor.EventLoops threads = target.network().reactor().loops();
    loops = threads;
    SslHandler tls = route.tls() ? target.network().tls().handler(route) : null;
    Connection[] made = new Connection[1];
    ProxyTunnel tunnel =
        new ProxyTunnel(
            through.kind(),
            new InetSocketAddress(target.addresses().get(address), route.port()),
            egress.egress().credentials(),
            through.kind() == ProxyAddress.Kind.HTTPS ? tlsWith(through) : null,
            left(),
            failure -> listener.guarded(() -> tunnelled(failure, made[0], tls, at)));
    made[0] = new Connection(route, threads, tls, tunnel);
    connection = made[0];
    threads
        .connect(
            made[0],
            new InetSocketAddress(at, through.port()),
            null,
            left().dividedBy(hops.size() + 1L))
        .addListener(
            (ChannelFuture future) -> listener.guarded(() -> connected(future.cause(), made[0])));
    if (threads.isBroken()) {
      // The threads may have died before they could report it.
      listener.failed(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died");
    }
  }

  private SslHandler tlsWith(ProxyAddress through) {
    boolean isName = Egress.literal(through.host()) == null;
    var trusted = egress.egress().tls();
    PoolKey way = new PoolKey(true, through.host(), isName, through.port(), trusted, null, false);
    return target.network().tls().handler(way);
  }

  private ProxyAddress present() {
    return Objects.requireNonNull(proxy, "proxy");
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()));
  }

  private void connected(@Nullable Throwable failure, Connection made) {
    if (failure == null) {
      if (isCut()) {
        // Cancelled before there was a channel to close.
        made.cut();
      } else {
        target.watch().tunnelling();
      }
      return;
    }
    synchronized (this) {
      connection = null;
    }
    NetworkFailure.Failure known = NetworkFailure.ofConnect(failure, "the proxy");
    if (known.kind() == OutcomeKind.INTERNAL_ERROR) {
      listener.failed(known.kind(), known.detail());
      return;
    }
    InetAddress next;
    synchronized (this) {
      next = hops.poll();
    }
    if (next == null) {
      proxyFailed(
          known.kind() == OutcomeKind.CONNECT_TIMEOUT
              ? "did not accept the connection in time"
              : "did not accept the connection: "
                  + NetworkFailure.message(NetworkFailure.cause(failure)));
    } else {
      hop(next);
    }
  }

  private void tunnelled(
      @Nullable Throwable failure, Connection made, @Nullable SslHandler tls, InetAddress at) {
    if (!isPresent(made)) {
      made.cut();
    } else if (failure == null) {
      egress.opened(present());
      InetSocketAddress hop = new InetSocketAddress(at, present().port());
      made.tunnelled(new EgressRoute.Tunnel(egress, present(), () -> probe(made, hop)));
      listener.dialled(made, tls);
    } else {
      made.cut();
      if (failure instanceof ProxyException known) {
        String reason = NetworkFailure.message(known);
        switch (known.kind()) {
          case FAILED -> proxyFailed(reason);
          case REFUSED -> refused(reason, at);
          case SILENT -> silent(reason);
        }
      } else {
        proxyFailed("failed: " + NetworkFailure.message(NetworkFailure.cause(failure)));
      }
    }
  }

  private static ChannelFuture probe(Connection tunnel, InetSocketAddress proxy) {
    return tunnel.loops.connect(new ChannelInboundHandlerAdapter(), proxy, null, PROBE);
  }

  /** Tries the receiver's next address, because the proxy works but refused this one. */
  private void refused(String reason, InetAddress at) {
    egress.refused(present(), reason);
    allFailed = false;
    boolean isLast;
    synchronized (this) {
      address++;
      isLast = address >= target.addresses().size();
      hops.clear();
      hops.add(at);
    }
    if (isLast) {
      failures.add(egress.subject(proxy) + " " + reason);
      nextProxy();
    } else {
      connect();
    }
  }

  private void silent(String reason) {
    egress.silent(present(), reason);
    allFailed = false;
    failures.add(egress.subject(proxy) + " " + reason);
    nextProxy();
  }

  private void proxyFailed(String reason) {
    if (isCut()) {
      return;
    }
    egress.failed(present(), reason);
    failures.add(egress.subject(proxy) + " " + reason);
    nextProxy();
  }

  /** Returns whether this is the connection in use: an earlier one may report late. */
  private synchronized boolean isPresent(Connection made) {
    return !isCut && made == connection;
  }

  private synchronized boolean isCut() {
    return isCut;
  }

  @Override
  public void cut() {
    Connection made;
    ProxyAddress requested;
    synchronized (this) {
      isCut = true;
      made = connection;
      requested = proxy;
    }
    if (requested != null) {
      target.network().lookups().forget(requested.host(), this);
    }
    if (made != null) {
      made.cut();
    }
  }

  @Override
  public synchronized boolean isBroken() {
    return loops != null && loops.isBroken();
  }

  @Override
  public synchronized NetworkFailure.Failure late() {
    String reason = "did not open the connection in time";
    if (proxy != null) {
      egress.silent(proxy, reason);
    }
    return new NetworkFailure.Failure(
        OutcomeKind.PROXY_FAILED, egress.prefix() + egress.subject(proxy) + " " + reason);
  }
}
