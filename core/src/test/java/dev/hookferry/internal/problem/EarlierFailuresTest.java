package dev.hookferry.internal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Failures before a restart count, for the health of an endpoint and for the metrics. */
class EarlierFailuresTest {
  private final ManualClock clock = new ManualClock(Samples.START.plusSeconds(60));
  private final Samples samples = new Samples(5);

  private Hookferry started(MemoryStore store) {
    return Hookferry.builder(store, new ScriptedTransport())
        .secrets(Secrets.inTheClear())
        .build()
        .start();
  }

  private MemoryStore store() {
    return new MemoryStore(clock, Duration.ofHours(1));
  }

  @Test
  void anEndpointThatFailedBeforeARestartIsFailing() {
    Endpoint endpoint;
    try (Hookferry other = started(store())) {
      EndpointSpec asked = EndpointSpec.to("https://crm.example/").types("license_created");
      endpoint = other.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint();
    }
    FailureTracker earlier = new FailureTracker(new Random(1));
    for (int i = 0; i < 10; i++) {
      earlier.attempted(
          samples.attempt(
              samples.delivery(samples.event(), endpoint.id()), samples.responded(500)));
    }
    MemoryStore store = store();
    earlier.share(store.tallies(), clock.instant());
    store.config().save(List.of(new ConfigChange.PutEndpoint(endpoint)), store.config().version());

    try (Hookferry hookferry = started(store)) {
      Poll.until(() -> hookferry.webhooks().endpoints().health(endpoint).failures() == 10);
      assertThat(hookferry.endpointCounts()).isEqualTo(Map.of(State.FAILING, 1));
    }
  }
}
