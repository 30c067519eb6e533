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
  void noticesAnEngineThatStandsStill() {
    pass(Duration.ofSeconds(9));
    assertThat(pulse.still()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(pulse.still()).contains("the engine has stalled");

    pulse.turned();

    assertThat(pulse.still()).isEmpty();
  }

  @Test
  void noticesAHeartbeatThatStandsStill() {
    pass(Duration.ofSeconds(121));
    pulse.turned();

    assertThat(pulse.still()).contains("the heartbeat has stalled");

    pulse.kept();
    assertThat(pulse.still()).isEmpty();
  }

  @Test
  void noticesACallThatDoesNotComeBack() {
    Watchdog.Call hanging = pulse.begin("a claim");
    Watchdog.Call quick = pulse.begin("a commit");
    pulse.end(quick);
    pass(Duration.ofSeconds(121));
    pulse.turned();
    pulse.kept();

    assertThat(pulse.still()).contains("a claim has not returned");

    pulse.end(hanging);
    assertThat(pulse.still()).isEmpty();
  }
}
