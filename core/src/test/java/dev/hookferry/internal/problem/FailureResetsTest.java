package dev.hookferry.internal.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.SimulatedHookferry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Another node resumes an endpoint. */
class FailureResetsTest {
  private final ManualClock clock = new ManualClock(Samples.START.plusSeconds(60));
  private final Samples samples = new Samples(1);
  private final FailureTracker failures = new FailureTracker(new Random(1));
  private final FailureResets resets = new FailureResets(failures, clock);
  private final Endpoint endpoint = endpoint();
  private Config config = Config.EMPTY;

  private static Endpoint endpoint() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      EndpointSpec asked = EndpointSpec.to("https://crm.example/").types("license_created");
      return hooks.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint();
    }
  }

  private void put(Endpoint changed) {
    config = config.after(List.of(new ConfigChange.PutEndpoint(changed)));
    resets.configured(config);
  }

  private Attempt failure() {
    return samples.attempt(
        samples.delivery(samples.event(), endpoint.id()), samples.responded(500));
  }

  @Test
  void aResumeEndsFailuresAndPausesOrPlansDoNot() {
    put(endpoint);
    failures.attempted(failure());
    clock.advance(Duration.ofDays(1));
    put(endpoint.with(endpoint.status().disablingAt(clock.instant())));
    Endpoint paused = endpoint.with(EndpointStatus.paused(clock.instant()));
    put(paused);
    assertThat(failures.failing(1)).containsExactly(endpoint.id());

    put(endpoint.with(EndpointStatus.resumed(clock.instant(), null)));
    assertThat(failures.failing(1)).isEmpty();
  }

  @Test
  void lateFailuresCountOnlyIfNewerThanTheResume() {
    TallyStore tallies = new MemoryStore(clock, Duration.ofHours(1)).tallies();
    FailureTracker other = new FailureTracker(new Random(2));
    other.attempted(failure());
    other.share(tallies, samples.now());
    put(endpoint.with(EndpointStatus.paused(clock.instant())));
    clock.advance(Duration.ofDays(1));
    put(endpoint.with(EndpointStatus.resumed(clock.instant(), null)));
    failures.load(tallies, samples.now());
    assertThat(failures.failing(1)).isEmpty();
  }
}
