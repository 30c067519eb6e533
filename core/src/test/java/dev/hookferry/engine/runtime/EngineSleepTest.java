package dev.hookferry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.testing.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** An idle engine sleeps until something is due. */
class EngineSleepTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock clock = ManualClock.atNoon();
  private final EngineSleep sleep = new EngineSleep(clock, true);

  @Test
  void sleepsUntilTheNextTurnIsDue() {
    Duration soon = Duration.ofMillis(700);

    assertThat(sleep.until(clock.instant().plus(soon), null)).isEqualTo(soon);

    clock.advance(soon);
    assertThat(sleep.until(clock.instant(), null)).isZero();
    assertThat(sleep.until(clock.instant().minus(soon), null)).isNegative();
  }

  @Test
  void sleepsForASecondAtMost() {
    assertThat(sleep.until(null, null)).isEqualTo(EngineSleep.MAX_TIME);
    assertThat(sleep.until(clock.instant().plus(HOUR), null)).isEqualTo(EngineSleep.MAX_TIME);
    assertThat(EngineSleep.MAX_TIME).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void wakesForGatheredNotifications() {
    Duration rest = Duration.ofMillis(3);

    assertThat(sleep.until(null, rest)).isEqualTo(rest);
    assertThat(sleep.until(clock.instant().plusMillis(1), rest)).isEqualTo(Duration.ofMillis(1));
    assertThat(sleep.until(clock.instant().plus(HOUR), rest)).isEqualTo(rest);
  }

  @Test
  void looksOftenAtAClockThatATestTurns() {
    EngineSleep polling = new EngineSleep(clock, false);

    assertThat(polling.until(null, null)).isEqualTo(EngineSleep.POLL);
    assertThat(polling.until(clock.instant().plus(HOUR), null)).isEqualTo(EngineSleep.POLL);
    assertThat(polling.until(clock.instant().plusMillis(1), null)).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void recognizesTheClockOfTheMachine() {
    InstantSource steady = SteadyClock.forStore(true, InstantSource.system());

    assertThat(new StoreClock(InstantSource.system()).isSystemClock()).isTrue();
    assertThat(new StoreClock(Clock.systemUTC()).isSystemClock()).isTrue();
    assertThat(new StoreClock(Clock.system(ZoneOffset.ofHours(2))).isSystemClock()).isTrue();
    assertThat(new StoreClock(steady).isSystemClock()).isTrue();
    assertThat(new StoreClock(clock).isSystemClock()).isFalse();
    assertThat(new StoreClock(Clock.fixed(clock.instant(), ZoneOffset.UTC)).isSystemClock())
        .isFalse();
  }
}
