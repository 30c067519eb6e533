package dev.hookferry.http.console.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.observe.DeliveryReason;
import org.junit.jupiter.api.Test;

class WaitingRowTest {
  /** It once read "backing off until in 1 s". */
  @Test
  void whatHoldsUpTheNextAttemptFollowsItsTime() {
    String backedOff = "backing off until 17:01:00 UTC after 45 consecutive failures";
    assertThat(WaitingRow.hold(new DeliveryReason(backedOff, null), true))
        .isEqualTo("endpoint failing");
    DeliveryReason limited = new DeliveryReason("waits for the limit of 5/s", null);
    assertThat(WaitingRow.hold(limited, true)).isEqualTo("rate limited");
    assertThat(WaitingRow.hold(limited, false)).isEqualTo("when the rate limit allows");
    assertThat(WaitingRow.hold(new DeliveryReason("retry scheduled", null), true)).isEmpty();
  }
}
