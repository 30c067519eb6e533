package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Envelope.Style;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Listener;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.routing.EndpointRouting;
import dev.hookferry.routing.FilterTrial;
import dev.hookferry.routing.RoutingOutcome;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An endpoint with a filter gets the events that meet it, and people learn why it got no others.
 */
class EndpointFilterTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final List<EventTypeFilter> ANY_TYPE = List.of(new EventTypeFilter("*"));
  private static final String PRO = "{\"ProductName\":\"Pro\",\"Seats\":{\"$gte\":10}}";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void deliversOnlyWhatMeetsTheFilter() {
    EndpointId pro = add("pro", PRO);
    EndpointId every = add("every", "{}");

    Receipt both = publish("{\"ProductName\":\"Pro\",\"Seats\":10}");
    Receipt one = publish("{\"ProductName\":\"Pro\",\"Seats\":9}");

    assertThat(both.deliveries()).isEqualTo(2);
    assertThat(one.deliveries()).isEqualTo(1);
    embedded.awaitSettled(3);
    assertThat(embedded.deliveries(DeliveryState.DELIVERED))
        .extracting(Delivery::endpoint)
        .containsExactlyInAnyOrder(pro, every, every);
  }

  @Test
  void eachEventOfABatchIsJudged() {
    add("pro", PRO);
    List<Receipt> receipts =
        embedded
            .webhooks
            .publishAll(
                SITE,
                List.of(
                    NewEvent.of("customer_created", "{}"),
                    NewEvent.of("license_created", "{\"ProductName\":\"Pro\",\"Seats\":1e1}"),
                    NewEvent.of("license_created", "[]")))
            .join();

    assertThat(receipts).extracting(Receipt::deliveries).containsExactly(0, 1, 0);
  }

  @Test
  void aChangeHoldsFromTheNextEventOn() {
    EndpointId id = add("pro", PRO);
    endpoints.change(SITE, id, EndpointSpec.change().description("still filtered"));
    assertThat(publish("{}").deliveries()).isZero();

    endpoints.change(SITE, id, EndpointSpec.change().filter("{\"a\":{\"$exists\":false}}"));
    assertThat(publish("{}").deliveries()).isEqualTo(1);
    assertThat(publish("{\"a\":1}").deliveries()).isZero();

    endpoints.change(SITE, id, EndpointSpec.change().without(EndpointFields.FILTER));
    assertThat(endpoints.get(SITE, id).filter()).isNull();
    assertThat(publish("{\"a\":1}").deliveries()).isEqualTo(1);
  }

  @Test
  void emptyFilterCountsAsNoFilter() {
    assertThat(endpoints.get(SITE, add("every", " { } ")).filter()).isNull();
  }

  @Test
  void aBadFilterChangesNothing() {
    EndpointId id = add("pro", PRO);

    assertThatThrownBy(() -> EndpointSpec.change().filter("{\"a\":{\"$gte\":true}}"))
        .isInstanceOf(InvalidException.class)
        .hasMessage("filter.a.$gte: must be a number or a string");
    assertThat(endpoints.get(SITE, id).filter()).isEqualTo(Filter.parse(PRO));
  }

  @Test
  void aResendIgnoresFilters() {
    EndpointId id = add("pro", PRO);
    EventId event = publish("{}").id();

    assertThat(embedded.webhooks.events().resend(SITE, event, List.of(id)).join())
        .extracting(Delivery::endpoint)
        .containsExactly(id);
    assertThat(routing(event)).containsExactly(Map.entry(id, RoutingOutcome.DELIVERED));
  }

  @Test
  void explainsEveryEndpoint() {
    EndpointId pro = add("pro", PRO);
    EndpointId customers =
        create(EndpointSpec.to("https://c.example/").types("customer_*").filter("{\"a\":1}"));
    EndpointId paused = add("paused", "{}");
    endpoints.change(SITE, paused, EndpointSpec.change().enabled(false));
    EndpointId every = add("every", "{}");
    EventId event = publish("{\"ProductName\":\"Basic\"}").id();
    EndpointId later = add("later", "{}");
    embedded.awaitSettled(1);

    assertThat(routing(event))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                pro, RoutingOutcome.FILTER,
                customers, RoutingOutcome.NOT_SUBSCRIBED,
                paused, RoutingOutcome.PAUSED,
                every, RoutingOutcome.DELIVERED,
                later, RoutingOutcome.CHANGED_SINCE));
    EndpointRouting why =
        page(event).stream()
            .filter(each -> each.endpoint().id().equals(pro))
            .findFirst()
            .orElseThrow();
    assertThat(why.sentence())
        .isEqualTo(
            "Its filter does not match: ProductName must be \"Pro\", but is" + " \"Basic\".");
    assertThat(why.delivery()).isNull();
  }

  @Test
  void whileWebhooksAreOffEverybodyIsPaused() {
    EndpointId every = add("every", "{}");
    EndpointId pro = add("pro", PRO);
    embedded.webhooks.settings().update(SITE, settings -> settings.webHooksEnabled(false));
    EventId event = publish("{}").id();

    assertThat(routing(event))
        .containsOnly(
            Map.entry(every, RoutingOutcome.PAUSED), Map.entry(pro, RoutingOutcome.FILTER));
    assertThat(page(event)).as("nothing is held").allMatch(each -> each.delivery() == null);
    embedded.webhooks.settings().update(SITE, settings -> settings.webHooksEnabled(true));
    assertThat(routing(event)).contains(Map.entry(every, RoutingOutcome.CHANGED_SINCE));
  }

  @Test
  void aTestEventBelongsToOneEndpoint() {
    EndpointId one = add("one", PRO);
    EndpointId other = add("other", "{}");
    EventId event = endpoints.test(SITE, one).join().event();

    assertThat(routing(event))
        .containsOnly(
            Map.entry(one, RoutingOutcome.DELIVERED),
            Map.entry(other, RoutingOutcome.NOT_SUBSCRIBED));
  }

  @Test
  void triesAFilterOnPastEventsAndOnData() {
    add("every", "{}");
    IntStream.range(0, 70).forEach(i -> publish("{\"n\":" + i + "}"));
    publish("customer_created", "{\"n\":1000}");
    Filters filters = embedded.webhooks.filters();
    List<EventTypeFilter> types = List.of(new EventTypeFilter("license_*"));
    Filter atLeast60 = Filter.parse("{\"n\":{\"$gte\":60}}");

    FilterTrial last = filters.onLast(SITE, atLeast60, types, 65);
    assertThat(last.matched()).isEqualTo(10);
    assertThat(last.notMatched()).isEqualTo(55);
    assertThat(last.matching()).hasSize(10).allMatch(sample -> sample.mismatch() == null);
    assertThat(last.failing()).hasSize(10);
    assertThat(last.failing().get(0).mismatch()).hasToString("n must be at least 60, but is 59");

    EventId newest = last.matching().get(0).event();
    assertThat(newest).isNotNull();
    assertThat(filters.onEvent(SITE, atLeast60, newest).matched()).isEqualTo(1);
    assertThat(filters.onData(atLeast60, Payload.of("{\"n\":5}")).notMatched()).isEqualTo(1);
    assertThatThrownBy(() -> filters.onData(atLeast60, Payload.of("{")))
        .hasMessageStartingWith("data: must be valid JSON");
    assertThatThrownBy(() -> filters.onLast(SITE, atLeast60, types, 1_001))
        .hasMessage("last: must be a whole number from 1 to 1000 (got 1001)");
    assertThat(filters.onLast(SITE, atLeast60, types, 1_000).notMatched()).isEqualTo(60);
    assertThat(filters.paths(SITE, types, 10)).containsExactly(Map.entry("n", "69"));
    assertThat(filters.paths(SITE, List.of(new EventTypeFilter("own")), 10)).isEmpty();
  }

  @Test
  void aTrialReadsALimitedNumberOfBytes() {
    String large = "{\"n\":\"" + "x".repeat((1 << 20) - 20) + "\"}";
    IntStream.range(0, 40).forEach(i -> publish(large));

    FilterTrial last =
        embedded.webhooks.filters().onLast(SITE, Filter.parse("{\"n\":1}"), ANY_TYPE, 1_000);

    assertThat(last.notMatched()).isBetween(31, 33);
  }

  @Test
  void aSiteTriesOneFilterAtATime() {
    Filter filter = Filter.parse("{\"n\":1}");
    List<Throwable> second = new ArrayList<>();
    List<Filters> filters = new ArrayList<>();
    Faulty faulty =
        new Faulty(
            "events",
            () -> {
              second.add(catchThrowable(() -> filters.get(0).onLast(SITE, filter, ANY_TYPE, 10)));
              return new StoreException("lost");
            });
    embedded.hookferry.close();
    try (Hookferry other =
        Hookferry.builder(faulty.around(Store.class, embedded.store), embedded.transport)
            .secrets(Secrets.inTheClear())
            .clock(embedded.clock)
            .build()
            .start()) {
      filters.add(other.webhooks().filters());
      faulty.fail(1);

      assertThatThrownBy(() -> filters.get(0).onLast(SITE, filter, ANY_TYPE, 10))
          .isInstanceOf(StoreException.class);
      assertThat(second)
          .singleElement()
          .isInstanceOf(OverloadedException.class)
          .asInstanceOf(THROWABLE)
          .hasMessageContaining("another filter of this site is being tried");
      assertThat(filters.get(0).onLast(SITE, filter, ANY_TYPE, 10).notMatched()).isZero();
    }
  }

  @Test
  void explainsAndTriesWhatWasPublishedWhateverTheEnvelopeIsNow() {
    EndpointId pro = add("pro", PRO);
    List<Envelope> envelopes =
        List.of(
            new Envelope(Style.QLM, "Kind", "Own", "CustomerInfo"),
            new Envelope(Style.STANDARD, "EventType", "LicenseInfo", "CustomerInfo"),
            new Envelope(Style.RAW, "EventType", "LicenseInfo", "CustomerInfo"));
    List<EventId> basic = new ArrayList<>();
    for (Envelope envelope : envelopes) {
      embedded.webhooks.settings().update(SITE, settings -> settings.envelope(envelope));
      basic.add(publish("{\"ProductName\":\"Basic\"}").id());
    }
    // Raw data in an envelope of the producer.
    String own =
        "{\"type\":\"license_created\",\"timestamp\":\"2026-01-01T00:00:00Z\","
            + "\"data\":{\"ProductName\":\"Pro\",\"Seats\":10}}";
    NewEvent wrapped =
        NewEvent.of("license_created", own).occurredAt(Instant.parse("2026-01-01T00:00:00Z"));
    EventId last = embedded.webhooks.publish(SITE, wrapped).join().id();

    Filter filter = Filter.parse("{\"ProductName\":\"Basic\"}");
    for (Envelope envelope : envelopes) {
      embedded.webhooks.settings().update(SITE, settings -> settings.envelope(envelope));
      assertThat(basic)
          .isNotEmpty()
          .allSatisfy(id -> assertThat(page(id).get(0).sentence()).endsWith("but is \"Basic\"."));
      assertThat(page(last).get(0).sentence()).endsWith("but is missing.");
      assertThat(routing(last)).containsOnly(Map.entry(pro, RoutingOutcome.FILTER));
      assertThat(embedded.webhooks.filters().onLast(SITE, filter, ANY_TYPE, 10).matched())
          .isEqualTo(3);
    }
  }

  @Test
  void notifiesListenersHowManyEndpointsWereFiltered() {
    Map<EventId, Integer> told = new HashMap<>();
    Listener counting =
        new Listener() {
          @Override
          public void filtered(Event event, int count) {
            told.put(event.id(), count);
          }
        };
    embedded.hookferry.close();
    try (Hookferry other = embedded.with(counting)) {
      for (String filter : List.of(PRO, "{\"a\":1}", "{\"b\":1}")) {
        Endpoints to = other.webhooks().endpoints();
        to.create(
            SITE,
            EndpointSpec.to("https://x.example/" + to.all(SITE).size()).types("*").filter(filter));
      }
      EventId one =
          other.webhooks().publish(SITE, NewEvent.of("license_created", "{\"b\":1}")).join().id();
      other.close();
      assertThat(told).containsExactly(Map.entry(one, 2));
    }
  }

  @Test
  void unreadableStoredFilterMatchesNothingAndSaysSo() {
    EndpointId id = add("pro", PRO);
    Endpoint present = endpoints.get(SITE, id);
    Filter newer = Filter.stored("{\"a\":{\"$near\":1}}");
    Endpoint changed = present.with(settings -> settings.filter(newer));
    Config config = embedded.store.config().load();
    embedded.store.config().save(List.of(new ConfigChange.PutEndpoint(changed)), config.version());
    embedded.webhooks.refresh().join();
    embedded.close();
    try (Hookferry again = embedded.with(new Listener() {})) {
      Webhooks webhooks = again.webhooks();
      EventId event =
          webhooks.publish(SITE, NewEvent.of("license_created", "{\"a\":1}")).join().id();

      assertThat(webhooks.deliveries().list(DeliveryQuery.ofSite(SITE)).data()).isEmpty();
      EndpointHealth health = webhooks.endpoints().health(webhooks.endpoints().get(SITE, id));
      assertThat(health.state()).isEqualTo(EndpointHealth.State.FAILING);
      assertThat(health.reason())
          .startsWith("its filter cannot be read and matches nothing: filter.a.$near: unknown");
      assertThat(webhooks.events().routing(SITE, event, PageRequest.FIRST).data().get(0).sentence())
          .contains("$near");
    }
  }

  private Map<EndpointId, RoutingOutcome> routing(EventId event) {
    return page(event).stream()
        .collect(Collectors.toMap(each -> each.endpoint().id(), EndpointRouting::outcome));
  }

  private List<EndpointRouting> page(EventId event) {
    return embedded.webhooks.events().routing(SITE, event, PageRequest.FIRST).data();
  }

  private EndpointId add(String name, String filter) {
    return create(
        EndpointSpec.to("https://" + name + ".example/").types("license_*").filter(filter));
  }

  private EndpointId create(EndpointSpec spec) {
    return endpoints.create(SITE, spec).endpoint().id();
  }

  private Receipt publish(String data) {
    return publish("license_created", data);
  }

  private Receipt publish(String type, String data) {
    return embedded.webhooks.publish(SITE, NewEvent.of(type, data)).join();
  }
}
