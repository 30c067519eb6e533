package dev.hookferry.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.engine.owned.OwnedDeliveries;
import dev.hookferry.event.Event;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.ClaimResult.Work;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example in the Javadoc of {@link LaneCapacity}. */
class LaneCapacityTest {
  private final Samples samples = new Samples(3);
  private final OwnedDeliveries owned = new OwnedDeliveries();
  private final LanePacing pacing = new LanePacing(endpoint -> new LaneLimits(64, null));
  private final LaneCapacity capacity =
      new LaneCapacity(LoadLimits.DEFAULT, owned, new LaneTable(endpoint -> false, pacing));
  private final Lane lane = new Lane(Samples.SITE, samples.endpoint());

  @BeforeEach
  void theNodeHasFourThousandDeliveries() {
    for (int i = 0; i < 4_000; i++) {
      owned.reserve(i < 1_000 ? Samples.SITE : Samples.OTHER_SITE, 1);
    }
    Event event = samples.event();
    Work work = new Work(samples.delivery(event, lane.endpoint), event, CrashSuspicion.NONE);
    for (int i = 0; i < 300; i++) {
      lane.addFresh(work);
      lane.begin();
    }
    for (int i = 0; i < 100; i++) {
      lane.addClaimed(work);
    }
  }

  @Test
  void freshDeliveriesMayFillTheShare() {
    assertThat(capacity.left()).isEqualTo(16_000);
    assertThat(capacity.forFresh(lane)).isEqualTo(7_500 - 700);
  }

  @Test
  void freshOnesLeaveHalfOfTheShareOfAStarvedLane() {
    capacity.overflowed(lane);

    assertThat(capacity.forFresh(lane)).isEqualTo(3_750 - 600);
  }

  @Test
  void claimedOnesMayFillTheOtherHalf() {
    assertThat(capacity.forClaimed(lane)).isEqualTo(3_750 - 100);
  }

  @Test
  void aFailingEndpointHasNoMoreWaitingThanItsWindowAllows() {
    lane.mode(LaneMode.REDUCED);

    assertThat(capacity.forFresh(lane)).isEqualTo(lane.window.size() - 300);
    assertThat(capacity.forClaimed(lane)).isZero();
  }
}
