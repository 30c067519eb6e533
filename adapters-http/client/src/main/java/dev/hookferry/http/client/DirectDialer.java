package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries the addresses one after the other, from a local address if the egress has one. */
final class DirectDialer implements Dialer {
  private final Target target;
  private final @Nullable EgressRoute leaving;
  private final @Nullable InetSocketAddress source;
  private final List<InetAddress> addresses;
  private final DialListener listener;
  private long connectUntil;
  private int tries;
  private Reactor.@Nullable EventLoops loops;
  private @Nullable Connection connection;
  private boolean isCut;

  /** Creates a dialer that uses the given egress, or none if null. */
  DirectDialer(Target target, @Nullable EgressRoute leaving, DialListener listener) {
    this.target = target;
    this.leaving = leaving;
    this.listener = listener;
    InetAddress from = leaving == null ? null : leaving.egress().source();
    source = from == null ? null : new InetSocketAddress(from, 0);
    addresses =
        from == null
            ? target.addresses()
            : target.addresses().stream().filter(to -> isSameFamily(from, to)).toList();
  }

  private static boolean isSameFamily(InetAddress from, InetAddress to) {
    return from.getAddress().length == to.getAddress().length;
  }

  @Override
  public void start() {
    if (addresses.isEmpty() && leaving != null) {
      listener.failed(
          OutcomeKind.PROXY_FAILED,
          leaving.prefix() + "the receiver has no address of the same family, IPv4 or IPv6");
      return;
    }
    connectUntil = System.nanoTime() + target.network().connectTimeout().toNanos();
    listener.guarded(this::connect);
  }

  /** Tries the next address, with its share of the remaining connect timeout. */
  private synchronized void connect() {
    if (isCut) {
      return;
    }
    PoolKey route = target.route();
    InetSocketAddress to = new InetSocketAddress(addresses.get(tries), route.port());
    long left = Math.max(1_000_000, connectUntil - System.nanoTime());
    Duration share = Duration.ofNanos(left / (addresses.size() - tries));
    tries++;
    Reactor.EventLoops threads = target.network().reactor().loops();
    loops = threads;
    SslHandler tls = route.tls() ? target.network().tls().handler(route) : null;
    Connection made = new Connection(route, threads, tls, null);
    connection = made;
    threads
        .connect(made, to, source, share)
        .addListener(
            (ChannelFuture future) ->
                listener.guarded(() -> connected(future.cause(), made, tls, to)));
    if (threads.isBroken()) {
      // The threads may have died before they could report it.
      listener.failed(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died");
    }
  }

  private void connected(
      @Nullable Throwable failure,
      Connection made,
      @Nullable SslHandler tls,
      InetSocketAddress to) {
    if (failure != null) {
      refused(failure, to);
    } else if (isCut()) {
      // Cancelled before there was a channel to close.
      made.cut();
    } else {
      if (leaving != null) {
        leaving.opened(null);
      }
      listener.dialled(made, tls);
    }
  }

  private void refused(Throwable cause, InetSocketAddress to) {
    if (leaving != null && source != null && NetworkFailure.cause(cause) instanceof BindException) {
      String address = source.getAddress().getHostAddress();
      leaving.failed(null, "this node does not have the local address " + address);
      leaving.gaveUp();
      listener.failed(
          OutcomeKind.PROXY_FAILED,
          leaving.prefix() + "this node does not have its local address at the moment");
      return;
    }
    boolean last;
    synchronized (this) {
      last = tries >= addresses.size();
    }
    if (last) {
      String place = to.getAddress().getHostAddress() + " port " + to.getPort();
      NetworkFailure.Failure failure = NetworkFailure.ofConnect(cause, place);
      listener.failed(failure.kind(), failure.detail());
    } else {
      connect();
    }
  }

  private synchronized boolean isCut() {
    return isCut;
  }

  @Override
  public void cut() {
    Connection made;
    synchronized (this) {
      isCut = true;
      made = connection;
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
  public NetworkFailure.Failure late() {
    return new NetworkFailure.Failure(
        OutcomeKind.TIMEOUT, "no connection to " + target.route().host() + " in time");
  }
}
