package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events and their deliveries are found by values of the data. */
@Promise(by = EventQuery.class, value = "events that have this value in a field of their data")
public interface SearchFieldsContract extends StoreFixture {
  @Test
  default void findsEventsByTheirFields(StoreHarness harness) {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      SiteId site = i % 5 == 0 ? Samples.OTHER_SITE : Samples.SITE;
      Event event = harness.samples.event(site, harness.samples.oneOf(EventCatalog.QLM_EVENTS));
      event = i % 4 == 0 ? event : event.with(indexed(fields(harness.samples)));
      harness.publish(event);
      all.add(0, event);
    }
    for (int i = 0; i < 60; i++) {
      EventQuery query = EventQuery.ofSite(Samples.SITE).fields(fields(harness.samples));
      Event some = harness.samples.oneOf(all);
      query = i % 3 == 0 ? query.type(some.type()) : query;
      query = i % 4 == 0 ? query.accepted(TimeWindow.ALL.until(some.acceptedAt())) : query;

      assertThat(found(harness, query.limit(3)))
          .as(query.toString())
          .isEqualTo(all.stream().filter(query::matches).toList());
    }
  }

  @Promise(
      by = DeliveryQuery.class,
      value = "deliveries of events that have this value in a field of their data")
  @Test
  default void findsDeliveriesByTheFieldsOfTheirEvents(StoreHarness harness) {
    Samples samples = harness.samples;
    List<EndpointId> endpoints = List.of(samples.endpoint(), samples.endpoint());
    Map<Delivery, Event> all = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      SiteId site = i % 5 == 0 ? Samples.OTHER_SITE : Samples.SITE;
      Event event =
          samples
              .event(site, samples.oneOf(EventCatalog.QLM_EVENTS))
              .with(indexed(fields(samples)));
      Delivery delivery = samples.delivery(event, endpoints.get(i % 2));
      harness.publish(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));
      if (i % 3 != 0) {
        boolean isDelivered = i % 3 == 1;
        Outcome outcome = isDelivered ? samples.success() : samples.failure();
        Attempt attempt = samples.attempt(delivery, outcome);
        Instant now = delivery.dueAt();
        delivery = isDelivered ? delivery.delivered(now) : delivery.exhausted(now);
        harness.record(new AttemptResult(delivery, attempt));
      }
      all.put(delivery, event);
    }
    for (int i = 0; i < 80; i++) {
      DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE).fields(fields(samples));
      Event some = samples.oneOf(List.copyOf(all.values()));
      query = i % 2 == 0 ? query.endpoint(samples.oneOf(endpoints)) : query;
      query = i % 3 == 0 ? query.type(some.type()) : query;
      query = i % 4 == 0 ? query.created(TimeWindow.ALL.until(some.acceptedAt())) : query;
      query = i % 5 == 0 ? query.states(Set.of(DeliveryState.DELIVERED)) : query;
      query = i % 7 == 0 ? query.event(some.id()) : query;

      assertThat(found(harness, query.limit(3)))
          .as(query.toString())
          .isEqualTo(expected(all, query));
    }
  }

  /** More events than a store may look at one by one. */
  @Test
  default void findsDeliveriesOfVeryManyEvents(StoreHarness harness) {
    Samples samples = harness.samples;
    EndpointId busy = samples.endpoint();
    EndpointId calm = samples.endpoint();
    List<Delivery> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      List<PublishEntry> entries = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        String product = i < 6 ? "Pro" : "Basic";
        Event event = samples.event().with(indexed(Map.of("Product", product)));
        Delivery delivery = samples.delivery(event, j == 50 ? calm : busy);
        entries.add(StoreHarness.free(event, delivery));
        all.add(0, delivery);
      }
      var unused = harness.commit(Batch.of(entries.toArray(PublishEntry[]::new)));
    }
    List<Delivery> pro = all.subList(100, 700);
    DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE).field("Product", "Pro");
    assertThat(found(harness, query.limit(PageRequest.MAX_LIMIT))).isEqualTo(pro);
    assertThat(found(harness, query.endpoint(calm).limit(4)))
        .isEqualTo(pro.stream().filter(one -> one.endpoint().equals(calm)).toList());
    assertThat(found(harness, query.endpoint(samples.endpoint()))).isEmpty();
    assertThat(found(harness, query.field("Region", "eu"))).isEmpty();
  }

  private static List<Delivery> expected(Map<Delivery, Event> all, DeliveryQuery query) {
    return all.entrySet().stream()
        .filter(entry -> query.matches(entry.getKey()) && query.matchesFields(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing((Delivery delivery) -> delivery.id().toString()).reversed())
        .toList();
  }

  @Test
  default void distinguishesFieldsByTheirWholeText(StoreHarness harness) {
    List<String> values = new ArrayList<>(EventOptionsContract.VALUES);
    values.addAll(List.of("a\nb", "\nregion:eu\n", "\u0000", "x".repeat(128), "x".repeat(127)));
    for (String value : values) {
      harness.publish(harness.samples.event().with(indexed(Map.of("Region", value))));
      harness.publish(
          harness
              .samples
              .event()
              .with(indexed(Map.of("region", value)).withLabels(Map.of("region", "label"))));
    }
    for (String value : values) {
      EventQuery query = EventQuery.ofSite(Samples.SITE).field("Region", value);
      assertThat(harness.store().log().events(query).data())
          .as(value)
          .singleElement()
          .extracting(event -> event.options().searchFields())
          .isEqualTo(Map.of("Region", value));
    }
    Event both = harness.samples.event().with(indexed(Map.of("Id", "A-1", "id", "B-2")));
    harness.publish(both);
    assertThat(found(harness, EventQuery.ofSite(Samples.SITE).field("id", "B-2")))
        .containsExactly(both);
    assertThat(found(harness, EventQuery.ofSite(Samples.SITE).field("Id", "A-1")))
        .containsExactly(both);
    assertThat(found(harness, EventQuery.ofSite(Samples.SITE).field("Id", "B-2"))).isEmpty();
    EventQuery noLabel = EventQuery.ofSite(Samples.SITE).labels(Map.of("region", "eu"));
    assertThat(harness.store().log().events(noLabel).data()).isEmpty();
    EventQuery noField = EventQuery.ofSite(Samples.SITE).field("region", "label");
    assertThat(harness.store().log().events(noField).data()).isEmpty();
  }

  /** The portal says so where a search finds nothing. */
  @Test
  default void distinguishesUpperAndLowerCase(StoreHarness harness) {
    Event event = harness.samples.event().with(indexed(Map.of("Order", "ORD-Zoë-1129")));
    harness.publish(event);
    EventQuery all = EventQuery.ofSite(Samples.SITE);
    assertThat(found(harness, all.field("Order", "ORD-Zoë-1129"))).containsExactly(event);
    for (String other : List.of("ord-zoë-1129", "ORD-ZOË-1129", "ORD-Zoe-1129", "ORD-Zoë-1129 ")) {
      assertThat(found(harness, all.field("Order", other))).as(other).isEmpty();
      assertThat(found(harness, DeliveryQuery.ofSite(Samples.SITE).field("Order", other)))
          .isEmpty();
    }
  }

  @Test
  default void purgesTheFieldsOfEventsThatItPurges(StoreHarness harness) {
    Event old = harness.samples.event().with(indexed(Map.of("Key", "same")));
    harness.publish(old);
    harness.samples.pass(PurgeContract.AGES);
    Event later = harness.samples.event().with(indexed(Map.of("Key", "same")));
    harness.publish(later);
    EventQuery query = EventQuery.ofSite(Samples.SITE).field("Key", "same");
    assertThat(found(harness, query)).containsExactly(later, old);

    var unused = harness.store().log().purge(later.acceptedAt());
    assertThat(found(harness, query))
        .contains(later)
        .isEqualTo(found(harness, EventQuery.ofSite(Samples.SITE)));

    unused = harness.store().log().purge(StoreHarness.FAR_AHEAD);
    assertThat(found(harness, query)).isEmpty();
  }

  private static EventOptions indexed(Map<String, String> fields) {
    return EventOptions.NONE.withSearchFields(fields);
  }

  private static Map<String, String> fields(Samples samples) {
    Map<String, String> fields = new TreeMap<>();
    for (String name : List.of("Region", "Tier", "customer.id-1")) {
      if (samples.number(2) == 0) {
        fields.put(name, EventOptionsContract.VALUES.get(samples.number(3)));
      }
    }
    return fields;
  }

  private static List<Event> found(StoreHarness harness, EventQuery query) {
    return found(next -> harness.store().log().events(query.after(next)));
  }

  private static List<Delivery> found(StoreHarness harness, DeliveryQuery query) {
    return found(next -> harness.store().log().deliveries(query.after(next)));
  }

  private static <T> List<T> found(Function<@Nullable String, Page<T>> list) {
    Page<T> page = list.apply(null);
    List<T> found = new ArrayList<>(page.data());
    while (page.next() != null) {
      page = list.apply(page.next());
      found.addAll(page.data());
    }
    return found;
  }
}
