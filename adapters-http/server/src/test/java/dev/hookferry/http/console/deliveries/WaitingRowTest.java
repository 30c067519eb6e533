package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Says when or after what the next attempt of a waiting delivery is made. */
class WaitingRowTest {
  private static final Instant UNTIL = Instant.parse("2026-04-29T17:01:00Z");

  @Test
  void whatHoldsUpTheNextAttemptFollowsItsTime() {
    DeliveryReason paused = reason(EndpointHealth.slowed(State.RATE_LIMITED, 1, UNTIL, true));
    assertThat(WaitingRow.hold(paused, true)).isEqualTo("rate limited");
    assertThat(WaitingRow.lead(paused)).isEmpty();
    DeliveryReason limited = new DeliveryReason("waits for the limit of 5/s", null);
    assertThat(WaitingRow.hold(limited, true)).isEqualTo("rate limited");
    assertThat(WaitingRow.hold(limited, false)).isEqualTo("when the rate limit allows");
    assertThat(WaitingRow.hold(new DeliveryReason("retry scheduled", null), true)).isEmpty();
  }

  /**
   * It once read "in 12 s, endpoint failing" for each of 222, although one of them is sent then.
   */
  @Test
  void backedOffEndpointGetsAProbe() {
    DeliveryReason backedOff = reason(EndpointHealth.slowed(State.BACKING_OFF, 45, UNTIL, true));
    assertThat(WaitingRow.lead(backedOff)).isEqualTo("probe");
    assertThat(WaitingRow.hold(backedOff, true)).isEmpty();
  }

  /** It once was a dash. */
  @Test
  void showsAReasonIfThereIsNoTime() {
    String due = "due now, one at a time after 45 consecutive failures";
    assertThat(WaitingRow.hold(new DeliveryReason(due, null), false)).isEqualTo("after the probe");
    DeliveryReason fault = new DeliveryReason("attempts fail inside Hookferry: no resolver", null);
    assertThat(WaitingRow.hold(fault, false)).isEqualTo("once this server can send");
    DeliveryReason removed = new DeliveryReason("endpoint removed: about to be cancelled", null);
    assertThat(WaitingRow.hold(removed, false)).isEqualTo("about to be cancelled");
  }

  @Test
  void aListSaysInAFewWordsWhatAFirstAttemptWaitsFor() {
    Samples samples = new Samples(1);
    Delivery pending = samples.delivery(samples.event());
    DeliveryReason paused = new DeliveryReason("on hold: endpoint paused", null);
    assertThat(WaitingRow.why(pending.held(), paused)).isEqualTo("endpoint paused");
    DeliveryReason backedOff = reason(EndpointHealth.slowed(State.BACKING_OFF, 45, UNTIL, true));
    assertThat(WaitingRow.why(pending, backedOff))
        .isEqualTo("probe at " + DisplayTime.clock(UNTIL) + " UTC");
    String due = "due now, one at a time after 45 consecutive failures";
    assertThat(WaitingRow.why(pending, new DeliveryReason(due, null))).isEqualTo("after the probe");
    DeliveryReason limited = new DeliveryReason("waits for the limit of 5/s", UNTIL);
    assertThat(WaitingRow.why(pending, limited))
        .isEqualTo("rate limited until " + DisplayTime.clock(UNTIL) + " UTC");
  }

  private static DeliveryReason reason(EndpointHealth health) {
    return new DeliveryReason(health.reason(), health.until());
  }
}
