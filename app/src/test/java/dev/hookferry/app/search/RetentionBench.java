package dev.hookferry.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Effect on new events while two of four full days are removed, in which some deliveries wait
 * still, and then a third in which none does. Runs when it is asked for by its name, not with the
 * tests; the properties are in the manual's chapter on performance.
 */
@EnabledIfSystemProperty(
    named = SearchBench.STORE,
    matches = "(file|jdbc):.+",
    disabledReason = "-D" + SearchBench.STORE + " names no store")
final class RetentionBench {
  private static final Duration ALONE = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final int EVENTS = 30;

  private final FullStore full = new FullStore(System.getProperty(SearchBench.STORE, ""));

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void measure() {
    full.fillIfEmpty();
    try (Store store = full.open()) {
      Crowd crowd = new Crowd(store, full.receivers(), Instant.now());
      run(crowd, "warm-up", until(WARM_UP));
      run(crowd, "before", until(ALONE));
      forget(store, crowd, 2);
      run(crowd, "after", until(ALONE));
      crowd.abandonPaused();
      run(crowd, "nothing waits", until(ALONE));
      forget(store, crowd, 3);
      run(crowd, "after", until(ALONE));
    }
  }

  private void forget(Store store, Crowd crowd, int days) {
    CompletableFuture<Long> forgotten =
        CompletableFuture.supplyAsync(
            () -> store.log().purge(full.begin().plus(Duration.ofDays(days))));
    run(crowd, "meanwhile", forgotten::isDone);
    System.out.println("forgotten\t" + forgotten.join() + " events");
    assertThat(forgotten.join()).isPositive();
  }

  private static BooleanSupplier until(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    return () -> System.nanoTime() - end >= 0;
  }

  /** Publishes and settles events, some in a commit, and says how long that took. */
  private static void run(Crowd crowd, String when, BooleanSupplier ended) {
    long[] times = new long[1_000];
    int made = 0;
    long begin = System.nanoTime();
    do {
      long start = System.nanoTime();
      crowd.more(EVENTS, Duration.ofNanos(10_000));
      times = made < times.length ? times : Arrays.copyOf(times, 2 * times.length);
      times[made++] = System.nanoTime() - start;
    } while (!ended.getAsBoolean());
    double seconds = (System.nanoTime() - begin) / 1e9;
    Arrays.sort(times, 0, made);
    System.out.printf(
        Locale.ROOT,
        "%s\t%.1f s\t%.0f events/s\tp50 %.1f\tp99 %.1f\tmost %.1f ms%n",
        when,
        seconds,
        made * EVENTS / seconds,
        times[made / 2] / 1e6,
        times[made - 1 - made / 100] / 1e6,
        times[made - 1] / 1e6);
  }
}
