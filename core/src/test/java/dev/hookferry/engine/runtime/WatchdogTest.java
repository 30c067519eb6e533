package dev.hookferry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A loop that stands still is noticed, one that only fails is not. */
class WatchdogTest {
  private long nanos;
  private final Watchdog watchdog = new Watchdog(() -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void noticesAStalledEngine() {
    pass(Duration.ofSeconds(9));
    assertThat(watchdog.stalledReason()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(watchdog.stalledReason()).contains("the engine has stalled");

    watchdog.recordTurn();

    assertThat(watchdog.stalledReason()).isEmpty();
  }

  @Test
  void noticesAStalledHeartbeat() {
    pass(Duration.ofSeconds(121));
    watchdog.recordTurn();

    assertThat(watchdog.stalledReason()).contains("the heartbeat has stalled");

    watchdog.recordHeartbeat();
    assertThat(watchdog.stalledReason()).isEmpty();
  }

  @Test
  void noticesACallThatDoesNotReturn() {
    Watchdog.WatchedCall hanging = watchdog.begin("a claim");
    Watchdog.WatchedCall quick = watchdog.begin("a commit");
    watchdog.end(quick);
    pass(Duration.ofSeconds(121));
    watchdog.recordTurn();
    watchdog.recordHeartbeat();

    assertThat(watchdog.stalledReason()).contains("a claim has not returned");

    watchdog.end(hanging);
    assertThat(watchdog.stalledReason()).isEmpty();
  }
}
