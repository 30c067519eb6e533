package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConsoleLinksTest {
  private static final SiteId SITE = new SiteId("acme");
  private static final EndpointId ENDPOINT = new EndpointId(new UUID(1, 2));
  private static final DeliveryId DELIVERY = new DeliveryId(new UUID(3, 4));
  private static final EventType TYPE = new EventType("license_created");
  private static final String PAGE = "https://hooks.example.com/sites/acme";

  private final ManualClock clock = ManualClock.atNoon();
  private final IncidentTracker tracker = new IncidentTracker(EnumSet.allOf(AlertType.class));
  private final AlertListener listener = new AlertListener(tracker, new EndpointNames(), clock);

  /** Returns the lines of the message about what was reported. */
  private List<String> lines() {
    clock.advance(Duration.ofMinutes(6));
    return AlertMessage.of(
            tracker.due(clock.instant()), new ConsoleLinks("https://hooks.example.com"))
        .lines();
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "RECOVERED", mode = EnumSource.Mode.EXCLUDE)
  void anEndpointHasItsPage(Kind kind) {
    listener.endpointChanged(
        new EndpointHealthEvent(kind, SITE, ENDPOINT, TYPE, "it failed", 10, clock.instant()));
    assertThat(lines()).hasSize(2).last().isEqualTo(PAGE + "/endpoints/" + ENDPOINT);
  }

  @Test
  void anExpiryLinksToItsEndpoint() {
    listener.expiryNoticed(
        new ExpiryNotice(
            ExpiryNotice.Kind.CERTIFICATE, SITE, ENDPOINT, "our own", 7, clock.instant()));
    assertThat(lines()).hasSize(2).last().isEqualTo(PAGE + "/endpoints/" + ENDPOINT);
  }

  @Test
  void aBlockedKeyLeadsToTheDeliveryThatBlocksIt() {
    listener.keyBlocked(
        new BlockedKeyEvent(SITE, ENDPOINT, DELIVERY, TYPE, "customer-1", clock.instant()));
    assertThat(lines()).hasSize(2).last().isEqualTo(PAGE + "/deliveries/" + DELIVERY);
  }

  @Test
  void incidentsOfTheNodeLinkToTheSystemPage() {
    Instant now = clock.instant();
    listener.look(
        "node-1", List.of(new OwnFault(OwnFault.Kind.RESOLVER, "timed out", 1, now, now)));
    assertThat(lines()).hasSize(2).last().isEqualTo("https://hooks.example.com/system");
  }

  @Test
  void exhaustedDeliveriesLeadToTheProblemsOfTheirSite() {
    listener.settled(exhausted());
    assertThat(lines()).hasSize(2).last().isEqualTo(PAGE + "/problems");
  }

  @Test
  void skippedDeliveryCausesNoAlert() {
    listener.skipped(exhausted());
    clock.advance(Duration.ofMinutes(6));
    assertThat(tracker.due(clock.instant())).isEmpty();
  }

  private Delivery exhausted() {
    Instant now = clock.instant();
    Event event = new Event(new EventId("order-1"), SITE, TYPE, now, now, Payload.of("{}"), null);
    return Delivery.of(DELIVERY, event, ENDPOINT).exhausted(now);
  }
}
