package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhaseTimerTest {
  private final Ticker ticker = new Ticker();
  private final PhaseTimer watch = new PhaseTimer(ticker);

  @Test
  void waitsUntilSomethingBegins() {
    ticker.pass(3);

    assertThat(watch.read()).isEqualTo(new Timing(Ticker.part(3), null, null, null, null, null));
  }

  /** As when a connection that was kept open turns out to be closed. */
  @Test
  void countsALostTryAsWaiting() {
    ticker.pass(1);
    watch.writing();
    ticker.pass(2);
    watch.responseBegan();
    ticker.pass(4);
    watch.connecting();
    ticker.pass(8);
    watch.writing();

    assertThat(watch.read())
        .isEqualTo(
            new Timing(
                Ticker.part(7).plus(Ticker.TICK.multipliedBy(2)),
                null,
                Ticker.part(8),
                null,
                Ticker.part(0),
                null));
  }

  /** The thread that a deadline runs on may have read the clock first, and come second. */
  @Test
  void hasNoNegativeParts() {
    long[] now = {5_000_000};
    PhaseTimer odd = new PhaseTimer(() -> now[0]);
    now[0] += 4_000_000;
    odd.connecting();
    now[0] += 4_000_000;
    odd.writing();
    now[0] -= 1_000_000;

    Timing timing = odd.read();

    assertThat(timing.total()).isEqualTo(Duration.ofMillis(7));
    assertThat(timing.connect()).isEqualTo(Duration.ofMillis(3));
    assertThat(timing.firstByte()).isZero();
  }
}
