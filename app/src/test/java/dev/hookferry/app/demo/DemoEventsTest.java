package dev.hookferry.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EventType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DemoEventsTest {
  @Test
  void thereIsOneOfEachTypeWithTheObjectItIsAbout() throws IOException {
    for (EventType type : EventCatalog.QLM_EVENTS) {
      JsonNode sample = new ObjectMapper().readTree(DemoEvents.of(type.name()));
      boolean license = EventCatalog.LICENSE_EVENTS.contains(type);
      assertThat(sample.path("type").asText()).isEqualTo(type.name());
      assertThat(sample.path("data").has("ActivationKey")).isEqualTo(license);
      assertThat(sample.path("data").has("CustomerID")).isEqualTo(!license);
    }
  }
}
