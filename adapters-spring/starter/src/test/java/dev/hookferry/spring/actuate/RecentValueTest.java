package dev.hookferry.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentValueTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger reads = new AtomicInteger();
  private final RecentValue<Integer> value = new RecentValue<>(reads::incrementAndGet, clock);

  @Test
  void aValueIsReadAgainAfterTenSeconds() {
    assertThat(value.get()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(10));
    assertThat(value.get()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(value.get()).isEqualTo(2);
  }

  @Test
  void aValueFromBeforeTheClockWasSetBackIsReadAgain() {
    assertThat(value.get()).isEqualTo(1);
    clock.advance(Duration.ofHours(-6));
    assertThat(value.get()).isEqualTo(2);
    assertThat(value.get()).isEqualTo(2);
  }
}
