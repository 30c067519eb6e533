package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.Actor;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.ScopedRouting;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.routing.RoutingOutcome;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reasons that customers see for an event. */
class PortalRoutingTest {
  private static final int MANY = PageRequest.MAX_LIMIT + 1;
  private static final Map<String, String> LABELS = Map.of("customer", "c-17");

  private final Embedded embedded = new Embedded();
  private final Portal portal = Portal.of(embedded.hookferry, embedded.clock);

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void allDeliveriesOfAnEventCountHoweverMany() {
    var unused =
        embedded
            .webhooks
            .settings()
            .changeByName(Embedded.SITE, Map.of("portal", Map.of("enabled", true)));
    for (int i = 0; i < MANY; i++) {
      EndpointSpec spec = EndpointSpec.to("https://crm.example/" + i).types("*").labels(LABELS);
      var made = embedded.webhooks.endpoints().create(Embedded.SITE, spec);
      assertThat(made.endpoint().labels()).isEqualTo(LABELS);
    }
    NewEvent event = NewEvent.of("license_created", "{}").labels(LABELS);
    assertThat(embedded.webhooks.publish(Embedded.SITE, event).join().deliveries()).isEqualTo(MANY);
    Poll.until(() -> embedded.listener.settled().size() == MANY);

    Event published =
        embedded.webhooks.events().list(EventQuery.ofSite(Embedded.SITE)).data().get(0);
    assertThat(access().events().routing(published))
        .hasSize(MANY)
        .extracting(ScopedRouting::routing)
        .allSatisfy(
            routing -> {
              assertThat(routing.outcome()).isEqualTo(RoutingOutcome.DELIVERED);
              assertThat(routing.delivery()).isNotNull();
            });
  }

  private PortalAccess access() {
    NewPortalLink link = NewPortalLink.of("c-17").labels(LABELS);
    String code = portal.link(Embedded.SITE, link, Actor.PROGRAM).code();
    return portal.access(portal.exchange(code).orElseThrow().session(), "");
  }
}
