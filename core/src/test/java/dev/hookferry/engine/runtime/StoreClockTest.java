package dev.hookferry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The store's time as a node knows it. */
class StoreClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock store = ManualClock.atNoon();
  private final ManualClock own = new ManualClock(store.instant().minus(HOUR));
  private final StoreClock clock = new StoreClock(own);

  private void pass(Duration time) {
    store.advance(time);
    own.advance(time);
  }

  private void hear(Duration there, Duration back) {
    Instant asked = clock.ownTime();
    pass(there);
    Instant told = store.instant();
    pass(back);
    clock.set(told, asked, clock.ownTime());
  }

  @Test
  void followsTheStoreWhateverTheLocalClockSays() {
    assertThat(clock.ahead()).isEmpty();
    hear(Duration.ZERO, Duration.ZERO);

    assertThat(clock.instant()).isEqualTo(store.instant());
    assertThat(clock.ahead()).contains(HOUR);
  }

  @Test
  void ignoresAReadingTakenAcrossASuspension() {
    hear(Duration.ofMillis(1), Duration.ofMillis(1));

    hear(Duration.ofMillis(1), Duration.ofSeconds(40));

    assertThat(clock.instant()).isEqualTo(store.instant());
    hear(Duration.ofSeconds(40), Duration.ofMillis(1));
    assertThat(clock.instant()).isEqualTo(store.instant());
  }

  @Test
  void improvesWithEveryReadingAndFollowsAMovingClock() {
    hear(Duration.ZERO, Duration.ofSeconds(10));
    assertThat(Duration.between(store.instant(), clock.instant()).abs())
        .isLessThanOrEqualTo(Duration.ofSeconds(5));

    hear(Duration.ofMillis(2), Duration.ofMillis(2));
    assertThat(Duration.between(store.instant(), clock.instant()).abs())
        .isLessThanOrEqualTo(Duration.ofMillis(4));

    store.advance(HOUR);
    hear(Duration.ZERO, Duration.ZERO);
    assertThat(clock.instant()).isEqualTo(store.instant());
  }

  @Test
  void ignoresAJumpOfTheLocalClock() {
    long[] ticks = {0};
    ManualClock wall = ManualClock.atNoon();
    SteadyClock steady = new SteadyClock(wall, () -> ticks[0]);
    Instant before = steady.instant();

    wall.advance(HOUR);
    ticks[0] = 1_000_000;

    assertThat(steady.instant()).isEqualTo(before.plusMillis(1));
    InstantSource machine = InstantSource.system();
    assertThat(SteadyClock.forStore(true, machine)).isInstanceOf(SteadyClock.class);
    assertThat(SteadyClock.forStore(false, machine)).isSameAs(machine);
    assertThat(SteadyClock.forStore(true, wall)).isSameAs(wall);
  }
}
