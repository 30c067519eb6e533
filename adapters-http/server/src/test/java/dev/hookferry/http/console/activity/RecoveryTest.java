package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A delivery that arrives late is taken out of the failures where it was counted. */
class RecoveryTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Samples samples = new Samples(7);
  private final EndpointId endpoint = samples.endpoint();
  private final ManualClock clock = new ManualClock(samples.now());
  private final TallyStore tallies = new MemoryStore(clock, Duration.ofHours(1)).tallies();
  private final Activity activity = opened();

  private Activity opened() {
    Activity opened = new Activity();
    opened.opened(clock, id -> Optional.empty(), delivery -> false, tallies);
    return opened;
  }

  private void pass(Duration time) {
    samples.pass(time);
    clock.advance(time);
  }

  private Delivery created() {
    return samples.delivery(samples.event(), endpoint);
  }

  private void attempt(Activity counting, Delivery before, Outcome outcome) {
    counting.attempted(samples.attempt(before, outcome), before);
  }

  private Delivery failed() {
    Delivery created = created();
    attempt(activity, created, samples.failure());
    return created.retryAt(samples.now());
  }

  private String failures(Activity shown, ChartSpan span) {
    assertThat(ofSite(shown, span)).as("of the site").isEqualTo(ofEndpoint(shown, span));
    return ofSite(shown, span);
  }

  private String ofEndpoint(Activity shown, ChartSpan span) {
    return shown.history(endpoint, span, samples.now()).share().counts();
  }

  private String ofSite(Activity shown, ChartSpan span) {
    return FailureShare.of(shown.of(SiteId.DEFAULT, span, samples.now())).counts();
  }

  @Test
  void recoveriesOfOlderFailuresHideNoneOfToday() {
    Delivery first = failed();
    Delivery second = failed();
    pass(DAY.multipliedBy(2));
    failed();
    attempt(activity, first, samples.success());
    attempt(activity, second, samples.success());

    assertThat(failures(activity, ChartSpan.DAY)).isEqualTo("1 of 3");
    assertThat(failures(activity, ChartSpan.WEEK)).isEqualTo("1 of 3");
  }

  @Test
  void aRecoveryWithinTheSpanLeavesNoFailure() {
    Delivery delivery = failed();
    assertThat(failures(activity, ChartSpan.HOUR)).isEqualTo("1 of 1");
    pass(Duration.ofMinutes(40));
    attempt(activity, delivery, samples.success());

    for (ChartSpan span : ChartSpan.ALL) {
      assertThat(failures(activity, span)).as(span.code()).isEqualTo("0 of 1");
    }
  }

  @Test
  void sendingADeliveredOneAgainRecoversNothing() {
    failed();
    Delivery created = created();
    attempt(activity, created, samples.success());
    Delivery again = created.delivered(samples.now()).revived(samples.now());
    attempt(activity, again, samples.success());

    assertThat(failures(activity, ChartSpan.DAY)).isEqualTo("1 of 3");
  }

  /** A process does not know what was delivered before it started. */
  @Test
  void unknownFirstAttemptsOfOneEndpointHideNoFailureOfAnother() {
    failed();
    EndpointId other = samples.endpoint();
    for (int i = 0; i < 3; i++) {
      Delivery delivered =
          samples.delivery(samples.event(), other).delivered(samples.now()).revived(samples.now());
      attempt(activity, delivered, samples.success());
    }

    FailureShare share = activity.share(List.of(endpoint, other), ChartSpan.DAY, samples.now());
    assertThat(share.counts()).isEqualTo("1 of 4");
  }

  @Test
  void replayingDeliveredEventsHidesNoFailure() {
    List<Delivery> delivered = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Delivery created = created();
      attempt(activity, created, samples.success());
      delivered.add(created.delivered(samples.now()).revived(samples.now()));
    }
    for (int i = 0; i < 3_000; i++) {
      attempt(activity, created(), samples.success());
    }
    for (int i = 0; i < 200; i++) {
      failed();
    }
    delivered.forEach(one -> attempt(activity, one, samples.success()));
    assertThat(failures(activity, ChartSpan.DAY)).startsWith("200 of ");
  }

  @Test
  void heldDeliveryRecoversAtTheTimeOfItsFailure() {
    Delivery held = created();
    pass(DAY.multipliedBy(3));
    attempt(activity, held, samples.failure());
    attempt(activity, held.retryAt(samples.now()), samples.success());

    assertThat(failures(activity, ChartSpan.DAY)).isEqualTo("0 of 1");
  }

  @Test
  void aRestartForgetsNeitherTheFailureNorTheRecovery() {
    Delivery failed = failed();
    try (ActivityKeeper keeper = new ActivityKeeper(activity, tallies, clock, new Random(1))) {
      keeper.sync();
    }
    pass(Duration.ofHours(5));

    Activity second = opened();
    try (ActivityKeeper keeper = new ActivityKeeper(second, tallies, clock, new Random(2))) {
      keeper.start();
      Poll.until(() -> isHeard(second, "1 of 1"));
      attempt(second, failed, samples.success());
      assertThat(failures(second, ChartSpan.DAY)).isEqualTo("0 of 1");
      pass(Duration.ofMinutes(1));
    }

    Activity third = opened();
    try (ActivityKeeper keeper = new ActivityKeeper(third, tallies, clock, new Random(3))) {
      keeper.start();
      Poll.until(() -> isHeard(third, "0 of 1"));
    }
  }

  @Test
  void writesARecoveryCountedLongAfterItsAttempt() {
    Delivery failed = failed();
    pass(Duration.ofMinutes(20));
    try (ActivityKeeper keeper = new ActivityKeeper(activity, tallies, clock, new Random(1))) {
      keeper.sync();
      // The store does not take the attempt for ten minutes, so it is not counted until then.
      clock.advance(Duration.ofMinutes(10));
      keeper.sync();
      attempt(activity, failed, samples.success());
      keeper.sync();
    }

    Activity other = opened();
    try (ActivityKeeper keeper = new ActivityKeeper(other, tallies, clock, new Random(2))) {
      keeper.sync();
    }
    for (ChartSpan span : ChartSpan.ALL) {
      assertThat(failures(other, span)).as(span.code()).isEqualTo("0 of 1");
    }
  }

  /** Each slot is written once, and not at every save of some minutes. */
  @Test
  void aBroadRecoveryWritesTheSlotsOfTheOutageOnce() {
    List<EndpointId> endpoints = Stream.generate(samples::endpoint).limit(200).toList();
    List<Delivery> failed = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Delivery created = samples.delivery(samples.event(), endpoints.get(i % endpoints.size()));
      attempt(activity, created, samples.failure());
      failed.add(created.retryAt(samples.now()));
      pass(DAY.dividedBy(20_000));
    }
    CountedTallies counted = new CountedTallies(tallies);
    try (ActivityKeeper keeper = new ActivityKeeper(activity, counted, clock, new Random(1))) {
      keeper.sync();
      failed.forEach(one -> attempt(activity, one, samples.success()));
      assertThat(counted.of(keeper::sync)).isBetween(7_000, 8_000);
      pass(Duration.ofMinutes(1));
      assertThat(counted.of(keeper::sync)).as("at the next save").isZero();
    }
  }

  /** Counts what is written. */
  private static final class CountedTallies implements TallyStore {
    private final TallyStore store;
    private int written;

    CountedTallies(TallyStore store) {
      this.store = store;
    }

    int of(Runnable save) {
      written = 0;
      save.run();
      return written;
    }

    @Override
    public void put(List<Tally> all, Instant now) {
      written += all.size();
      store.put(all, now);
    }

    @Override
    public List<Tally> since(Instant time) {
      return store.since(time);
    }
  }

  /** The counts of sites and endpoints are read one after the other. */
  private boolean isHeard(Activity shown, String expected) {
    return ofEndpoint(shown, ChartSpan.DAY).equals(expected)
        && ofSite(shown, ChartSpan.DAY).equals(expected);
  }
}
