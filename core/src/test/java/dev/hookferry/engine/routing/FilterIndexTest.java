package dev.hookferry.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.Payload;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterIndexTest {
  private static final EventType CREATED = new EventType("license_created");
  private static final Instant TIME = Instant.EPOCH;

  private final ConfigSamples samples = new ConfigSamples(new Samples(1));
  private final Site site = new Site(SiteId.DEFAULT, SiteSettings.DEFAULT, TIME);
  private final Endpoint plain = samples.plainEndpoint(site.id());
  private final FilterIndex index = new FilterIndex();

  @Test
  void findsNothingWhereNoEndpointOfTheTypeHasAFilter() {
    Config none = config(plain);
    Config other = config(plain, filtered("{\"a\":1}", "customer_*"));

    assertThat(index.of(none, event("{}"))).isNull();
    assertThat(index.of(other, event("{}"))).isNull();
    assertThat(index.of(Config.EMPTY, event("{}"))).isNull();
  }

  @Test
  void keepsTheFiltersOfATypeUntilOneChanges() {
    Endpoint filtered = filtered("{\"a\":1}", "license_*");
    Config config = config(plain, filtered);
    FilterSet first = index.of(config, event("{}"));
    Config plainChanged = with(config, plain.with(settings -> settings.description("other")));
    Config changed = with(config, filtered.with(s -> s.filter(Filter.parse("{\"a\":2}"))));
    Config cleared = with(config, filtered.with(s -> s.filter(null)));
    Config removed = config.after(List.of(new ConfigChange.RemoveEndpoint(filtered.id())));

    assertThat(first).isNotNull();
    assertThat(index.of(plainChanged, event("{}"))).isSameAs(first);
    assertThat(index.of(changed, event("{}"))).isNotNull().isNotSameAs(first);
    assertThat(index.of(cleared, event("{}"))).isNull();
    assertThat(index.of(removed, event("{}"))).isNull();
  }

  @Test
  void anAddressedEventIsAboutTheFiltersOfItsAddressees() {
    Endpoint one = filtered("{\"a\":1}", "customer_*");
    Endpoint other = filtered("{\"b\":1}", "license_*");
    Config config = config(plain, one, other);
    FilterSet toOne = index.of(config, to(one));

    assertThat(toOne).isNotNull();
    FilterVerdict verdict = toOne.evaluate(Payload.of("{\"a\":1}"));
    assertThat(verdict.of(Filter.parse("{\"a\":1}"))).isEqualTo(true);
    assertThat(verdict.of(Filter.parse("{\"b\":1}"))).isNull();
    assertThat(index.of(config, to(plain))).isNull();
  }

  private Event to(Endpoint endpoint) {
    EventOptions none = EventOptions.NONE;
    return event("{}")
        .with(
            new EventOptions(
                none.labels(),
                List.of(endpoint.id()),
                none.deliverAt(),
                none.orderingKey(),
                none.routing(),
                none.subject(),
                false));
  }

  @Test
  void aPausedConfigurationKeepsItsFilters() {
    Config config = config(plain, filtered("{\"a\":1}", "license_*"));
    Config paused = config.paused(Config.EMPTY, Config.EMPTY);

    assertThat(paused.filteredEndpointsOf(site.id())).hasSize(1);
  }

  @Test
  void evaluatesAFilterThatTheVerdictDoesNotKnow() {
    Endpoint filtered = filtered("{\"a\":1}", "license_*");
    Filter other = Filter.parse("{\"b\":1}");
    Event event = event("{\"a\":1}");
    var verdict = FilterSet.of(List.of(other)).evaluate(Payload.of("{\"b\":1}"));
    Endpoint withOther = filtered.with(s -> s.filter(other));

    assertThat(FilterIndex.matches(event, plain, null)).isTrue();
    assertThat(FilterIndex.matches(event, filtered, null)).isTrue();
    assertThat(FilterIndex.matches(event("{\"a\":2}"), filtered, verdict)).isFalse();
    // The verdict counts, although the event would not match now.
    assertThat(FilterIndex.matches(event, withOther, verdict)).isTrue();
    assertThat(FilterIndex.matches(event, withOther, null)).isFalse();
  }

  @Test
  void dataThatCannotBeFoundMatchesNothing() {
    Event broken =
        new Event(new EventId("e"), site.id(), CREATED, TIME, TIME, Payload.of("{"), null);

    assertThat(FilterIndex.matches(broken, filtered("{\"a\":1}", "*"), null)).isFalse();
  }

  private Event event(String data) {
    Payload payload = Envelope.DEFAULT.wrap(CREATED, TIME, Payload.of(data));
    return new Event(new EventId("e"), site.id(), CREATED, TIME, TIME, payload, null);
  }

  private Endpoint filtered(String filter, String type) {
    return samples
        .plainEndpoint(site.id())
        .with(
            settings ->
                settings
                    .eventTypes(List.of(new EventTypeFilter(type)))
                    .filter(Filter.parse(filter)));
  }

  private Config config(Endpoint... endpoints) {
    Config config = Config.EMPTY.after(List.of(new ConfigChange.PutSite(site)));
    for (Endpoint endpoint : endpoints) {
      config = with(config, endpoint);
    }
    return config;
  }

  private static Config with(Config config, Endpoint endpoint) {
    return config.after(List.of(new ConfigChange.PutEndpoint(endpoint)));
  }
}
