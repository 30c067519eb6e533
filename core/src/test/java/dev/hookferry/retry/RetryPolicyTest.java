package dev.hookferry.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Outcome FAILURE =
      Outcome.failed(OutcomeKind.TIMEOUT, "too slow", Duration.ofSeconds(15));
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration DAY = Duration.ofDays(1);

  private static List<Optional<Duration>> waits(RetryPolicy policy, int attempts) {
    RandomGenerator chance = new Random(1);
    return IntStream.rangeClosed(1, attempts)
        .mapToObj(made -> policy.delayAfter(made, FAILURE, chance))
        .toList();
  }

  @Test
  void waitsTheSameTimeForEachRetry() {
    assertThat(waits(RetrySettings.of(3, FIVE_MINUTES).policy(), 5))
        .containsExactly(
            Optional.of(FIVE_MINUTES),
            Optional.of(FIVE_MINUTES),
            Optional.of(FIVE_MINUTES),
            Optional.empty(),
            Optional.empty());
    assertThat(waits(RetrySettings.of(0, FIVE_MINUTES).policy(), 1))
        .containsExactly(Optional.empty());
    assertThat(waits(RetryPolicy.never(), 2)).containsOnly(Optional.empty());
  }

  @Test
  void doublesTheDelayUpToADay() {
    RetrySettings settings = RetrySettings.of(1000, Duration.ofHours(5)).exponential();

    assertThat(IntStream.rangeClosed(1, 5).mapToObj(settings::delayAfter))
        .containsExactly(Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(20), DAY, DAY);
    assertThat(settings.delayAfter(1000)).isEqualTo(DAY);
    assertThat(RetrySettings.of(1, FIVE_MINUTES).delayAfter(7)).isEqualTo(FIVE_MINUTES);
  }

  @Test
  void aScheduleHasADelayForEachRetryWithoutJitter() {
    List<Duration> delays = List.of(Duration.ofSeconds(5), FIVE_MINUTES, Duration.ofHours(2));
    RetrySettings settings = RetrySettings.schedule(delays);

    assertThat(waits(settings.policy(), 4))
        .containsExactly(
            Optional.of(Duration.ofSeconds(5)),
            Optional.of(FIVE_MINUTES),
            Optional.of(Duration.ofHours(2)),
            Optional.empty());
    assertThat(settings.maxRetries()).isEqualTo(3);
    assertThat(settings).hasToString("5s,5m,2h").isEqualTo(RetrySettings.schedule(delays));
    assertThat(settings).isNotEqualTo(RetrySettings.of(3, Duration.ofSeconds(5)));
    assertThat(settings.maxRetries(3)).isEqualTo(RetrySettings.of(3, Duration.ofSeconds(5)));
  }

  @Test
  void refusesSchedulesOutOfBounds() {
    assertThatThrownBy(() -> RetrySettings.schedule(List.of()))
        .hasMessage("schedule: must have 1 to 50 delays (got 0)");
    assertThatThrownBy(() -> RetrySettings.schedule(Collections.nCopies(51, FIVE_MINUTES)))
        .hasMessage("schedule: must have 1 to 50 delays (got 51)");
    assertThatThrownBy(() -> RetrySettings.schedule(List.of(DAY, Duration.ofMillis(999))))
        .hasMessage("schedule[1]: must be a duration from 1s to 30d (got 999ms)");
    assertThatThrownBy(() -> RetrySettings.schedule(List.of(DAY.multipliedBy(30), DAY)))
        .hasMessage("schedule: must take 30 days in total or less");
    assertThat(RetrySettings.schedule(List.of(DAY.multipliedBy(29), DAY)).maxRetries())
        .isEqualTo(2);
    assertThat(RetrySettings.schedule(Collections.nCopies(50, FIVE_MINUTES)).maxRetries())
        .isEqualTo(50);
  }

  @Test
  void jitterOnlyAddsUpToItsShare() {
    RetryPolicy policy = RetrySettings.of(1, Duration.ofSeconds(100)).policy().withJitter(0.2);
    List<Long> waits =
        new Random(1)
            .longs(2000)
            .mapToObj(
                seed -> policy.delayAfter(1, FAILURE, new Random(seed)).orElseThrow().toMillis())
            .toList();

    assertThat(waits)
        .isNotEmpty()
        .allSatisfy(wait -> assertThat(wait).isBetween(100_000L, 120_000L));
    assertThat(waits).anySatisfy(wait -> assertThat(wait).isLessThan(101_000));
    assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThan(119_000));
    assertThat(waits(policy, 2).get(1)).isEmpty();
    assertThat(waits(RetrySettings.of(1, DAY).policy().withJitter(0), 1))
        .containsExactly(Optional.of(DAY));
  }

  @Test
  void followsTheSettings() {
    assertThat(waits(RetrySettings.DEFAULT.policy(), 6))
        .startsWith(Optional.of(FIVE_MINUTES))
        .endsWith(Optional.of(FIVE_MINUTES), Optional.empty());
    RetryPolicy growing = RetrySettings.of(40, Duration.ofHours(1)).exponential().policy();
    List<Optional<Duration>> waits = waits(growing, 41);
    assertThat(waits.get(1).orElseThrow()).isBetween(Duration.ofHours(2), Duration.ofMinutes(144));
    assertThat(waits.get(39).orElseThrow()).isBetween(DAY, DAY.multipliedBy(6).dividedBy(5));
    assertThat(waits.get(40)).isEmpty();
  }

  @Test
  void refusesSettingsOutOfBounds() {
    for (int bad : List.of(-1, 1001, Integer.MIN_VALUE)) {
      assertThatThrownBy(() -> RetrySettings.of(bad, DAY))
          .hasMessage("maxRetries: must be a whole number from 0 to 1000 (got " + bad + ")");
    }
    for (Duration bad :
        List.of(Duration.ZERO, Duration.ofMillis(999), DAY.plusNanos(1), DAY.negated())) {
      assertThatThrownBy(() -> RetrySettings.of(0, bad))
          .hasMessageStartingWith("interval: must be a duration from 1s to 1d (got ");
    }
    assertThat(RetrySettings.of(1000, DAY).maxRetries()).isEqualTo(1000);
    assertThat(RetrySettings.of(0, Duration.ofSeconds(1)).maxRetries()).isZero();
  }
}
