package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.observe.EndpointHealth;
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
}
