package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Charts outlive a restart, and show all nodes. */
class ActivityKeeperTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String CRM = "https://crm.example/hook";

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
  private final ScriptedTransport transport = new ScriptedTransport();
  private final Activity here = new Activity();
  private final Hookferry hookferry =
      Hookferry.builder(store, transport)
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .listener(here)
          .build()
          .start();
  private final ActivityKeeper keeper = keeper(here, 1);
  private final Activity there = new Activity();
  private final ActivityKeeper other = keeper(there, 2);

  @AfterEach
  void close() {
    keeper.close();
    other.close();
    hookferry.close();
  }

  private ActivityKeeper keeper(Activity activity, int seed) {
    return new ActivityKeeper(activity, store.tallies(), clock, new Random(seed));
  }

  @Test
  void anotherNodeShowsWhatWasCountedHereAndCountsItOnce() {
    Endpoint endpoint = endpoint();
    transport.responding(CRM, n -> ScriptedTransport.status(n == 1 ? 200 : 500));
    publish(1);
    publish(2);
    keeper.sync();
    other.sync();
    other.sync();

    keeper.sync();
    assertThat(counted(here, ChartSpan.HOUR)).isEqualTo("1/1");
    for (ChartSpan span : ChartSpan.ALL) {
      assertThat(counted(there, span)).as(span.code()).isEqualTo("1/1");
    }
    assertThat(newest(there.of(SITE, ChartSpan.HOUR, clock.instant())).median()).isNotNull();
    assertThat(there.of(endpoint.id(), clock.instant()))
        .usingRecursiveComparison()
        .isEqualTo(here.of(endpoint.id(), clock.instant()));
    assertThat(there.of(endpoint.id(), clock.instant()).streak()).isEqualTo(1);
    assertThat(there.of(endpoint.id(), clock.instant()).error()).contains("responded with 500");
  }

  @Test
  void failureStreakOfAnotherNodeContinues() {
    Endpoint endpoint = endpoint();
    transport.responding(CRM, 500);
    publish(1);
    keeper.sync();
    Activity after = new Activity();
    ActivityKeeper restarted = keeper(after, 3);
    restarted.sync();
    clock.advance(Duration.ofMinutes(2));
    publish(2);
    keeper.sync();
    restarted.sync();

    assertThat(after.of(endpoint.id(), clock.instant()).streak()).isEqualTo(2);
    assertThat(counted(after, ChartSpan.DAY)).isEqualTo("0/2");
    restarted.close();
  }

  @Test
  void restartReadsTheCountsSavedAtTheEnd() {
    endpoint();
    publish(1);
    keeper.start();
    keeper.close();
    clock.advance(Duration.ofHours(5));
    other.start();

    // The counts of each span are read one after the other.
    Poll.until(() -> counted(there, ChartSpan.DAY).equals("1/0"));
    Poll.until(() -> counted(there, ChartSpan.WEEK).equals("1/0"));
    assertThat(counted(there, ChartSpan.HOUR)).isEqualTo("0/0");
  }

  @Test
  void doesNotSaveUnchangedCountsAgain() {
    endpoint();
    publish(1);
    keeper.sync();
    assertThat(store.tallies().since(Instant.EPOCH)).isNotEmpty();
    clock.advance(Duration.ofMinutes(1));
    keeper.sync();
    assertThat(store.tallies().since(clock.instant())).isEmpty();
  }

  @Test
  void aStoreThatFailsForLongLosesNoCounts() {
    FailingTallies tallies = new FailingTallies(store.tallies());
    endpoint();
    try (ActivityKeeper writing = new ActivityKeeper(here, tallies, clock, new Random(5));
        ActivityKeeper reading = new ActivityKeeper(there, tallies, clock, new Random(6))) {
      reading.sync();
      tallies.isDown = true;
      publish(1);
      writing.sync();
      clock.advance(Duration.ofMinutes(20));
      tallies.isDown = false;
      writing.sync();
      tallies.isDown = true;
      clock.advance(Duration.ofMinutes(20));
      reading.sync();
      tallies.isDown = false;
      reading.sync();
    }
    for (ChartSpan span : ChartSpan.ALL) {
      assertThat(counted(there, span)).as(span.code()).isEqualTo("1/0");
    }
  }

  @Test
  void ignoresCountsOfAClockThatWasAhead() {
    endpoint();
    publish(1);
    keeper.sync();
    Duration day = Duration.ofDays(1);
    UUID earlier = new UUID(7, 7);
    List<Tally> ahead =
        store.tallies().since(Instant.EPOCH).stream()
            .map(
                tally ->
                    new Tally(
                        earlier,
                        tally.name(),
                        tally.from().plus(day),
                        tally.until().plus(day),
                        tally.text()))
            .toList();
    store.tallies().put(ahead, clock.instant());

    other.sync();

    assertThat(counted(there, ChartSpan.DAY)).isEqualTo("1/0");
  }

  @Test
  void ignoresTalliesOfAnotherVersion() {
    endpoint();
    publish(1);
    keeper.sync();
    List<Tally> odd =
        List.of(
            tally("1h:default", "d=many"),
            tally("1h:default", "t=99:1"),
            tally("e:nobody", "d=1"),
            tally("9y:default", "d=1"),
            tally("x", "d=1"));
    store.tallies().put(odd, clock.instant());
    other.sync();
    assertThat(counted(there, ChartSpan.HOUR)).isEqualTo("1/0");
  }

  @Test
  void aStoreThatFailsCostsNothingButTheCharts() {
    FailingTallies broken = new FailingTallies(store.tallies());
    broken.isDown = true;
    ActivityKeeper kept = new ActivityKeeper(there, broken, clock, new Random(4));
    kept.start();
    kept.sync();
    kept.close();
    assertThat(counted(there, ChartSpan.HOUR)).isEqualTo("0/0");
  }

  private Tally tally(String name, String text) {
    Instant from = clock.instant();
    return new Tally(new UUID(7, 7), name, from, from.plusSeconds(3_600), text);
  }

  private Endpoint endpoint() {
    return hookferry
        .webhooks()
        .endpoints()
        .create(SITE, EndpointSpec.to(CRM).types("*"))
        .endpoint();
  }

  private void publish(int attempts) {
    var unused = hookferry.webhooks().publish(SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> total(here) == attempts);
  }

  private int total(Activity activity) {
    return activity.of(SITE, ChartSpan.DAY, clock.instant()).stream()
        .mapToInt(TimeSeries.Bucket::total)
        .sum();
  }

  private String counted(Activity activity, ChartSpan span) {
    List<TimeSeries.Bucket> buckets = activity.of(SITE, span, clock.instant());
    return buckets.stream().mapToInt(TimeSeries.Bucket::delivered).sum()
        + "/"
        + buckets.stream().mapToInt(TimeSeries.Bucket::failed).sum();
  }

  private static TimeSeries.Bucket newest(List<TimeSeries.Bucket> buckets) {
    return buckets.get(buckets.size() - 1);
  }

  /** A store that can fail. */
  private static final class FailingTallies implements TallyStore {
    private final TallyStore store;
    private volatile boolean isDown;

    FailingTallies(TallyStore store) {
      this.store = store;
    }

    private TallyStore store() {
      if (isDown) {
        throw new StoreException("no disk", new IOException());
      }
      return store;
    }

    @Override
    public void put(List<Tally> tallies, Instant now) {
      store().put(tallies, now);
    }

    @Override
    public List<Tally> since(Instant time) {
      return store().since(time);
    }
  }
}
