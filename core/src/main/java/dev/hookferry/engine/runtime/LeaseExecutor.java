package dev.hookferry.engine.runtime;

import dev.hookferry.engine.Message;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the store calls that keep this node alive as an owner, on a dedicated thread. */
final class LeaseExecutor {
  private final RuntimeParts parts;
  private final StoreClock clock;
  private final Consumer<Message> post;
  private final Watchdog watchdog;
  private final BiConsumer<String, Throwable> fault;
  private final ScheduledExecutorService timer;
  private volatile @Nullable Owner owner;

  LeaseExecutor(
      RuntimeParts parts,
      StoreClock clock,
      Consumer<Message> post,
      Watchdog watchdog,
      BiConsumer<String, Throwable> fault) {
    this.parts = parts;
    this.clock = clock;
    this.post = post;
    this.watchdog = watchdog;
    this.fault = fault;
    timer = parts.threads().timer(NodeThreads.HEARTBEAT);
  }

  /** Registers with the store and synchronizes the clock with it. Blocks. */
  void enter() {
    Owner first = deliveries().register(parts.node());
    own(first);
    Heartbeat unused = beat(first);
  }

  /** Runs an action periodically on the heartbeat thread. */
  void every(Duration period, Runnable action) {
    var unused =
        timer.scheduleWithFixedDelay(
            action, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  void own(Owner next) {
    owner = next;
  }

  /** Returns whether this node has ever been an owner. */
  boolean isRegistered() {
    return owner != null;
  }

  /** Returns the current owner. */
  Owner owner() {
    Owner current = owner;
    if (current == null) {
      throw new IllegalStateException("not registered with the store yet");
    }
    return current;
  }

  /** Sends a heartbeat, after giving up all deliveries if requested; the engine gets the reply. */
  void heartbeat(boolean retire) {
    Owner current = owner();
    run(
        () -> {
          if (retire) {
            deliveries().retire(current);
          }
          Heartbeat heard = beat(current);
          post.accept((engine, now) -> engine.heard(heard, now));
        });
  }

  /** Registers again; the engine gets the new owner. */
  void register() {
    run(
        () -> {
          Owner next = deliveries().register(parts.node());
          post.accept((engine, now) -> engine.registered(next, now));
        });
  }

  /** Returns the threads to shut down. */
  ScheduledExecutorService threads() {
    return timer;
  }

  private Heartbeat beat(Owner current) {
    Instant requestedAt = clock.ownTime();
    Heartbeat beat = deliveries().heartbeat(current);
    if (parts.store().isShared()) {
      clock.set(beat.storeTime(), requestedAt, clock.ownTime());
    }
    return beat;
  }

  private void run(Runnable call) {
    timer.execute(
        () -> {
          try {
            call.run();
          } catch (RuntimeException | Error e) {
            fault.accept("heartbeat failed", e);
            post.accept((engine, now) -> engine.heartbeatFailed());
          } finally {
            watchdog.recordHeartbeat();
          }
        });
  }

  private DeliveryStore deliveries() {
    return parts.store().deliveries();
  }
}
