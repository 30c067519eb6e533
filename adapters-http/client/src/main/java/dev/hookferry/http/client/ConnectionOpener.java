package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection: resolves the name, has the policy check every address, connects to exactly a
 * checked address, and verifies TLS by name. No other code opens connections. Ends as opened,
 * failed or cancelled.
 */
final class ConnectionOpener implements NameLookups.Asker {
  /**
   * Maximum number of a name's addresses that are checked; a single forbidden one rejects the name.
   */
  static final int MAX_ADDRESSES = 16;

  /** Maximum number of addresses to try if connections are refused. */
  private static final int MAX_TRIES = 3;

  private final TargetUrl url;
  private final PoolKey route;
  private final Network network;
  private final PhaseTimer watch;
  private final Listener listener;
  private List<InetAddress> addresses = List.of();
  private int tries;
  private long connectUntil;
  private Reactor.@Nullable EventLoops loops;
  private @Nullable Connection connection;
  private boolean ended;
  private volatile Step step = Step.NAME;

  /** Whether it waits for a lookup thread of this node. */
  private volatile boolean queued;

  /** The current step. */
  enum Step {
    NAME,
    CONNECT,
    TLS
  }

  /** Resources shared by all openings of a transport. */
  record Network(
      OutboundPolicy policy,
      NameLookups lookups,
      Reactor reactor,
      ClientTls tls,
      Duration connectTimeout) {}

  /** Called once with the result, unless it was cancelled. */
  interface Listener {
    /** The lookup starts; until then it waited for a thread of this node. */
    void lookingUp();

    void opened(Connection connection);

    void failed(OutcomeKind kind, String detail);
  }

  ConnectionOpener(
      TargetUrl url, PoolKey route, Network network, PhaseTimer watch, Listener listener) {
    this.url = url;
    this.route = route;
    this.network = network;
    this.watch = watch;
    this.listener = listener;
  }

  PoolKey route() {
    return route;
  }

  /** Describes the step that timed out. */
  String lateness() {
    return switch (step) {
      case NAME -> "the name " + route.host() + " was not resolved in time";
      case CONNECT -> "no connection to " + route.host() + " in time";
      case TLS -> "the TLS handshake was not finished in time";
    };
  }

  /** Returns whether it waits for a lookup thread of this node. */
  boolean isQueued() {
    return queued;
  }

  /** Returns whether network threads of this node died meanwhile. */
  synchronized boolean isBroken() {
    return loops != null && loops.isBroken();
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
    try {
      judged.forEach(address -> network.policy.check(url, address));
    } catch (InvalidException e) {
      fail(OutcomeKind.BLOCKED_ADDRESS, String.valueOf(e.getMessage()));
      return;
    }
    watch.connecting();
    synchronized (this) {
      addresses = judged.subList(0, Math.min(judged.size(), MAX_TRIES));
      connectUntil = System.nanoTime() + network.connectTimeout.toNanos();
    }
    guarded(this::connect);
  }

  /**
   * Runs a step and reports an exception as an internal failure; left to the deadline, it would
   * count as a failure of the receiver.
   */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      fail(
          OutcomeKind.ofFailure(e),
          "internal error while connecting: " + NetworkFailure.message(e));
    }
  }

  @Override
  public void unknown() {
    fail(OutcomeKind.DNS_ERROR, "the name " + route.host() + " does not exist or has no address");
  }

  @Override
  public void unanswered(String reason) {
    fail(OutcomeKind.RESOLVER_ERROR, reason);
  }

  /** Tries the next address, with its share of the remaining connect timeout. */
  private synchronized void connect() {
    if (ended) {
      return;
    }
    step = Step.CONNECT;
    InetAddress address = addresses.get(tries);
    long left = Math.max(1_000_000, connectUntil - System.nanoTime());
    Duration share = Duration.ofNanos(left / (addresses.size() - tries));
    tries++;
    Reactor.EventLoops threads = network.reactor.loops();
    loops = threads;
    InetSocketAddress to = new InetSocketAddress(address, route.port());
    SslHandler tls = route.tls() ? network.tls.handler(route) : null;
    Connection made = new Connection(route, threads, tls);
    connection = made;
    threads
        .connect(made, to, share)
        .addListener(
            (ChannelFuture future) -> guarded(() -> connected(future.cause(), made, tls, to)));
    if (threads.isBroken()) {
      // They may have died before they could report it.
      fail(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died");
    }
  }

  private void connected(
      @Nullable Throwable failure,
      Connection made,
      @Nullable SslHandler tls,
      InetSocketAddress to) {
    if (failure != null) {
      refused(failure, to);
    } else if (hasEnded()) {
      // Cancelled before there was a channel to close.
      made.cut();
    } else if (tls == null) {
      open(made);
    } else {
      step = Step.TLS;
      watch.securing();
      tls.handshakeFuture()
          .addListener(
              (Future<Channel> future) -> guarded(() -> secured(future.cause(), made, tls)));
    }
  }

  private void refused(Throwable cause, InetSocketAddress to) {
    boolean last;
    synchronized (this) {
      last = tries >= addresses.size();
    }
    if (last) {
      String place = to.getAddress().getHostAddress() + " port " + to.getPort();
      NetworkFailure.Failure failure = NetworkFailure.ofConnect(cause, place);
      fail(failure.kind(), failure.detail());
    } else {
      connect();
    }
  }

  private void secured(@Nullable Throwable cause, Connection made, SslHandler tls) {
    Throwable objection =
        cause == null ? ClientTls.mismatch(tls.engine().getSession(), route) : cause;
    if (objection == null) {
      open(made);
    } else {
      NetworkFailure.Failure failure = NetworkFailure.ofTls(objection, route.host());
      fail(failure.kind(), failure.detail());
    }
  }

  private void open(Connection made) {
    if (end()) {
      listener.opened(made);
    } else {
      // Cancelled meanwhile.
      made.cut();
    }
  }

  private void fail(OutcomeKind kind, String detail) {
    if (end()) {
      discard();
      if (isBroken()) {
        listener.failed(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died");
      } else {
        listener.failed(kind, detail);
      }
    }
  }

  /** Cancels without calling the listener; returns false if it has ended already. */
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
    Connection made;
    synchronized (this) {
      made = connection;
    }
    network.lookups.forget(route.host(), this);
    if (made != null) {
      made.cut();
    }
  }
}
