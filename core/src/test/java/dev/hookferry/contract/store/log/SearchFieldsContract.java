package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Events are found by values of their data. */
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

  @Test
  default void tellsFieldsApartByTheirWholeText(StoreHarness harness) {
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
    EventQuery noLabel = EventQuery.ofSite(Samples.SITE).labels(Map.of("region", "eu"));
    assertThat(harness.store().log().events(noLabel).data()).isEmpty();
    EventQuery noField = EventQuery.ofSite(Samples.SITE).field("region", "label");
    assertThat(harness.store().log().events(noField).data()).isEmpty();
  }

  @Test
  default void forgetsTheFieldsOfEventsThatItForgets(StoreHarness harness) {
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
    Page<Event> page = harness.store().log().events(query);
    List<Event> found = new ArrayList<>(page.data());
    while (page.next() != null) {
      page = harness.store().log().events(query.after(page.next()));
      found.addAll(page.data());
    }
    return found;
  }
}
