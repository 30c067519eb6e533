package dev.hookferry.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Embedded;
import dev.hookferry.Endpoints;
import dev.hookferry.audit.Actor;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Problems of endpoints are followed up, and published to subscribers. */
class EndpointIncidentsTest {
  private static final String URL = "https://a.example/hook?token=secret";
  private static final String WATCH = "https://watch.example/";

  private final Embedded embedded = new Embedded();
  private final ScriptedTransport transport = embedded.transport;
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void aGoneEndpointIsDisabledAndHeldUntilResumed() {
    EndpointId gone = endpoint(URL, "license_*");
    EndpointId watch = endpoint(WATCH, "endpoint_disabled");
    transport.responding(URL, 410);

    publish(1);
    until(() -> !get(gone).enabled());

    assertThat(get(gone).status().reason()).isEqualTo("the receiver responded with 410 Gone");
    assertThat(get(gone).status().since()).isEqualTo(embedded.clock.instant());
    assertThat(embedded.deliveries(DeliveryState.HELD)).hasSize(1);
    assertThat(embedded.webhooks.audit().list(AuditQuery.ALL).data())
        .as("who disabled it, and why")
        .filteredOn(entry -> entry.actor().equals(Actor.HOOKFERRY))
        .filteredOn(entry -> entry.target().equals(gone.toString()))
        .singleElement()
        .asString()
        .contains("disabledReason", "410 Gone");
    until(() -> !transport.requestsTo(WATCH).isEmpty());
    assertThat(body(transport.requestsTo(WATCH).get(0)))
        .startsWith("{\"EventType\":\"endpoint_disabled\",\"EventTime\":\"")
        .contains(
            "\"Data\":{\"type\":\"endpoint_disabled\",\"site\":\"default\",\"endpoint\":\"" + gone)
        .contains("\"host\":\"a.example\"", "\"reason\":\"the receiver responded with 410 Gone\"")
        .doesNotContain("token");
    assertThat(get(watch).enabled()).isTrue();

    transport.responding(URL, 200);
    Endpoint resumed = endpoints.resume(Embedded.SITE, gone, 5);

    assertThat(resumed.enabled()).isTrue();
    assertThat(resumed.status().reason()).isNull();
    assertThat(resumed.status().perSecond()).isEqualTo(5);
    embedded.clock.advance(Duration.ofMinutes(10));
    embedded.awaitSettled(2);
    assertThat(embedded.deliveries(DeliveryState.DELIVERED)).hasSize(2);
  }

  @Test
  void failingAndRecoveredAreReportedOnceEach() {
    EndpointId bad = endpoint(URL, "license_*");
    endpoint(WATCH, "endpoint_failing", "endpoint_recovered");
    transport.responding(URL, 500);

    publish(10);
    until(() -> transport.requestsTo(WATCH).size() == 1);
    assertThat(body(transport.requestsTo(WATCH).get(0)))
        .contains("endpoint_failing", "10 consecutive attempts failed", "\"failures\":10");
    assertThat(endpoints.health(get(bad)).state()).isEqualTo(EndpointHealth.State.FAILING);
    assertThat(embedded.hookferry.endpointCounts())
        .containsOnly(
            Map.entry(EndpointHealth.State.FAILING, 1), Map.entry(EndpointHealth.State.WORKING, 1));
    assertThat(embedded.hookferry.unhealthyEndpoints()).containsOnlyKeys(bad);

    transport.responding(URL, 200);
    embedded.clock.advance(Duration.ofMinutes(10));
    until(() -> transport.requestsTo(WATCH).size() == 2);
    assertThat(body(transport.requestsTo(WATCH).get(1))).contains("endpoint_recovered");
    // The recovery is told when the response arrives, failures are counted once it is recorded.
    until(() -> endpoints.health(get(bad)).equals(EndpointHealth.WORKING));

    endpoints.change(Embedded.SITE, bad, EndpointSpec.change().enabled(false));
    assertThat(embedded.hookferry.endpointCounts())
        .containsOnly(
            Map.entry(EndpointHealth.State.PAUSED, 1), Map.entry(EndpointHealth.State.WORKING, 1));
  }

  @Test
  void aCatchAllSubscriptionDoesNotReceiveOperationalEvents() {
    endpoint(URL, "license_*");
    endpoint("https://all.example/", "*");
    endpoint("https://beginning.example/", "endpoint_*");
    transport.responding(URL, 410);

    publish(1);
    until(() -> embedded.deliveries(DeliveryState.HELD).size() == 1);
    endpoint(WATCH, "endpoint_disabled");
    publish(1);
    embedded.awaitSettled(2);

    assertThat(transport.requestsTo("https://all.example/")).hasSize(2);
    assertThat(transport.requestsTo("https://beginning.example/")).isEmpty();
    assertThat(transport.requestsTo(WATCH)).isEmpty();
  }

  @Test
  void failingOperationalEventsCauseNoFurtherEvents() {
    endpoint(URL, "license_*");
    endpoint(WATCH, "endpoint_failing", "endpoint_disabled");
    endpoint("https://other.example/", "endpoint_failing", "endpoint_disabled");
    transport.responding(URL, 410).responding(WATCH, 410).responding("https://other.example/", 410);

    publish(1);
    until(() -> endpoints(false) == 3);
    embedded.clock.advance(Duration.ofHours(1));
    publish(1);
    until(() -> embedded.listener.accepted().size() == 3);

    assertThat(embedded.listener.accepted())
        .filteredOn(event -> event.type().name().startsWith("endpoint_"))
        .hasSize(1);
    assertThat(transport.requestsTo(WATCH)).hasSize(1);
  }

  @Test
  void anEndpointReceivesNoOperationalEventsAboutItself() {
    EndpointId both = endpoint(URL, "license_*", "endpoint_disabled");
    transport.responding(URL, 410);

    publish(1);
    until(() -> !get(both).enabled());
    publish(1);

    assertThat(embedded.listener.accepted())
        .extracting(e -> e.type().name())
        .containsOnly("license_created");
  }

  @Test
  void eventsAboutASubscriberGoToTheOthersOnly() {
    endpoint(URL, "license_*", "endpoint_failing", "endpoint_recovered");
    endpoint(WATCH, "endpoint_failing", "endpoint_recovered");
    transport.responding(URL, 500);
    publish(10);
    until(() -> transport.requestsTo(WATCH).size() == 1);

    transport.responding(URL, 200);
    embedded.clock.advance(Duration.ofMinutes(10));
    until(() -> transport.requestsTo(WATCH).size() == 2);
    embedded.awaitSettled(12);

    assertThat(transport.requestsTo(URL))
        .noneMatch(request -> body(request).contains("\"EventType\":\"endpoint_"));
  }

  @Test
  void operationalEventTypesCannotBePublishedOrDeclared() {
    var publish = embedded.webhooks.publish(Embedded.SITE, NewEvent.of("endpoint_failing", "{}"));
    assertThatThrownBy(publish::join).hasCauseInstanceOf(InvalidException.class);
    assertThatThrownBy(
            () ->
                embedded
                    .webhooks
                    .settings()
                    .update(Embedded.SITE, s -> s.eventTypes("endpoint_failing")))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("reserved");
  }

  @Test
  void manualPauseHasNoReasonAndTheReleaseRateIsBounded() {
    EndpointId id = endpoint(URL, "*");

    Endpoint paused =
        endpoints.change(Embedded.SITE, id, EndpointSpec.change().enabled(false)).endpoint();

    assertThat(paused.status().reason()).isNull();
    assertThat(paused.status().since()).isEqualTo(embedded.clock.instant());
    assertThat(endpoints.change(Embedded.SITE, id, EndpointSpec.change().enabled(false)).endpoint())
        .isEqualTo(paused);
    for (int wrong : new int[] {0, -1, 10_001}) {
      assertThatThrownBy(() -> endpoints.resume(Embedded.SITE, id, wrong))
          .isInstanceOf(InvalidException.class);
    }
    assertThat(get(id).enabled()).isFalse();
  }

  private long endpoints(boolean enabled) {
    return embedded.store.config().load().endpoints().values().stream()
        .filter(endpoint -> endpoint.enabled() == enabled)
        .count();
  }

  private EndpointId endpoint(String url, String... types) {
    return endpoints.create(Embedded.SITE, EndpointSpec.to(url).types(types)).endpoint().id();
  }

  private Endpoint get(EndpointId id) {
    return endpoints.get(Embedded.SITE, id);
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      embedded
          .webhooks
          .publish(Embedded.SITE, NewEvent.of("license_created", "{\"n\":" + i + "}"))
          .join();
    }
  }

  private static String body(SignedRequest request) {
    return request.body().text();
  }

  private static void until(BooleanSupplier condition) {
    Poll.until(condition);
  }
}
