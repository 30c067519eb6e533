package dev.hookferry.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.event.Event;
import dev.hookferry.store.ClaimResult.Work;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a request is found to take long. */
class SendSchedulerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Samples samples = new Samples(3);
  private final SendScheduler traffic = new SendScheduler(4);

  @Test
  void aSecondIsSlowWhileHalfOfTheSlotsAreFree() {
    Lane first = begin(NOON);
    Lane second = begin(NOON.plusMillis(10));

    assertThat(traffic.agesAt()).isEqualTo(NOON.plusSeconds(1));
    traffic.age(NOON.plusMillis(999));
    assertThat(traffic.isSlow(first)).isFalse();
    traffic.age(NOON.plusSeconds(1));
    assertThat(traffic.isSlow(first)).isTrue();
    assertThat(traffic.isSlow(second)).isFalse();
  }

  @Test
  void aTenthOfASecondIsSlowWhileFewerSlotsAreFree() {
    Lane first = begin(NOON);
    Lane second = begin(NOON.plusMillis(10));
    Lane third = begin(NOON.plusMillis(20));

    assertThat(traffic.agesAt()).isEqualTo(NOON.plusMillis(100));
    traffic.age(NOON.plusMillis(99));
    assertThat(traffic.isSlow(first)).isFalse();
    traffic.age(NOON.plusMillis(110));
    assertThat(traffic.isSlow(first)).isTrue();
    assertThat(traffic.isSlow(second)).as("found together with the first").isTrue();
    assertThat(traffic.isSlow(third)).isFalse();
    assertThat(traffic.agesAt()).as("now places are left").isEqualTo(NOON.plusMillis(1020));
  }

  @Test
  void settingTheClockBackDoesNotHideSlowRequests() {
    Lane lane = begin(NOON);
    traffic.clockSetBack(Duration.ofHours(1));

    traffic.age(NOON.minus(Duration.ofHours(1)).plusSeconds(1));
    assertThat(traffic.isSlow(lane)).isTrue();
  }

  /** A request to an endpoint of its own. */
  private Lane begin(Instant now) {
    Event event = samples.event();
    Lane lane = new Lane(Samples.SITE, samples.endpoint());
    lane.window.limit(4);
    traffic.begin(
        new OwnedDelivery(new Work(samples.delivery(event, lane.endpoint), event)), lane, now);
    return lane;
  }
}
