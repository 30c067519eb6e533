package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A site with a thousand receivers that hang costs another site nothing. */
final class SlowTenantTest {
  private static final SiteId SLOW = new SiteId("slow");
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ENDPOINTS = 1_000;

  private final World world = new World();
  private final Deque<Sending> hanging = new ArrayDeque<>();
  private final List<Duration> waits = new ArrayList<>();
  private int mostAtOnce;

  @Test
  void otherSitesAreServedAtOnceThroughout() {
    world.site(SLOW, SiteSettings.DEFAULT);
    for (int i = 0; i < ENDPOINTS; i++) {
      world.endpoint(SLOW, "https://slow" + i + ".example/", "*");
    }
    world.endpoint("https://prompt.example/", "*");
    world.receiver = this::answer;

    for (int i = 0; i < 600; i++) {
      if (i % 10 == 0) {
        world.publish(world.event(SLOW, "license_created"));
      }
      world.publish("license_created");
      world.advance(STEP);
      endWhatHungLongEnough();
    }

    assertThat(waits).as("all are served").hasSize(600);
    // Until it is known that those are slow, acceptance waits for them, for a second at most.
    assertThat(waits.subList(0, 10)).allMatch(wait -> wait.compareTo(PATIENCE) <= 0);
    assertThat(waits.subList(10, 600)).allMatch(wait -> wait.compareTo(STEP) <= 0);
    assertThat(mostAtOnce).as("they really hang").isGreaterThan(100);
    Set<Object> slowServed = new HashSet<>();
    world.sent.stream()
        .filter(sending -> sending.site().id().equals(SLOW))
        .forEach(sending -> slowServed.add(sending.endpoint().id()));
    assertThat(slowServed).as("and none of them is forgotten").hasSizeGreaterThan(900);
  }

  private Outcome answer(Sending sending) {
    if (sending.site().id().equals(Samples.SITE)) {
      Instant accepted = sending.event().acceptedAt();
      waits.add(Duration.between(accepted, world.now()));
      return Outcomes.ok();
    }
    hanging.addLast(sending);
    mostAtOnce = Math.max(mostAtOnce, hanging.size());
    return null;
  }

  private void endWhatHungLongEnough() {
    while (!hanging.isEmpty()
        && !hanging.getFirst().startedAt().plus(DEADLINE).isAfter(world.now())) {
      Sending sending = hanging.removeFirst();
      world.end(sending, Outcome.failed(OutcomeKind.TIMEOUT, "no answer in time", DEADLINE));
    }
  }
}
