package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.TimeWindow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store keeps every time that a caller can give. */
@Promise(by = NewEvent.class, value = "in the years 1 to 9999")
public interface StorableTimesContract extends StoreFixture {
  /** The earliest and the latest time, and one that has no milliseconds. */
  List<Instant> TIMES =
      List.of(
          Instant.parse("0001-01-01T00:00:00Z"),
          Instant.parse("0999-12-31T23:59:59.001Z"),
          Instant.parse("1969-12-31T23:59:59.999Z"),
          Instant.parse("9999-12-31T23:59:59.999Z"));

  @Test
  default void keepsEveryTimeAtWhichAnEventCanHaveOccurred(StoreHarness harness) {
    for (Instant time : TIMES) {
      Event sample = harness.samples.event();
      Instant at = NewEvent.of(sample.type(), sample.payload()).occurredAt(time).time(time);
      Event event =
          new Event(
              sample.id(),
              sample.site(),
              sample.type(),
              at,
              sample.acceptedAt(),
              sample.payload(),
              sample.idempotence());

      harness.publish(event);

      assertThat(harness.store().log().event(Samples.SITE, event.id()))
          .get()
          .extracting(Event::occurredAt)
          .isEqualTo(time);
    }
  }

  @Test
  default void queriesTakeEveryTime(StoreHarness harness) {
    Event event = harness.samples.event();
    harness.publish(event, harness.samples.delivery(event));
    Instant last = TIMES.get(TIMES.size() - 1);
    for (Instant time : TIMES) {
      boolean isPast = time.isBefore(event.acceptedAt());
      TimeWindow window = isPast ? TimeWindow.ALL.since(time) : TimeWindow.ALL.until(time);

      assertThat(events(harness, window)).isEqualTo(1);
      assertThat(deliveries(harness, window)).isEqualTo(1);
      TimeWindow outside = isPast ? TimeWindow.ALL.until(time) : TimeWindow.ALL.since(time);
      assertThat(events(harness, outside)).isZero();
      assertThat(deliveries(harness, outside)).isZero();
    }
    assertThat(events(harness, TimeWindow.ALL.since(TIMES.get(0)).until(last))).isEqualTo(1);
  }

  private static int events(StoreHarness harness, TimeWindow window) {
    EventQuery query = EventQuery.ofSite(Samples.SITE).accepted(window);
    return harness.store().log().events(query).data().size();
  }

  private static int deliveries(StoreHarness harness, TimeWindow window) {
    DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE).created(window);
    return harness.store().log().deliveries(query).data().size();
  }
}
