package dev.hookferry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A loop that stands still is noticed, one that only fails is not. */
class WatchdogTest {
  private long nanos;
  private final Watchdog pulse = new Watchdog(() -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void noticesAStalledEngine() {
    pass(Duration.ofSeconds(9));
    assertThat(pulse.stalledReason()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(pulse.stalledReason()).contains("the engine has stalled");

    pulse.recordTurn();

    assertThat(pulse.stalledReason()).isEmpty();
  }

  @Test
  void noticesAStalledHeartbeat() {
    pass(Duration.ofSeconds(121));
    pulse.recordTurn();

    assertThat(pulse.stalledReason()).contains("the heartbeat has stalled");

    pulse.kept();
    assertThat(pulse.stalledReason()).isEmpty();
  }

  @Test
  void noticesACallThatDoesNotReturn() {
    Watchdog.Call hanging = pulse.begin("a claim");
    Watchdog.Call quick = pulse.begin("a commit");
    pulse.end(quick);
    pass(Duration.ofSeconds(121));
    pulse.recordTurn();
    pulse.kept();

    assertThat(pulse.stalledReason()).contains("a claim has not returned");

    pulse.end(hanging);
    assertThat(pulse.stalledReason()).isEmpty();
  }
}
