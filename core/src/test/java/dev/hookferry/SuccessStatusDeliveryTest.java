package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.testing.SimulatedHookferry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each endpoint decides which statuses of its receiver end a delivery. */
class SuccessStatusDeliveryTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";

  private final SimulatedHookferry simulated = SimulatedHookferry.start();
  private final Endpoints endpoints = simulated.webhooks().endpoints();

  @AfterEach
  void close() {
    simulated.close();
  }

  @Test
  void retriesA304Otherwise() {
    EndpointId id = create(EndpointSpec.to(URL));
    simulated.receiver(URL).responds(304, 304, 200);
    publish();
    assertThat(delivery().attempts()).isEqualTo(3);
    assertThat(kinds(id))
        .containsExactly(OutcomeKind.DELIVERED, OutcomeKind.HTTP_ERROR, OutcomeKind.HTTP_ERROR);
  }

  @Test
  void countsA304AsSuccessIfConfigured() {
    EndpointId id = create(EndpointSpec.to(URL).successStatuses("2xx", "304"));
    simulated.receiver(URL).responds(304, 200);
    publish();
    assertThat(delivery().state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery().attempts()).isEqualTo(1);
    Attempt only = attempts(id).get(0);
    assertThat(only.outcome().kind()).isEqualTo(OutcomeKind.DELIVERED);
    assertThat(only.outcome().statusCode()).isEqualTo(304);
    assertThat(only.outcome().detail()).isEmpty();
    EndpointHealth health = endpoints.health(endpoints.get(SITE, id));
    assertThat(health.failures()).isZero();
  }

  @Test
  void stillRetriesOtherStatuses() {
    EndpointId id = create(EndpointSpec.to(URL).successStatuses("2xx", "304"));
    simulated.receiver(URL).responds(302, 400, 304);
    publish();
    assertThat(kinds(id))
        .containsExactly(OutcomeKind.DELIVERED, OutcomeKind.HTTP_ERROR, OutcomeKind.HTTP_ERROR);
  }

  @Test
  void retriesA2xxThatDoesNotCount() {
    EndpointId id = create(EndpointSpec.to(URL).successStatuses("200"));
    simulated.receiver(URL).responds(202, 200);
    publish();
    assertThat(kinds(id)).containsExactly(OutcomeKind.DELIVERED, OutcomeKind.HTTP_ERROR);
    assertThat(attempts(id).get(1).outcome().detail())
        .isEqualTo("the receiver responded with 202, which does not count as success");
  }

  @Test
  void changesNoOutcomeAfterwards() {
    EndpointId id = create(EndpointSpec.to(URL).successStatuses("3xx"));
    simulated.receiver(URL).responds(302);
    publish();
    endpoints.change(SITE, id, EndpointSpec.change().without(SuccessStatuses.FIELD));
    assertThat(endpoints.get(SITE, id).successStatuses()).isSameAs(SuccessStatuses.DEFAULT);
    assertThat(kinds(id)).containsExactly(OutcomeKind.DELIVERED);
    assertThat(delivery().state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void keepsTheStatusesInOtherChanges() {
    EndpointId id = create(EndpointSpec.to(URL).successStatuses("304", "2xx"));
    endpoints.change(SITE, id, EndpointSpec.change().timeout(Duration.ofSeconds(3)));
    assertThat(endpoints.get(SITE, id).successStatuses().entries()).containsExactly("2xx", "304");
  }

  @Test
  void judgesTestsAsWell() {
    simulated.receiver(URL).responds(302, 302, 302);
    EndpointSpec tried = EndpointSpec.to(URL).successStatuses("3xx");
    assertThat(probe(tried)).isEqualTo(OutcomeKind.DELIVERED);
    assertThat(probe(EndpointSpec.to(URL))).isEqualTo(OutcomeKind.HTTP_ERROR);
    EndpointId id = create(tried);
    assertThat(inTime(endpoints.test(SITE, id)).outcome().isSuccess()).isTrue();
  }

  @Test
  void refusesStatusesFrom400() {
    assertThatThrownBy(() -> EndpointSpec.change().successStatuses("2xx", "4xx"))
        .hasMessageStartingWith("successStatuses[1]: must be 2xx, 3xx or a status from 200 to 399");
  }

  private EndpointId create(EndpointSpec spec) {
    return endpoints.create(SITE, spec.types("*")).endpoint().id();
  }

  private OutcomeKind probe(EndpointSpec spec) {
    return inTime(endpoints.probe(SITE, spec, null)).attempt().outcome().kind();
  }

  private <T> T inTime(CompletableFuture<T> future) {
    simulated.advance(Duration.ofMinutes(1));
    assertThat(future).isDone();
    return future.join();
  }

  private void publish() {
    simulated.publish(NewEvent.of("license_created", "{\"Seats\":1}"));
    simulated.advanceUntilDone(Duration.ofHours(1));
  }

  private Delivery delivery() {
    List<Delivery> all = simulated.webhooks().deliveries().list(DeliveryQuery.ofSite(SITE)).data();
    return all.get(0);
  }

  private List<Attempt> attempts(EndpointId id) {
    return simulated
        .webhooks()
        .deliveries()
        .attempts(AttemptQuery.ofSite(SITE).endpoint(id))
        .data();
  }

  private List<OutcomeKind> kinds(EndpointId id) {
    return attempts(id).stream().map(attempt -> attempt.outcome().kind()).toList();
  }
}
