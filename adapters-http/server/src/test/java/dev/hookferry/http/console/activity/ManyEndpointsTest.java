package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Figures of more endpoints than are kept in memory. */
class ManyEndpointsTest {
  private static final int KEPT = 3;

  private final Samples samples = new Samples(1);
  private final ManualClock clock = new ManualClock(Samples.START);
  private final AtomicInteger queries = new AtomicInteger();
  private boolean isDown;
  private Runnable beforeNextPut = () -> {};
  private final TallyStore tallies = counted(new MemoryStore(clock, Duration.ofHours(1)).tallies());
  private final Activity activity = opened();
  private final ActivityKeeper keeper = new ActivityKeeper(activity, tallies, clock, new Random(1));
  private final List<EndpointId> endpoints = Stream.generate(samples::endpoint).limit(8).toList();

  private TallyStore counted(TallyStore store) {
    return new TallyStore() {
      @Override
      public void put(List<Tally> fresh, Instant now) {
        Runnable first = beforeNextPut;
        beforeNextPut = () -> {};
        first.run();
        store.put(fresh, now);
      }

      @Override
      public List<Tally> since(Instant time) {
        return store.since(time);
      }

      @Override
      public List<Tally> named(Set<String> names) {
        queries.incrementAndGet();
        if (isDown) {
          throw new StoreException("down");
        }
        return store.named(names);
      }
    };
  }

  private Activity opened() {
    Activity opened = new Activity(KEPT);
    opened.opened(clock, id -> Optional.empty(), delivery -> false, tallies);
    return opened;
  }

  @AfterEach
  void close() {
    keeper.close();
  }

  private void send(EndpointId endpoint, Outcome outcome) {
    Event event = samples.event();
    Delivery before = samples.delivery(event, endpoint);
    activity.attempted(samples.attempt(before, outcome), before);
  }

  private List<Integer> attempts(List<EndpointId> shown) {
    activity.prepare(shown);
    return shown.stream().map(id -> history(id).attempts()).toList();
  }

  private EndpointHistory history(EndpointId id) {
    return activity.history(id, ChartSpan.DAY, clock.instant());
  }

  @Test
  void aPageReadsWhatIsNotInMemoryWithOneQuery() {
    for (int i = 0; i < endpoints.size(); i++) {
      for (int times = 0; times <= i; times++) {
        send(endpoints.get(i), samples.responded(500));
      }
    }
    keeper.sync();
    queries.set(0);
    assertThat(attempts(endpoints)).isEqualTo(IntStream.rangeClosed(1, 8).boxed().toList());
    assertThat(queries).hasValue(1);
    assertThat(activity.streak(endpoints.get(1))).isEqualTo(2);

    assertThat(attempts(endpoints)).hasSize(8);
    assertThat(queries).as("what was read a moment ago").hasValue(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(attempts(endpoints)).isEqualTo(IntStream.rangeClosed(1, 8).boxed().toList());
    assertThat(queries).hasValue(2);
  }

  @Test
  void nothingIsReadWhileAllAreInMemory() {
    send(endpoints.get(0), samples.success());
    assertThat(attempts(endpoints.subList(0, 2))).containsExactly(1, 0);
    assertThat(queries).hasValue(0);
  }

  @Test
  void countsThatLeftMemoryAreNeitherLostNorCountedTwice() {
    List<Integer> expected = new ArrayList<>();
    endpoints.forEach(id -> expected.add(0));
    Random random = new Random(5);
    for (int round = 0; round < 40; round++) {
      int at = random.nextInt(endpoints.size());
      send(endpoints.get(at), random.nextBoolean() ? samples.success() : samples.responded(500));
      expected.set(at, expected.get(at) + 1);
      if (random.nextInt(4) == 0) {
        keeper.sync();
      }
    }
    keeper.sync();
    clock.advance(Duration.ofMinutes(2));
    assertThat(attempts(endpoints)).isEqualTo(expected);

    Activity after = new Activity(KEPT);
    after.opened(clock, id -> Optional.empty(), delivery -> false, tallies);
    try (ActivityKeeper restarted = new ActivityKeeper(after, tallies, clock, new Random(2))) {
      restarted.sync();
      after.prepare(endpoints);
      assertThat(
              endpoints.stream()
                  .map(id -> after.history(id, ChartSpan.DAY, clock.instant()).attempts()))
          .isEqualTo(expected);
    }
  }

  @Test
  void countsOfAnEndpointEvictedDuringASaveAreSavedNextTime() {
    send(endpoints.get(0), samples.success());
    beforeNextPut = () -> endpoints.subList(0, 4).forEach(id -> send(id, samples.success()));
    keeper.sync();
    keeper.sync();
    clock.advance(Duration.ofMinutes(2));
    assertThat(attempts(endpoints.subList(0, 4))).containsExactly(2, 1, 1, 1);
  }

  @Test
  void aStoreThatFailsLeavesFiguresOut() {
    endpoints.forEach(id -> send(id, samples.success()));
    keeper.sync();
    isDown = true;
    assertThat(attempts(endpoints)).containsExactly(0, 0, 0, 0, 0, 1, 1, 1);
  }
}
