package dev.hookferry.http.console.activity;

import dev.hookferry.id.EndpointId;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Background job that writes the counts of an {@link Activity} to the store once a minute, and
 * reads the counts of other nodes and earlier runs. If the store fails, charts are incomplete;
 * nothing else is affected. Thread-safe.
 */
public final class ActivityKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.console");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Overlap that each read repeats, because clocks differ. */
  private static final Duration HEARD = Duration.ofMinutes(10);

  /** Counts further in the future come from a fast clock and would displace others. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private final Activity activity;
  private final TallyStore tallies;
  private final InstantSource clock;
  private final UUID writer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ActivityKeeper::daemon);

  /** Counts stored before this time have been read. Accessed only by the background thread. */
  private Instant unheard = Instant.EPOCH;

  private boolean started;

  /**
   * Creates a keeper without starting it.
   *
   * @param tallies the store of the counts; must be closed after this keeper
   * @param random generates the id of this process
   */
  public ActivityKeeper(
      Activity activity, TallyStore tallies, InstantSource clock, RandomGenerator random) {
    this.activity = activity;
    this.tallies = tallies;
    this.clock = clock;
    writer = new UUID(random.nextLong(), random.nextLong());
  }

  /** Reads the stored counts, then starts to write and read once a minute. */
  public synchronized void start() {
    started = true;
    thread.execute(() -> guarded(this::hear));
    var unused =
        thread.scheduleWithFixedDelay(
            this::sync, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Writes this node's counts and reads those of others, once. */
  void sync() {
    guarded(this::tell);
    guarded(this::hear);
  }

  private void tell() {
    EndpointActivities endpoints = activity.endpoints();
    for (List<EndpointId> some : EndpointTallies.parts(endpoints.partial())) {
      endpoints.complete(some, tallies.named(EndpointTallies.names(some)), writer);
    }
    Map<EndpointId, EndpointActivity> collected = endpoints.complete();
    List<Tally> told = new ArrayList<>(activity.changed(writer));
    collected.forEach((id, counts) -> told.addAll(EndpointTallies.changed(id, counts, writer)));
    tallies.put(told, clock.instant());
    activity.written();
    endpoints.written(collected);
  }

  private void hear() {
    Instant now = clock.instant();
    Instant latest = now.plus(AHEAD);
    for (Tally tally : tallies.since(unheard)) {
      if (!tally.writer().equals(writer) && !tally.from().isAfter(latest)) {
        take(tally);
      }
    }
    unheard = now.minus(HEARD);
  }

  /** Adds a tally. Tallies of other versions that this one cannot parse are ignored. */
  private void take(Tally tally) {
    try {
      activity.take(tally);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot parse a tally: " + tally.name(), e);
    }
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the store is not available; charts are incomplete", e);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "activity not counted: charts have gaps", e);
    }
  }

  /** Writes the latest counts and stops. Idempotent. */
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
