package dev.hookferry.http.console.activity;

import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Keeps what an {@link Activity} counted, once a minute, and adds what other nodes and earlier runs
 * counted. If the store fails, charts miss something and nothing else happens. Thread-safe.
 */
public final class ActivityKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.console");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** What is told again and again, so that a store that fails for a while is told in the end. */
  private static final Duration TOLD = Duration.ofMinutes(5);

  /** Longer, since clocks differ. */
  private static final Duration HEARD = Duration.ofMinutes(10);

  private final Activity activity;
  private final TallyStore tallies;
  private final InstantSource clock;
  private final UUID writer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ActivityKeeper::daemon);
  private boolean started;

  /**
   * A keeper that is not started.
   *
   * @param tallies where it is kept; closed after this
   * @param random gives this process a name of its own
   */
  public ActivityKeeper(
      Activity activity, TallyStore tallies, InstantSource clock, RandomGenerator random) {
    this.activity = activity;
    this.tallies = tallies;
    this.clock = clock;
    writer = new UUID(random.nextLong(), random.nextLong());
  }

  /** Reads what is there, and then works once a minute. */
  public synchronized void start() {
    started = true;
    thread.execute(() -> guarded(() -> hear(Instant.EPOCH)));
    var unused =
        thread.scheduleWithFixedDelay(
            this::turn, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Tells and hears once. */
  void turn() {
    guarded(this::tell);
    guarded(() -> hear(clock.instant().minus(HEARD)));
  }

  private void tell() {
    Instant now = clock.instant();
    tallies.put(activity.since(now.minus(TOLD), writer), now);
  }

  private void hear(Instant since) {
    for (Tally tally : tallies.since(since)) {
      if (!tally.writer().equals(writer)) {
        take(tally);
      }
    }
  }

  /** Another version may tell what this one cannot read. */
  private void take(Tally tally) {
    try {
      activity.take(tally);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "a tally is not understood: " + tally.name(), e);
    }
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the store does not answer; charts miss something", e);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "what happens was not counted", e);
    }
  }

  /** Tells the last and stops; harmless to repeat. */
  @Override
  public synchronized void close() {
    if (started) {
      started = false;
      thread.execute(() -> guarded(this::tell));
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable action) {
    Thread thread = new Thread(action, "hookferry-tallies");
    thread.setDaemon(true);
    return thread;
  }
}
