package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.EventType;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventCatalogTest {
  private final EventCatalog catalog =
      new EventCatalog(
          Set.of(
              new EventType("order.paid"), new EventType("a-1"), new EventType("license_created")));

  @Test
  void containsBuiltInAndDeclaredTypes() {
    assertThat(EventCatalog.QLM_EVENTS)
        .extracting(EventType::name)
        .containsExactly(
            "license_activated",
            "license_created",
            "license_deleted",
            "license_modified",
            "license_released",
            "customer_created",
            "customer_deleted",
            "customer_modified");
    assertThat(EventCatalog.QLM_EVENTS).allMatch(new EventCatalog(Set.of())::contains);
    assertThat(catalog.contains(new EventType("order.paid"))).isTrue();
    assertThat(catalog.contains(new EventType("order.Paid"))).isFalse();
    assertThat(catalog.contains(EventType.TEST)).isFalse();
  }

  @Test
  void listsDeclaredTypesLastAndByName() {
    assertThat(catalog.types())
        .hasSize(10)
        .startsWith(EventCatalog.QLM_EVENTS.toArray(EventType[]::new))
        .endsWith(new EventType("a-1"), new EventType("order.paid"));
  }

  @Test
  void suggestsTheClosestName() {
    assertThat(catalog.unknownTypeMessage(new EventType("licence_created")))
        .isEqualTo(
            "is not a known event type (got licence_created); did you mean license_created? A site"
                + " declares its own types in its setting eventTypes");
    assertThat(catalog.unknownTypeMessage(new EventType("order.payed"))).contains("order.paid?");
    assertThat(catalog.unknownTypeMessage(new EventType("something_else")))
        .isEqualTo(
            "is not a known event type (got something_else). A site declares its own types in its"
                + " setting eventTypes");
  }
}
