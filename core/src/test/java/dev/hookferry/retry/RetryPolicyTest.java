package dev.hookferry.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import java.time.Duration;
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
    assertThat(waits(RetryPolicy.fixed(3, FIVE_MINUTES), 5))
        .containsExactly(
            Optional.of(FIVE_MINUTES),
            Optional.of(FIVE_MINUTES),
            Optional.of(FIVE_MINUTES),
            Optional.empty(),
            Optional.empty());
    assertThat(waits(RetryPolicy.fixed(0, FIVE_MINUTES), 1)).containsExactly(Optional.empty());
    assertThat(waits(RetryPolicy.never(), 2)).containsOnly(Optional.empty());
  }

  @Test
  void doublesTheWaitUpToTheMaximum() {
    RetryPolicy policy = RetryPolicy.exponential(6, Duration.ofSeconds(10), Duration.ofSeconds(75));

    assertThat(waits(policy, 7))
        .containsExactly(
            Optional.of(Duration.ofSeconds(10)),
            Optional.of(Duration.ofSeconds(20)),
            Optional.of(Duration.ofSeconds(40)),
            Optional.of(Duration.ofSeconds(75)),
            Optional.of(Duration.ofSeconds(75)),
            Optional.of(Duration.ofSeconds(75)),
            Optional.empty());
  }

  @Test
  void staysAtTheMaximumForAThousandRetries() {
    List<Optional<Duration>> waits = waits(RetryPolicy.exponential(1000, DAY, DAY), 1001);

    assertThat(waits.subList(0, 1000)).containsOnly(Optional.of(DAY));
    assertThat(waits.get(1000)).isEmpty();
    assertThat(waits(RetryPolicy.exponential(1000, Duration.ofSeconds(1), DAY), 1000))
        .endsWith(Optional.of(DAY));
  }

  @Test
  void jitterOnlyAddsUpToItsShare() {
    RetryPolicy policy = RetryPolicy.fixed(1, Duration.ofSeconds(100)).withJitter(0.2);
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
    assertThat(waits(RetryPolicy.fixed(1, DAY).withJitter(0), 1)).containsExactly(Optional.of(DAY));
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
