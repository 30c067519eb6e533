package dev.hookferry.engine.runtime;

import dev.hookferry.engine.Engine;
import dev.hookferry.engine.Message;
import dev.hookferry.observe.Load;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Loop of the engine's thread. Each turn processes messages from the mailbox, lets the engine
 * decide, and submits its effects. Only the engine's thread takes turns; any thread may read the
 * state that they publish.
 */
final class EngineTurns implements NodeThreads.EngineLoop {
  private static final int MESSAGES_AT_ONCE = 1_000;

  private final Engine engine;
  private final EffectExecutor executor;
  private final Mailbox mailbox;
  private final InstantSource clock;
  private final Watchdog watchdog;
  private final EngineSleep sleep;
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile Load load = new Load(0, 0, 0);
  private volatile boolean failing;
  private volatile boolean ended;

  EngineTurns(
      Engine engine,
      EffectExecutor executor,
      Mailbox mailbox,
      StoreClock clock,
      Watchdog watchdog) {
    this.engine = engine;
    this.executor = executor;
    this.mailbox = mailbox;
    this.clock = clock;
    this.watchdog = watchdog;
    sleep = new EngineSleep(clock, clock.isSystemClock());
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        watchdog.recordTurn();
        int taken = deliver(MESSAGES_AT_ONCE);
        Instant wake = decide();
        executor.flush();
        publishState();
        if (taken < MESSAGES_AT_ONCE) {
          mailbox.await(taken, sleep.until(wake, executor.gathering()));
        }
      }
    } finally {
      end();
    }
  }

  @Override
  public @Nullable Instant turn() {
    Instant wake;
    int taken;
    do {
      taken = deliver(MESSAGES_AT_ONCE);
      wake = decide();
      executor.flushAll();
      publishState();
    } while (taken == MESSAGES_AT_ONCE);
    return wake;
  }

  @Override
  public void end() {
    ended = true;
    deliver(Integer.MAX_VALUE);
    engine.end();
    executor.flushAll();
  }

  /** Returns the load of the node, as of the last turn. */
  Load load() {
    return load;
  }

  /** Returns whether commits are failing, as of the last turn. */
  boolean isFailing() {
    return failing;
  }

  /** Returns whether the loop has ended, so that no more messages are processed. */
  boolean isEnded() {
    return ended;
  }

  /** Returns the latch that opens once a drain has finished. */
  CountDownLatch drained() {
    return drained;
  }

  private void publishState() {
    load = engine.load();
    failing = engine.isFailing();
    if (engine.isDrained()) {
      drained.countDown();
    }
  }

  private int deliver(int max) {
    int taken = 0;
    Message message;
    while (taken < max && (message = mailbox.take()) != null) {
      taken++;
      deliver(message);
    }
    return taken;
  }

  private void deliver(Message message) {
    try {
      message.deliver(engine, clock.instant());
    } catch (RuntimeException e) {
      engine.loseTrack();
      executor.fault("engine failed to process a message", e);
    }
  }

  private @Nullable Instant decide() {
    try {
      return engine.decide(clock.instant());
    } catch (RuntimeException e) {
      engine.loseTrack();
      executor.fault("engine failed to decide", e);
      return null;
    }
  }
}
