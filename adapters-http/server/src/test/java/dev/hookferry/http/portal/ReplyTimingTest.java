package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplyTimingTest {
  private final List<Long> waits = new ArrayList<>();
  private long now = 17;
  private final ReplyTiming timing = timing(5);

  @Test
  void repliesLeaveAtWholeSteps() {
    assertThat(timing.even(() -> after(200_000))).isEqualTo("reply");
    assertThat(timing.even(() -> after(300_000))).isEqualTo("reply");
    assertThat(timing.even(() -> after(4_999_999))).isEqualTo("reply");
    assertThat(timing.even(() -> after(12_000_000))).isEqualTo("reply");

    assertThat(waits).containsExactly(4_800_000L, 4_700_000L, 1L, 3_000_000L);
  }

  @Test
  void refusalsDoTheSame() {
    assertThatThrownBy(
            () ->
                timing.even(
                    () -> {
                      after(1_000_000);
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(waits).containsExactly(4_000_000L);
  }

  @Test
  void aStepOfZeroDoesNotWait() {
    assertThat(timing(0).even(() -> after(1_000))).isEqualTo("reply");

    assertThat(waits).isEmpty();
  }

  private ReplyTiming timing(int millis) {
    return new ReplyTiming(Duration.ofMillis(millis), () -> now, end -> waits.add(end - now));
  }

  private String after(long nanos) {
    now += nanos;
    return "reply";
  }
}
