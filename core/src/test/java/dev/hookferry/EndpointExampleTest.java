package dev.hookferry;

import static dev.hookferry.Embedded.SITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint is tested with the example of an event type. */
class EndpointExampleTest {
  private static final String URL = "https://crm.example/{tenant}/hook";
  private static final EventType PAID = new EventType("order.paid");
  private static final String EXAMPLE = "{\"Number\":\"4711\",\"Total\":99.50}";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void exampleIsSentOnceToThisEndpointOnly() {
    describe(EXAMPLE);
    EndpointId crm = create(URL, "license_created");
    create("https://other.example/", "*");
    endpoints.change(SITE, crm, EndpointSpec.change().enabled(false));
    embedded.transport.responding("https://crm.example/tenant/hook", 500);

    Attempt attempt = endpoints.test(SITE, crm, PAID).join();

    assertThat(attempt.type()).isEqualTo(PAID);
    assertThat(embedded.transport.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.body().text()).contains(EXAMPLE));
    assertThat(embedded.deliveries(DeliveryState.EXHAUSTED)).hasSize(1);
    embedded.clock.advance(Duration.ofHours(1));
    assertThat(embedded.webhooks.events().get(SITE, attempt.event()).event().options().to())
        .containsExactly(crm);
    assertThat(embedded.webhooks.audit().list(AuditQuery.ALL).data())
        .filteredOn(entry -> entry.action() == AuditAction.ENDPOINT_TESTED)
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.changes())
                    .containsExactly(new FieldChange("type", null, "order.paid")));
  }

  @Test
  void aTypeWithoutAnExampleIsRefused() {
    describe(null);
    EndpointId crm = create("https://crm.example/", "*");

    assertThatThrownBy(() -> endpoints.test(SITE, crm, PAID))
        .isInstanceOf(InvalidException.class)
        .hasMessage("type: order.paid has no example; describe the type with an example first");
    assertThatThrownBy(() -> endpoints.test(SITE, crm, new EventType("unknown")))
        .isInstanceOf(NotFoundException.class);
    assertThat(endpoints.test(SITE, crm, EventType.TEST).join().type()).isEqualTo(EventType.TEST);
  }

  private void describe(String example) {
    EventTypeSpec spec = EventTypeSpec.of("An order was paid.");
    embedded.webhooks.eventTypes().put(SITE, PAID, example == null ? spec : spec.example(example));
  }

  private EndpointId create(String url, String types) {
    return endpoints.create(SITE, EndpointSpec.to(url).types(types)).endpoint().id();
  }
}
