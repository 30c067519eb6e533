package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The optional fields of events: how they are kept, and how events are found by their labels. */
@Promise(by = EventOptions.class, value = "The optional fields of an accepted event.")
public interface EventOptionsContract extends StoreFixture {
  /** Values that a pattern, a character set or an escape could get wrong. */
  List<String> VALUES =
      List.of("eu", "eu-west", "e_", "e%", "", "a:b", "\\", "\\u00e9", "é", "💶", "\"q\"", "EU");

  @Test
  default void keepsAllOptionsOfAnEvent(StoreHarness harness) {
    Event event = harness.samples.event().with(harness.samples.options());
    Delivery delivery = harness.samples.delivery(event);
    harness.publish(event, delivery);

    assertThat(harness.store().log().event(Samples.SITE, event.id())).contains(event);
    assertThat(harness.store().log().events(EventQuery.ofSite(Samples.SITE)).data())
        .containsExactly(event);
    ClaimResult claimed =
        harness
            .store()
            .deliveries()
            .claim(harness.owner(), StoreHarness.everything(delivery.endpoint()));
    assertThat(claimed.work()).containsExactly(new ClaimResult.Work(delivery, event));
  }

  @Promise(by = DeliveryStore.class, value = "Claims free deliveries: pending, due and unowned.")
  @Test
  default void handsOutAScheduledDeliveryWhenItIsDue(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event plain = harness.samples.event();
    Instant at = plain.acceptedAt().plus(Duration.ofDays(30));
    Event event = plain.with(scheduled(at));
    Delivery delivery = harness.samples.delivery(event, endpoint);
    harness.publish(event, delivery);

    ClaimResult early = claim(harness, endpoint, at.minusMillis(1));
    assertThat(early.work()).isEmpty();
    assertThat(early.nextDue()).isEqualTo(at);
    assertThat(harness.store().log().purge(at.minusMillis(1))).isZero();

    assertThat(claim(harness, endpoint, at).work())
        .containsExactly(new ClaimResult.Work(delivery, event));
  }

  private static EventOptions scheduled(Instant at) {
    return new EventOptions(Map.of(), List.of(), at, null, Map.of(), null, false);
  }

  private static ClaimResult claim(StoreHarness harness, EndpointId endpoint, Instant dueBy) {
    return harness
        .store()
        .deliveries()
        .claim(harness.owner(), new ClaimRequest(Map.of(endpoint, 1), 1, Long.MAX_VALUE, dueBy));
  }

  @Promise(by = EventQuery.class, value = "events that have all of these labels with these values")
  @Test
  default void findsEventsByTheirLabels(StoreHarness harness) {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      Event event = harness.samples.event();
      event = i % 4 == 0 ? event : event.with(labelled(labels(harness.samples)));
      harness.publish(event);
      all.add(0, event);
    }
    for (int i = 0; i < 60; i++) {
      Map<String, String> wanted = labels(harness.samples);
      EventQuery query = EventQuery.ofSite(Samples.SITE).labels(wanted);
      query = i % 3 == 0 ? query.type(harness.samples.oneOf(all).type()) : query;

      assertThat(found(harness, query.limit(3)))
          .as(query.toString())
          .isEqualTo(all.stream().filter(query::matches).toList());
    }
  }

  @Promise(by = EventQuery.class, value = "events that have all of these labels with these values")
  @Test
  default void distinguishesLabelsByTheirWholeText(StoreHarness harness) {
    for (String value : VALUES) {
      harness.publish(harness.samples.event().with(labelled(Map.of("region", value))));
    }
    for (String value : VALUES) {
      EventQuery query = EventQuery.ofSite(Samples.SITE).labels(Map.of("region", value));
      assertThat(harness.store().log().events(query).data())
          .as(value)
          .singleElement()
          .extracting(event -> event.options().labels())
          .isEqualTo(Map.of("region", value));
    }
    EventQuery other = EventQuery.ofSite(Samples.OTHER_SITE).labels(Map.of("region", "eu"));
    assertThat(harness.store().log().events(other).data()).isEmpty();
  }

  private static EventOptions labelled(Map<String, String> labels) {
    return new EventOptions(labels, List.of(), null, null, Map.of(), null, false);
  }

  private static Map<String, String> labels(Samples samples) {
    Map<String, String> labels = new TreeMap<>();
    for (String name : List.of("region", "tier", "a.b_c-1")) {
      if (samples.number(2) == 0) {
        labels.put(name, VALUES.get(samples.number(3)));
      }
    }
    return labels;
  }

  private static List<Event> found(StoreHarness harness, EventQuery query) {
    Page<Event> page = harness.store().log().events(query);
    List<Event> found = new ArrayList<>(page.data());
    while (page.next() != null) {
      page = harness.store().log().events(query.after(page.next()));
      found.addAll(page.data());
    }
    return found;
  }
}
