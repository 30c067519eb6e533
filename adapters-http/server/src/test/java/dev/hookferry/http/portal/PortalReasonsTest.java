package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.list.EndpointConditions;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.EndpointHealth;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PortalReasonsTest {
  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();

  @Test
  void responsesThatFailAreTheReceiversHoweverMany() {
    Endpoint endpoint = place.endpoint("https://crm.example/hook", "*");
    for (int failures : new int[] {10, 1_234}) {
      EndpointHealth health = EndpointHealth.sending(failures, null);
      assertThat(PortalReasons.isOurs(endpoint, health)).as(health.reason()).isFalse();
    }
  }

  @Test
  void deliveryIsolatedAfterCrashesIsDelayedByUs() {
    Instant now = Instant.parse("2026-04-29T16:39:49Z");
    Payload data = Payload.of("{}");
    EventType type = new EventType("license_created");
    Event event = new Event(new EventId("e-1"), SiteId.DEFAULT, type, now, now, data, null);
    Endpoint endpoint = place.endpoint("https://crm.example/hook", "*");
    Delivery delivery = Delivery.of(new DeliveryId(endpoint.id().value()), event, endpoint.id());
    assertThat(PortalReasons.of(place.webhooks(), delivery, DeliveryReason.isolated()))
        .isEqualTo("delayed on our side");
    assertThat(EndpointConditions.waitsForEndpoint(delivery, DeliveryReason.isolated())).isFalse();
  }
}
