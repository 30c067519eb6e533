package dev.hookferry.http.client;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request, from start to outcome. It ends exactly once, with the first outcome reported. */
final class OutboundExchange
    implements ConnectionPool.Waiter, ConnectionOpener.OpeningListener, TimerTask {
  private static final System.Logger LOG = System.getLogger(OutboundExchange.class.getName());
  private static final long REST_SECONDS = 30;
  private static final long TIMER_SLACK_NANOS = 1_000_000;
  private final SignedRequest request;
  private final PoolKey route;
  private final ExchangeResources network;
  private final Consumer<Outcome> whenDone;
  private final PhaseTimer watch;
  private volatile @Nullable Timeout timer;
  private volatile @Nullable ConnectionOpener opening;
  private volatile @Nullable Connection used;
  private volatile boolean waiting;
  private volatile boolean resent;

  /** Nano time when the request stopped waiting for this node; its deadline runs from here. */
  private volatile long since = System.nanoTime();

  private @Nullable Runnable undo;
  private boolean done;

  /** Resources shared by all exchanges of a transport. */
  record ExchangeResources(
      ConnectionPool pool,
      ConnectionOpener.OpeningResources opening,
      LongSupplier nanos,
      Consumer<OutboundExchange> ended) {}

  OutboundExchange(SignedRequest request, ExchangeResources network, Consumer<Outcome> whenDone) {
    this.request = request;
    this.route = PoolKey.of(request);
    this.network = network;
    this.whenDone = whenDone;
    this.watch = new PhaseTimer(network.nanos, request.egress());
  }

  /** Sets the timeout that enforces the deadline. */
  void timedBy(Timeout timeout) {
    timer = timeout;
    if (isDone()) {
      timeout.cancel();
    }
  }

  void start() {
    if (enter(() -> network.pool.forget(route, this))) {
      waiting = true;
      network.pool.acquire(route, this);
    }
  }

  @Override
  public TargetUrl target() {
    return request.url();
  }

  @Override
  public void reuse(Connection connection) {
    endWait();
    guarded(() -> use(connection));
  }

  @Override
  public void open() {
    endWait();
    guarded(this::openOne);
  }

  private void endWait() {
    since = System.nanoTime();
    waiting = false;
  }

  @Override
  public void lookingUp() {
    if (!resent) {
      since = System.nanoTime();
    }
  }

  private void openOne() {
    ConnectionOpener fresh =
        new ConnectionOpener(request.url(), route, network.opening, watch, this);
    opening = fresh;
    boolean going =
        enter(
            () -> {
              if (fresh.cancel()) {
                network.pool.release(route, this);
              }
            });
    if (going) {
      fresh.start();
    }
  }

  @Override
  public void opened(Connection connection) {
    opening = null;
    guarded(() -> use(connection));
  }

  /** Runs a step; an exception counts as an internal failure, not the receiver's. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      finish(OutcomeKind.ofFailure(e), "sending failed: " + NetworkFailure.message(e));
    }
  }

  @Override
  public void failed(OutcomeKind kind, String detail) {
    network.pool.release(route, this);
    finish(kind, detail);
  }

  private void use(Connection connection) {
    used = connection;
    RequestOnConnection turn =
        new RequestOnConnection(request, connection, watch, new ResultListener(connection));
    boolean going =
        enter(
            () -> {
              if (turn.abandon()) {
                connection.cut();
                network.pool.release(route, this);
              }
            });
    if (going) {
      turn.start();
    }
  }

  /** Receives the result of the request, and returns its connection to the pool. */
  private final class ResultListener implements RequestOnConnection.ResponseListener {
    private final Connection connection;

    ResultListener(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void responded(Response response, long keepAlive) {
      try {
        keep(keepAlive);
      } finally {
        finish(
            () -> Outcome.responded(response, watch.read()),
            () -> Outcome.responded(response, Duration.ZERO));
      }
    }

    private void keep(long keepAlive) {
      // A receiver closes after the keep-alive time; subtract a second for transmission.
      long rest = keepAlive < 0 ? REST_SECONDS : Math.min(REST_SECONDS, keepAlive - 1);
      if (rest > 0) {
        long until = System.nanoTime() + Duration.ofSeconds(rest).toNanos();
        network.pool.release(connection, until, OutboundExchange.this);
      } else {
        connection.close();
        network.pool.release(route, OutboundExchange.this);
      }
    }

    @Override
    public void failed(OutcomeKind kind, String detail, boolean unseen) {
      try {
        connection.cut();
      } finally {
        if (unseen && !resent) {
          // Send once more on a new connection, using the place that this request holds.
          resent = true;
          guarded(OutboundExchange.this::openOne);
        } else {
          NetworkFailure.Failure failure = new NetworkFailure.Failure(kind, detail);
          EgressRoute.Tunnel.blame(
              connection, failure, k -> OutboundExchange.this.failed(k.kind(), k.detail()));
        }
      }
    }
  }

  /** Ends the exchange at its deadline, with a message for the step it was in. */
  @Override
  public void run(Timeout timeout) {
    ConnectionOpener fresh = opening;
    if (waiting) {
      finish(OutcomeKind.INTERNAL_ERROR, "no free connection on this node");
    } else if (fresh != null && fresh.isQueued()) {
      finish(OutcomeKind.RESOLVER_ERROR, "this node's name resolver was busy");
    } else if (!isPostponed(timeout)) {
      NetworkFailure.Failure late = fresh == null ? NetworkFailure.LATE : fresh.late();
      finish(late.kind(), late.detail());
    }
  }

  /** Extends the deadline by the time waited on this node; returns whether there was any. */
  private boolean isPostponed(Timeout timeout) {
    long left = since + request.deadline().toNanos() - System.nanoTime();
    if (left <= TIMER_SLACK_NANOS) {
      return false;
    }
    timedBy(timeout.timer().newTimeout(this, left, TimeUnit.NANOSECONDS));
    return true;
  }

  /** Ends the exchange if the network threads that it depends on have died. */
  void endIfBroken() {
    ConnectionOpener fresh = opening;
    Connection connection = used;
    if ((fresh != null && fresh.isBroken()) || (connection != null && connection.isBroken())) {
      finish(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died");
    }
  }

  /** Ends the exchange in any step; has no effect if it has already ended. */
  void finish(OutcomeKind kind, String detail) {
    finish(
        () -> Outcome.failed(kind, detail, watch.read()),
        () -> Outcome.failed(kind, detail, Duration.ZERO));
  }

  private void finish(Supplier<Outcome> timed, Supplier<Outcome> untimed) {
    @Nullable Runnable last;
    synchronized (this) {
      if (done) {
        return;
      }
      done = true;
      last = undo;
      undo = null;
    }
    Timeout timing = timer;
    try {
      if (timing != null) {
        timing.cancel();
      }
      network.ended.accept(this);
      Objects.requireNonNullElse(last, (Runnable) () -> {}).run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "internal error: request not cleaned up", e);
    }
    complete(outcomeOf(timed, untimed));
  }

  /** Returns the outcome, without timing if that cannot be computed. */
  private static Outcome outcomeOf(Supplier<Outcome> timed, Supplier<Outcome> untimed) {
    try {
      return timed.get();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "internal error: request has no timing", e);
      return untimed.get();
    }
  }

  /** Calls the callback; an exception must not end a network thread. */
  private void complete(Outcome outcome) {
    try {
      whenDone.accept(outcome);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "internal error: completion callback failed", e);
    }
  }

  /** Registers an undo step; if the exchange has ended, runs it and returns false. */
  private boolean enter(Runnable undoing) {
    synchronized (this) {
      if (!done) {
        undo = undoing;
        return true;
      }
    }
    undoing.run();
    return false;
  }

  private synchronized boolean isDone() {
    return done;
  }
}
