package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Timing;
import dev.hookferry.http.console.activity.TimeSplit.Piece;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
  private static @Nullable Duration micros(long micros) {
    return micros < 0 ? null : Duration.ofNanos(1_000 * micros);
  }

  /** The parts in their order, in microseconds; what is negative did not take place. */
  private static TimeSplit of(long... parts) {
    return TimeSplit.of(
        new Timing(
            Duration.ofNanos(1_000 * parts[0]),
            micros(parts[1]),
            micros(parts[2]),
            micros(parts[3]),
            micros(parts[4]),
            micros(parts[5])));
  }

  @Test
  void showsEveryPartInProportion() {
    TimeSplit split = of(1_000, 2_000, 1_000, 1_000, 4_000, 1_000);

    assertThat(split.pieces())
        .containsExactly(
            new Piece("part-waiting", "waiting", "1.0 ms", "0.0", "100.0"),
            new Piece("part-dns", "DNS", "2.0 ms", "100.0", "200.0"),
            new Piece("part-connect", "connect", "1.0 ms", "300.0", "100.0"),
            new Piece("part-tls", "TLS", "1.0 ms", "400.0", "100.0"),
            new Piece("part-first-byte", "first byte", "4.0 ms", "500.0", "400.0"),
            new Piece("part-rest", "rest", "1.0 ms", "900.0", "100.0"));
    assertThat(split.most()).isEmpty();
    assertThat(split.isSlow()).as("not worth a bar").isFalse();
    assertThat(split.summary())
        .isEqualTo(
            "Time by phase: waiting 1.0 ms, DNS 2.0 ms, connect 1.0 ms, TLS 1.0 ms,"
                + " first byte 4.0 ms, rest 1.0 ms.");
  }

  @Test
  void showsWhatIsTinyBesideWhatIsLong() {
    TimeSplit split = of(3, -1, -1, -1, 12_000_000, 49);

    assertThat(split.pieces())
        .containsExactly(
            new Piece("part-waiting", "waiting", "<0.1 ms", "0.0", "8.0"),
            new Piece("part-first-byte", "first byte", "12 s", "8.0", "984.0"),
            new Piece("part-rest", "rest", "<0.1 ms", "992.0", "8.0"));
    assertThat(split.isSlow()).isTrue();
    assertThat(split.most()).isEqualTo("Mostly waiting for the receiver to respond.");
  }

  @Test
  void saysWhereMostOfItWent() {
    assertThat(of(5, -1, -1, -1, 2, 2).most()).contains("waiting for a free connection");
    assertThat(of(1, 9, 1, 1, 1, 1).most()).contains("looking up the host name");
    assertThat(of(1, -1, 9, -1, -1, -1).most()).contains("connecting to the receiver");
    assertThat(of(1, 1, 1, 9, 1, 1).most()).contains("TLS");
    assertThat(of(1, -1, -1, -1, 1, 9).most()).contains("reading the response");
    assertThat(of(5, -1, -1, -1, 5, 0).most()).isEmpty();
  }

  @Test
  void isNothingWhereNothingWasMeasured() {
    assertThat(TimeSplit.of(null)).isEqualTo(TimeSplit.NONE);
    assertThat(of(0, -1, -1, -1, -1, -1).pieces())
        .containsExactly(new Piece("part-waiting", "waiting", "<0.1 ms", "0.0", "1000.0"));
  }
}
