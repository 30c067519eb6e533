package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The health, the counts and the problems of an endpoint that failed agree. */
class FailingEndpointTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";

  private final SimulatedHookferry hooks = SimulatedHookferry.start();
  private final Endpoints endpoints = hooks.webhooks().endpoints();
  private final SimulatedReceiver receiver = hooks.receiver(URL);
  private EndpointId id;

  @BeforeEach
  void fail() {
    id =
        endpoints
            .create(
                SITE,
                EndpointSpec.to(URL)
                    .types("license_created")
                    .retry(RetrySettings.DEFAULT.maxRetries(0)))
            .endpoint()
            .id();
    int[] errors = new int[11];
    Arrays.fill(errors, 500);
    receiver.responds(errors).responds(200);
    publish(10);
    assertThat(state(State.FAILING)).isEqualTo(10);
  }

  @AfterEach
  void close() {
    hooks.close();
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      var unused = hooks.publish(NewEvent.of("license_created", "{}"));
    }
    hooks.advance(Duration.ofSeconds(10));
  }

  /** Checks the state of the endpoint wherever it is told, and returns the failures. */
  private int state(State expected) {
    hooks.advance(Duration.ofMillis(1));
    Endpoint endpoint = endpoints.get(SITE, id);
    EndpointHealth health = endpoints.health(endpoint);
    assertThat(health.state()).isEqualTo(expected);
    assertThat(hooks.hookferry().endpointCounts()).isEqualTo(Map.of(expected, 1));
    return health.failures();
  }

  @Test
  void resumeResetsTheFailureCount() {
    endpoints.change(SITE, id, EndpointSpec.change().enabled(false));
    assertThat(state(State.PAUSED)).isEqualTo(10);
    Endpoint resumed = endpoints.resume(SITE, id, null);
    assertThat(resumed.enabled()).isTrue();
    assertThat(state(State.WORKING)).isZero();

    publish(1);
    assertThat(state(State.WORKING)).isEqualTo(1);
    publish(1);
    assertThat(state(State.WORKING)).isZero();
  }

  @Test
  void newUrlResetsTheFailureCount() {
    hooks.receiver("https://shop.example/").responds(500);
    endpoints.change(SITE, id, EndpointSpec.change().url("https://shop.example/"));
    assertThat(state(State.WORKING)).isZero();
    publish(1);
    assertThat(state(State.WORKING)).isEqualTo(1);
  }

  @Test
  void otherChangesKeepTheFailureCount() {
    endpoints.change(SITE, id, EndpointSpec.change().description("CRM"));
    assertThat(state(State.FAILING)).isEqualTo(10);
  }
}
