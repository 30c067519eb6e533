package dev.hookferry.engine.runtime;

import dev.hookferry.engine.Engine;
import dev.hookferry.engine.Message;
import dev.hookferry.observe.Load;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The engine's turns: each takes what is in the mailbox, lets the engine decide, and hands its
 * effects over. Only the engine's thread takes turns; any thread may read their results.
 */
final class EngineTurns implements NodeThreads.EngineLoop {
  /** The maximum sleep of the engine's thread, so that it notices a manual clock. */
  private static final Duration LONGEST_SLEEP = Duration.ofMillis(20);

  private static final int MESSAGES_AT_ONCE = 1_000;

  private final Engine engine;
  private final EffectExecutor hands;
  private final Mailbox mailbox;
  private final InstantSource clock;
  private final Watchdog pulse;
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile Load load = new Load(0, 0, 0);
  private volatile boolean failing;
  private volatile boolean ended;

  EngineTurns(
      Engine engine, EffectExecutor hands, Mailbox mailbox, InstantSource clock, Watchdog pulse) {
    this.engine = engine;
    this.hands = hands;
    this.mailbox = mailbox;
    this.clock = clock;
    this.pulse = pulse;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        pulse.recordTurn();
        int taken = deliver(MESSAGES_AT_ONCE);
        Instant wake = decide();
        hands.flush();
        publishState();
        if (taken < MESSAGES_AT_ONCE) {
          mailbox.await(taken, sleep(wake));
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
      hands.flushAll();
      publishState();
    } while (taken == MESSAGES_AT_ONCE);
    return wake;
  }

  @Override
  public void end() {
    ended = true;
    deliver(Integer.MAX_VALUE);
    engine.end();
    hands.flushAll();
  }

  /** Returns the load of the node, at most a moment old. */
  Load load() {
    return load;
  }

  /** Whether the store failed at the last commit. */
  boolean isFailing() {
    return failing;
  }

  /** Whether no message is taken any more. */
  boolean isEnded() {
    return ended;
  }

  /** Opens when nothing is in flight any more. */
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

  private int deliver(int most) {
    int taken = 0;
    Message message;
    while (taken < most && (message = mailbox.take()) != null) {
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
      hands.fault("the engine failed at a message", e);
    }
  }

  private @Nullable Instant decide() {
    try {
      return engine.decide(clock.instant());
    } catch (RuntimeException e) {
      engine.loseTrack();
      hands.fault("the engine failed to decide", e);
      return null;
    }
  }

  private Duration sleep(@Nullable Instant wake) {
    Duration until = wake == null ? LONGEST_SLEEP : Duration.between(clock.instant(), wake);
    return until.compareTo(LONGEST_SLEEP) < 0 ? until : LONGEST_SLEEP;
  }
}
