package dev.hookferry.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Timing.Phase;
import dev.hookferry.delivery.Timing.Share;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimingTest {
  private static final Timing ALL =
      new Timing(micros(12), micros(310), micros(85), micros(1203), micros(8123), micros(40));
  private static final Timing BY_EGRESS =
      new Timing(
          micros(1), micros(2), micros(3), micros(4), micros(5), micros(6), micros(7), "eu-1.w2");
  private static final Timing KEPT_OPEN =
      new Timing(micros(2), null, null, null, micros(900), micros(0));

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  @Test
  void sumsItsParts() {
    assertThat(ALL.total()).isEqualTo(micros(9773));
    assertThat(KEPT_OPEN.total()).isEqualTo(micros(902));
  }

  @Test
  void listsPhasesInOrder() {
    assertThat(BY_EGRESS.shares()).extracting(Share::phase).containsExactly(Phase.values());
    assertThat(ALL.shares()).extracting(Share::phase).doesNotContain(Phase.PROXY);
    assertThat(KEPT_OPEN.shares())
        .containsExactly(
            new Share(Phase.WAITING, micros(2)),
            new Share(Phase.FIRST_BYTE, micros(900)),
            new Share(Phase.REST, micros(0)));
    for (Share share : ALL.shares()) {
      assertThat(ALL.of(share.phase())).isEqualTo(share.took());
    }
  }

  @Test
  void hasAShortTextForm() {
    assertThat(ALL.text()).isEqualTo("w12d310c85t1203f8123r40");
    assertThat(KEPT_OPEN.text()).isEqualTo("w2f900r0");
    assertThat(Timing.parse(ALL.text())).isEqualTo(ALL);
    assertThat(Timing.parse(KEPT_OPEN.text())).isEqualTo(KEPT_OPEN);
    assertThat(BY_EGRESS.text()).isEqualTo("w1d2c3p4t5f6r7@eu-1.w2");
    assertThat(Timing.parse(BY_EGRESS.text())).isEqualTo(BY_EGRESS);
    Timing longest = new Timing(Duration.ofDays(10_000), null, null, null, null, null);
    assertThat(Timing.parse(longest.text())).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "w", "d3", "w1x", "w1c2d3", "w-1", "w1w1", "w1 ", "W1", "w1d", "w1@", "@eu"})
  void rejectsEverythingElse(String text) {
    assertThatThrownBy(() -> Timing.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void truncatesToMicroseconds() {
    Duration odd = Duration.ofNanos(1_999);

    assertThat(new Timing(odd, odd, odd, odd, odd, odd).total()).isEqualTo(micros(6));
  }

  @Test
  void refusesNegativeParts() {
    assertThatThrownBy(() -> new Timing(micros(1), null, null, null, null, micros(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
