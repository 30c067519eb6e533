package dev.hookferry.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientPaceTest {
  private final AtomicLong nanos = new AtomicLong(17);
  private final ClientPace pace = new ClientPace(nanos::get);

  private void pass(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private void take(long seconds, int bytes) {
    pace.beginWaiting();
    pass(seconds);
    pace.took(bytes);
  }

  @Test
  void nothingIsTooSlowAfter45Seconds() {
    take(1, 100 * Downloads.MIN_PER_SECOND);
    pass(44);
    assertThat(pace.isTooSlow()).isFalse();
    pass(1);
    assertThat(pace.isTooSlow()).isTrue();
  }

  /** A byte every 44 seconds would otherwise keep a place of the few forever. */
  @Test
  void soIsALittleNowAndThen() {
    take(44, 1);
    assertThat(pace.isTooSlow()).isFalse();
    pass(1);
    assertThat(pace.isTooSlow()).isTrue();
  }

  /** Its credit would otherwise last for 18 hours. */
  @Test
  void soIsAClientThatWasFastOnce() {
    take(1, 1 << 30);
    take(44, 1);
    take(44, 1);
    assertThat(pace.isTooSlow()).isFalse();
    pass(2);
    assertThat(pace.isTooSlow()).isTrue();
  }

  @Test
  void aSteadyClientIsNotHoweverLongItTakes() {
    for (int i = 0; i < 1_000; i++) {
      take(40, 40 * Downloads.MIN_PER_SECOND);
      assertThat(pace.isTooSlow()).isFalse();
    }
  }

  @Test
  void slowSourceIsNotMistakenForASlowClient() {
    for (int i = 0; i < 1_000; i++) {
      pass(3_600);
      take(0, 1);
    }
    pace.beginWaiting();
    assertThat(pace.isTooSlow()).isFalse();
  }
}
