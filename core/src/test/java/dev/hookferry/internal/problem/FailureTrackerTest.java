package dev.hookferry.internal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.incident.DisablingWatch;
import dev.hookferry.internal.problem.FailureTracker.CurrentFailures;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.EndpointProblem.Failures;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FailureTrackerTest {
  private final Samples samples = new Samples(1);
  private final ManualClock clock = ManualClock.atNoon();
  private final TallyStore tallies = new MemoryStore(clock, Duration.ofHours(1)).tallies();
  private final FailureTracker one = new FailureTracker(new Random(1));
  private final FailureTracker two = new FailureTracker(new Random(2));
  private final EndpointId endpoint = samples.endpoint();

  private Attempt attempt(Outcome outcome) {
    samples.pass(Duration.ofSeconds(1));
    Delivery delivery = samples.delivery(samples.event(), endpoint);
    return samples.attempt(delivery, outcome);
  }

  private void share() {
    for (FailureTracker tracker : List.of(one, two, one)) {
      tracker.share(tallies, samples.now());
    }
  }

  private static List<String> causes(FailureTracker tracker, EndpointId endpoint) {
    return tracker.failures(endpoint).causes().stream()
        .map(cause -> cause.failures().count() + " × " + cause.code())
        .toList();
  }

  @Test
  void failuresAreCountedByCauseSinceTheLastSuccess() {
    one.attempted(attempt(samples.responded(500)));
    one.attempted(attempt(samples.success()));
    Attempt first = attempt(samples.responded(401));
    one.attempted(first);
    one.attempted(attempt(samples.responded(503)));
    Attempt last = attempt(samples.responded(401));
    one.attempted(last);

    assertThat(causes(one, endpoint)).containsExactly("2 × 401", "1 × 503");
    assertThat(one.failures(endpoint).causes().get(0).failures())
        .isEqualTo(new Failures(first.startedAt(), last.startedAt(), 2));
    assertThat(one.failures(endpoint).consecutive()).isEqualTo(3);
    assertThat(causes(one, samples.endpoint())).isEmpty();
  }

  @Test
  void aResetEndsTheFailuresOnEveryNode() {
    one.attempted(attempt(samples.responded(500)));
    two.attempted(attempt(samples.responded(500)));
    share();
    assertThat(two.failing(2)).containsExactly(endpoint);
    assertThat(two.failing(3)).isEmpty();

    one.reset(endpoint, samples.now());
    share();
    assertThat(one.failing(1)).isEmpty();
    assertThat(two.failing(1)).isEmpty();

    two.attempted(attempt(samples.responded(401)));
    share();
    assertThat(causes(one, endpoint)).containsExactly("1 × 401");
  }

  /** Each scrape of the metrics reads those of up to 20,000 endpoints. */
  @Test
  void failuresAreSummedOnceAfterEachChange() {
    one.attempted(attempt(samples.responded(500)));
    CurrentFailures first = one.failures(endpoint);
    assertThat(one.failing(1)).containsExactly(endpoint);
    assertThat(one.failures(endpoint)).isSameAs(first);

    two.attempted(attempt(samples.responded(401)));
    share();
    assertThat(one.failures(endpoint).consecutive()).isEqualTo(2);
    one.attempted(attempt(samples.responded(401)));
    assertThat(one.failures(endpoint).consecutive()).isEqualTo(3);
    one.reset(endpoint, samples.now());
    assertThat(one.failures(endpoint).consecutive()).isZero();
  }

  @Test
  void aSlowSuccessEndsNoFailureThatBeganAfterIt() {
    Attempt early = attempt(samples.responded(500));
    Attempt slow = attempt(samples.success());
    Attempt later = attempt(samples.responded(401));
    one.attempted(early);
    one.attempted(later);
    one.attempted(slow);
    assertThat(causes(one, endpoint)).containsExactly("1 × 401");

    Attempt last = attempt(samples.success());
    one.attempted(last);
    one.attempted(slow);
    one.attempted(later);
    assertThat(causes(one, endpoint)).isEmpty();
  }

  @Test
  void theCauseThatOccurredLongestAgoMakesRoom() {
    for (int status : new int[] {500, 501, 502, 503, 500, 504}) {
      one.attempted(attempt(samples.responded(status)));
    }
    assertThat(causes(one, endpoint)).containsExactly("1 × 504", "2 × 500", "1 × 503", "1 × 502");
  }

  @Test
  void aCauseThatMadeRoomStillCounts() {
    Attempt first = attempt(samples.responded(499));
    one.attempted(first);
    for (int i = 0; i < 3; i++) {
      for (int status : new int[] {500, 501, 502, 503, 504, 505}) {
        one.attempted(attempt(samples.responded(status)));
      }
    }
    two.attempted(attempt(samples.responded(400)));
    Attempt last = attempt(samples.responded(401));
    two.attempted(last);
    share();
    for (FailureTracker tracker : List.of(one, two)) {
      assertThat(tracker.failures(endpoint).ofReceiver())
          .contains(new Failures(first.startedAt(), last.startedAt(), 21));
      assertThat(tracker.failures(endpoint).consecutive()).isEqualTo(21);
      assertThat(causes(tracker, endpoint)).hasSize(4);
    }

    one.attempted(attempt(samples.success()));
    share();
    assertThat(two.failures(endpoint).ofReceiver()).isEmpty();
  }

  /** Each restart makes another process. */
  @Test
  void failuresBeforeManyRestartsCount() {
    Attempt first = attempt(samples.responded(500));
    one.attempted(first);
    one.share(tallies, samples.now());
    int restarts = 40;
    for (int i = 0; i < restarts; i++) {
      FailureTracker run = new FailureTracker(new Random(10 + i));
      run.load(tallies, samples.now());
      samples.pass(Duration.ofHours(18));
      run.attempted(attempt(samples.responded(500)));
      run.share(tallies, samples.now());
      assertThat(run.failures(endpoint).ofReceiver())
          .hasValueSatisfying(all -> assertThat(all.since()).isEqualTo(first.startedAt()));
      assertThat(run.failures(endpoint).consecutive()).isEqualTo(i + 2);
    }
  }

  /** Within the longest time after which an endpoint is disabled, and its notice. */
  @Test
  void failuresAreKeptForLongerThanAnEndpointMayFail() {
    one.attempted(attempt(samples.responded(500)));
    one.share(tallies, samples.now());
    samples.pass(DisablingWatch.MAX_TIME.plusDays(2));
    two.attempted(attempt(samples.responded(500)));
    two.share(tallies, samples.now());
    FailureTracker later = new FailureTracker(new Random(3));
    later.load(tallies, samples.now());
    assertThat(causes(later, endpoint)).containsExactly("2 × 500");
  }

  @Test
  void nodesAddUpTheirFailuresAndAnySuccessEndsThem() {
    one.attempted(attempt(samples.responded(401)));
    two.attempted(attempt(samples.responded(401)));
    two.attempted(attempt(samples.responded(503)));
    share();
    assertThat(causes(one, endpoint)).containsExactly("1 × 503", "2 × 401");
    assertThat(causes(two, endpoint)).isEqualTo(causes(one, endpoint));
    share();
    assertThat(causes(one, endpoint)).containsExactly("1 × 503", "2 × 401");

    two.attempted(attempt(samples.success()));
    share();
    assertThat(causes(one, endpoint)).isEmpty();
    one.attempted(attempt(samples.responded(500)));
    share();
    assertThat(causes(two, endpoint)).containsExactly("1 × 500");
  }

  /** It would be disabled although it works: one node cannot reach it, the other can. */
  @Test
  void successOnAnotherNodeRestartsTheRun() {
    for (int hour = 0; hour < 150; hour++) {
      one.attempted(attempt(samples.responded(401)));
      share();
      samples.pass(Duration.ofMinutes(30));
      two.attempted(attempt(samples.success()));
      share();
      samples.pass(Duration.ofMinutes(30));
    }
    Attempt last = attempt(samples.responded(401));
    one.attempted(last);
    share();
    for (FailureTracker tracker : List.of(one, two)) {
      assertThat(tracker.failures(endpoint).ofReceiver())
          .contains(new Failures(last.startedAt(), last.startedAt(), 1));
    }
  }

  @Test
  void aRunThatHeardOfASuccessTooLateBeginsWithIt() {
    one.attempted(attempt(samples.responded(401)));
    share();
    samples.pass(Duration.ofDays(3));
    Attempt success = attempt(samples.success());
    two.attempted(success);
    one.attempted(attempt(samples.responded(401)));
    share();
    assertThat(one.failures(endpoint).ofReceiver())
        .hasValueSatisfying(run -> assertThat(run.since()).isEqualTo(success.startedAt()));
  }

  @Test
  void aLaterRunLoadsThem() {
    one.attempted(attempt(samples.responded(401)));
    one.share(tallies, samples.now());
    FailureTracker later = new FailureTracker(new Random(3));
    later.load(tallies, samples.now());
    assertThat(causes(later, endpoint)).containsExactly("1 × 401");
  }

  @Test
  void failuresAfterAClockThatWasAheadCount() {
    assertThatFailuresCountAfter(Duration.ofDays(400));
  }

  /** That of a wrong time zone, in the morning: the day is the same. */
  @Test
  void failuresAfterAClockThatWasAheadByHoursCount() {
    assertThatFailuresCountAfter(Duration.ofHours(8));
  }

  private void assertThatFailuresCountAfter(Duration ahead) {
    samples.pass(ahead);
    one.attempted(attempt(samples.responded(500)));
    one.attempted(attempt(samples.success()));
    one.attempted(attempt(samples.responded(503)));
    one.share(tallies, samples.now());
    samples.pass(ahead.negated());
    two.load(tallies, samples.now());
    for (FailureTracker tracker : List.of(one, two)) {
      tracker.attempted(attempt(samples.responded(401)));
      tracker.attempted(attempt(samples.responded(401)));
      assertThat(causes(tracker, endpoint)).containsExactly("2 × 401");
      tracker.attempted(attempt(samples.success()));
      assertThat(causes(tracker, endpoint)).isEmpty();
    }
  }

  @Test
  void anEndpointThatNeverFailedCostsNoTally() {
    one.attempted(attempt(samples.success()));
    one.share(tallies, samples.now());
    assertThat(tallies.since(Instant.EPOCH)).isEmpty();
  }

  @Test
  void talliesThatCannotBeReadAndAFailingStoreAreIgnored() {
    Instant now = samples.now();
    UUID writer = new UUID(1, 2);
    for (String name : new String[] {"f:x", "f:" + endpoint}) {
      tallies.put(List.of(new Tally(writer, name, now, now.plusSeconds(60), "c=401.x")), now);
    }
    one.load(tallies, samples.now());
    assertThat(causes(one, endpoint)).isEmpty();

    one.attempted(attempt(samples.responded(401)));
    TallyStore failing =
        new TallyStore() {
          @Override
          public void put(List<Tally> fresh, Instant at) {
            throw new StoreException("down");
          }

          @Override
          public List<Tally> since(Instant time) {
            throw new StoreException("down");
          }
        };
    one.share(failing, now);
    one.load(failing, samples.now());
    assertThat(causes(one, endpoint)).containsExactly("1 × 401");
  }
}
