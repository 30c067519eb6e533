package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.testing.SimulatedHookferry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events are indexed by the search fields of their site, from publish to search. */
class SearchFieldsPublishTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";
  private static final EventQuery ABC = EventQuery.ofSite(SITE).field("ActivationKey", "ABC-123");

  private final SimulatedHookferry hooks = SimulatedHookferry.start();

  @AfterEach
  void stop() {
    hooks.close();
  }

  private void searchBy(String... names) {
    var unused = hooks.webhooks().settings().update(SITE, s -> s.searchFields(names));
  }

  private void publish(String json) {
    var unused = hooks.publish(NewEvent.of("license_created", json));
  }

  private Endpoint endpoint(String url) {
    return hooks.webhooks().endpoints().create(SITE, EndpointSpec.to(url).types("*")).endpoint();
  }

  private List<Event> found(EventQuery query) {
    return hooks.webhooks().events().list(query).data();
  }

  @Test
  void findsByTheValueWhateverTheEnvelope() {
    searchBy("ActivationKey", "customer.id");
    publish("{\"ActivationKey\":\"ABC-123\",\"customer\":{\"id\":7}}");
    publish("{\"ActivationKey\":\"ABC-1234\"}");
    var unused =
        hooks
            .webhooks()
            .settings()
            .update(SITE, s -> s.envelope(Envelope.DEFAULT.as(Envelope.Style.RAW)));
    publish("{\"ActivationKey\":\"ABC-123\"}");

    assertThat(found(ABC)).hasSize(2);
    assertThat(found(ABC.field("customer.id", "7")))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.options().searchFields())
                    .isEqualTo(Map.of("ActivationKey", "ABC-123", "customer.id", "7")));
  }

  @Test
  void refusesAnUnindexedField() {
    assertThatThrownBy(() -> found(ABC))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("field: must be one of the site's searchFields, but there are none");
    searchBy("ActivationKeys");
    assertThatThrownBy(() -> found(ABC))
        .hasMessageContaining("which are ActivationKeys (got ActivationKey); did you mean");
  }

  @Test
  void reportsWhichEventsItCannotFind() {
    publish("{\"ActivationKey\":\"ABC-123\"}");
    hooks.advance(Duration.ofMinutes(1));
    Instant since = hooks.now();
    searchBy("ActivationKey");
    Events events = hooks.webhooks().events();
    hooks.advance(Duration.ofSeconds(1));
    assertThat(events.notIndexedBefore(ABC)).hasValue(hooks.now());
    hooks.advance(Duration.ofMinutes(1));
    publish("{\"ActivationKey\":\"ABC-123\"}");

    assertThat(found(ABC)).hasSize(1);
    Instant missed = events.notIndexedBefore(ABC).orElseThrow();
    assertThat(missed).isBetween(since, since.plusSeconds(30));
    assertThat(events.notIndexedBefore(ABC.accepted(TimeWindow.ALL.since(missed)))).isEmpty();
    assertThat(events.notIndexedBefore(EventQuery.ofSite(SITE))).isEmpty();

    searchBy("CustomerID", "ActivationKey");
    assertThat(events.notIndexedBefore(ABC)).hasValue(missed);
    assertThat(events.notIndexedBefore(ABC.field("CustomerID", "1")).orElseThrow()).isAfter(missed);
  }

  @Test
  void findsDeliveriesOfTheEvents() {
    Endpoint endpoint = endpoint(URL);
    publish("{\"ActivationKey\":\"ABC-123\"}");
    hooks.advance(Duration.ofMinutes(1));
    DeliveryQuery query = DeliveryQuery.ofSite(SITE).field("ActivationKey", "ABC-123");
    Deliveries deliveries = hooks.webhooks().deliveries();
    assertThatThrownBy(() -> deliveries.list(query))
        .hasMessageContaining("field: must be one of the site's searchFields, but there are none");
    searchBy("ActivationKey");
    hooks.advance(Duration.ofMinutes(1));
    publish("{\"ActivationKey\":\"ABC-123\"}");
    publish("{\"ActivationKey\":\"XYZ\"}");

    assertThat(deliveries.list(query).data())
        .singleElement()
        .satisfies(one -> assertThat(one.endpoint()).isEqualTo(endpoint.id()));
    Instant missed = deliveries.notIndexedBefore(query).orElseThrow();
    assertThat(deliveries.notIndexedBefore(query.created(TimeWindow.ALL.since(missed)))).isEmpty();
    assertThat(deliveries.notIndexedBefore(DeliveryQuery.ofSite(SITE))).isEmpty();
    // Nothing older went to an endpoint that is new.
    Endpoint fresh = endpoint(URL + "2");
    assertThat(deliveries.notIndexedBefore(query.endpoint(fresh.id()))).isEmpty();
  }

  @Test
  void aReplayMatchesFieldValuesEvenIfTheFieldIsRemovedMeanwhile() {
    Endpoint endpoint = endpoint(URL);
    searchBy("ActivationKey");
    publish("{\"ActivationKey\":\"ABC-123\"}");
    publish("{\"ActivationKey\":\"XYZ\"}");
    hooks.advance(Duration.ofMinutes(1));
    ReplayWindow window =
        ReplayWindow.since(Instant.EPOCH)
            .statuses(ReplayWindow.ENDED)
            .fields(Map.of("ActivationKey", "ABC-123"));
    Replays replays = hooks.webhooks().replays();
    assertThat(replays.preview(SITE, window).count()).isEqualTo(1);
    ReplayJob job = replays.start(SITE, window, 10);
    searchBy();
    hooks.advance(Duration.ofMinutes(1));

    assertThat(replays.get(SITE, job.id()).progress().sent()).isEqualTo(1);
    assertThat(
            hooks
                .webhooks()
                .deliveries()
                .attempts(AttemptQuery.ofSite(SITE).endpoint(endpoint.id()))
                .data())
        .hasSize(3);
    assertThatThrownBy(() -> replays.start(SITE, window, 10))
        .hasMessageContaining("but there are none");
  }

  @Test
  void aSiteWithoutFieldsIndexesNothing() {
    publish("{\"ActivationKey\":\"ABC-123\"}");
    assertThat(found(EventQuery.ofSite(SITE)).get(0).options().isNone()).isTrue();
  }

  @Test
  void aRepeatKeepsWhatTheEventHas() {
    NewEvent event = NewEvent.of("license_created", "{\"ActivationKey\":\"ABC-123\"}").id("e-1");
    var first = hooks.publish(event);
    searchBy("ActivationKey");
    assertThat(hooks.publish(event)).isEqualTo(first);
    assertThat(found(ABC)).isEmpty();
  }
}
