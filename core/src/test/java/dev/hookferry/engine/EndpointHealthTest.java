package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Treatment of an endpoint by its responses. */
class EndpointHealthTest {
  private static final String URL = "https://a.example/";

  private final World world = new World();
  private final Instant start = world.now();

  @Test
  void retryAfterIsRespected() {
    world.retries(5, Duration.ofSeconds(1));
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = first(answer(429, "60"));
    world.publish("license_created");

    publish(20);
    world.advance(Duration.ofSeconds(59));
    assertThat(world.sent).hasSize(1);
    assertThat(world.engine.unhealthy().get(endpoint.id()))
        .isEqualTo(EndpointHealth.slowed(State.RATE_LIMITED, 1, start.plusSeconds(60), false));

    world.advance(Duration.ofSeconds(2));
    assertThat(world.sent).hasSize(22);
    assertThat(world.timesOfSending(endpoint.id()).get(1)).isEqualTo(start.plusSeconds(60));
    assertThat(world.engine.unhealthy()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Wed, 31 Dec 2025 23:59:59 GMT", "soon", "-5", "NaN", ""})
  void aRetryAfterWithoutAWaitChangesNothing(String retryAfter) {
    world.retries(5, Duration.ofSeconds(90));
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = first(answer(500, retryAfter));

    world.publish("license_created");
    world.advance(Duration.ofSeconds(90));

    assertThat(world.timesOfSending(endpoint.id())).containsExactly(start, start.plusSeconds(90));
  }

  @Test
  void retryAfterIsLimitedToADay() {
    world.retries(5, Duration.ofSeconds(1));
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = first(answer(503, "99999999999999999999"));
    world.publish("license_created");

    world.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(world.sent).hasSize(1);
    world.advance(Duration.ofMillis(1));
    assertThat(world.timesOfSending(endpoint.id()))
        .containsExactly(start, start.plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void retryAfterPausesNewEventsAndKeepsTheRetryInterval(int status) {
    world.retries(3, Duration.ofSeconds(2));
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> ScriptedTransport.status(status);

    world.publish("license_created");
    world.publish("license_created");
    assertThat(world.sent).as("the second waits while the endpoint rests").hasSize(1);
    world.advance(Duration.ofSeconds(20));

    List<Instant> times =
        world.sent.stream()
            .filter(s -> s.delivery().id().equals(first().id()))
            .map(Sending::startedAt)
            .toList();
    assertThat(gaps(times))
        .hasSize(3)
        .allMatch(gap -> gap.compareTo(Duration.ofMillis(2000)) >= 0)
        .allMatch(gap -> gap.compareTo(Duration.ofMillis(2800)) <= 0);
    assertThat(world.timesOfSending(endpoint.id())).hasSize(8);
  }

  @Test
  void retriesToADeadEndpointKeepTheirExactInterval() {
    world.retries(30, Duration.ofSeconds(300));
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> Outcomes.unreachable();

    world.publish("license_created");
    world.advance(Duration.ofSeconds(300 * 31));

    List<Instant> times = world.timesOfSending(endpoint.id());
    assertThat(times).hasSize(31);
    for (int i = 0; i < times.size(); i++) {
      assertThat(times.get(i)).isEqualTo(start.plusSeconds(300L * i));
    }
  }

  @Test
  void goneEndpointReceivesNothingAndItsDeliveriesAreHeld() {
    world.retries(5, Duration.ofSeconds(1));
    Endpoint gone = world.endpoint(URL, "*");
    Endpoint other = world.endpoint("https://b.example/", "*");
    world.receiver =
        sending -> ScriptedTransport.status(sending.endpoint().id().equals(gone.id()) ? 410 : 200);

    world.publish("license_created");
    publish(20);
    world.advance(Duration.ofHours(1));

    assertThat(world.sentByEndpoint()).containsEntry(gone.id(), 1L).containsEntry(other.id(), 21L);
    assertThat(world.listener.healthEvents())
        .extracting(
            EndpointHealthEvent::kind, EndpointHealthEvent::endpoint, EndpointHealthEvent::reason)
        .containsExactly(
            tuple(
                EndpointHealthEvent.Kind.GONE, gone.id(), "the receiver responded with 410 Gone"));
    assertThat(world.deliveries())
        .filteredOn(d -> d.endpoint().equals(gone.id()))
        .hasSize(21)
        .allMatch(d -> d.state() == DeliveryState.PENDING);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void heldDeliveriesAreSentWhenTheEndpointIsResumed() {
    world.retries(5, Duration.ofSeconds(1));
    Endpoint gone = world.endpoint(URL, "*");
    world.receiver = sending -> ScriptedTransport.status(410);
    publish(5);
    world.configure(
        new ConfigChange.PutEndpoint(gone.with(EndpointStatus.disabled("gone", start))));
    world.receiver = sending -> Outcomes.ok();

    world.configure(new ConfigChange.PutEndpoint(gone.with(EndpointStatus.resumed(start, null))));
    world.advance(Duration.ofSeconds(1));

    assertThat(world.deliveries()).hasSize(5).allMatch(d -> d.state() == DeliveryState.DELIVERED);
    assertThat(world.engine.unhealthy()).isEmpty();
  }

  @Test
  void withoutARetryLeftADeliveryIsExhaustedByA410() {
    world.retries(0, Duration.ofSeconds(1));
    world.endpoint(URL, "*");
    world.receiver = sending -> ScriptedTransport.status(410);

    world.publish("license_created");

    assertThat(first().state()).isEqualTo(DeliveryState.EXHAUSTED);
  }

  @Test
  void anUnreachableEndpointGetsOneProbeAtATime() {
    failing();
    world.receiver = sending -> null;
    int before = world.sent.size();

    world.advance(Duration.ofMinutes(2));
    publish(100);
    world.advance(Duration.ofMinutes(2));

    assertThat(world.sent).as("a probe that is under way").hasSize(before + 1);
    world.end(world.sent.get(before), Outcomes.unreachable());
    world.advance(Duration.ofMinutes(2));
    assertThat(world.sent).as("the next one").hasSize(before + 2);
  }

  @Test
  void probesSlowDownToOneAMinute() {
    Endpoint endpoint = failing();
    publish(100);
    int before = world.sent.size();

    world.advance(Duration.ofHours(1));

    List<Instant> probes = world.timesOfSending(endpoint.id());
    probes = probes.subList(before, probes.size());
    List<Duration> gaps = gaps(probes);
    assertThat(gaps).isNotEmpty().allMatch(gap -> gap.compareTo(Duration.ofSeconds(1)) >= 0);
    assertThat(gaps).isNotEmpty().allMatch(gap -> gap.compareTo(Duration.ofSeconds(60)) <= 0);
    assertThat(gaps.subList(7, gaps.size()))
        .isNotEmpty()
        .allMatch(gap -> gap.equals(Duration.ofSeconds(60)));
    assertThat(world.claims.size()).as("questions to the store").isLessThan(2 * probes.size() + 50);
  }

  @Test
  void aRecoveredEndpointIsGivenIncreasingLoad() {
    Endpoint endpoint = failing();
    publish(100);
    List<Sending> probes = new ArrayList<>();
    world.receiver =
        sending -> {
          probes.add(sending);
          return null;
        };
    world.advance(Duration.ofMinutes(1));
    assertThat(probes).hasSize(1);

    world.end(probes.get(0), Outcomes.ok());
    assertThat(world.engine.load().inFlight()).isEqualTo(1);
    world.end(probes.get(1), Outcomes.ok());
    assertThat(world.engine.load().inFlight()).isEqualTo(2);
    world.end(probes.get(2), Outcomes.ok());
    world.end(probes.get(3), Outcomes.ok());
    assertThat(world.engine.load().inFlight()).isEqualTo(4);

    assertThat(world.listener.healthEvents())
        .extracting(EndpointHealthEvent::kind)
        .containsExactly(EndpointHealthEvent.Kind.FAILING, EndpointHealthEvent.Kind.RECOVERED);
    assertThat(world.engine.unhealthy()).doesNotContainKey(endpoint.id());
  }

  @Test
  void everythingIsDeliveredAfterAnOutage() {
    failing();
    publish(500);
    world.advance(Duration.ofHours(5));
    world.receiver = sending -> Outcomes.ok();

    world.advance(Duration.ofMinutes(6));

    assertThat(world.store.deliveries().backlog(all -> true).pending()).isZero();
  }

  @Test
  void ourOwnFailuresDoNotCountAgainstTheEndpoint() {
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> Outcomes.ourFault();

    publish(30);
    world.advance(Duration.ofMinutes(1));

    assertThat(world.listener.healthEvents()).isEmpty();
    EndpointHealth health = Objects.requireNonNull(world.engine.unhealthy().get(endpoint.id()));
    assertThat(health.failures()).isZero();
    assertThat(health.ownFault()).isNotNull();
  }

  @Test
  void requestsInFlightDoNotExtendABackoff() {
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> null;
    publish(4);
    for (int i = 0; i < 4; i++) {
      world.end(world.sent.get(i), ScriptedTransport.status(503));
    }

    assertThat(world.engine.unhealthy().get(endpoint.id()).until())
        .isBetween(start.plusSeconds(1), start.plusMillis(1200));
  }

  @Test
  void aNewUrlStartsWithACleanRecord() {
    Endpoint endpoint = failing();
    publish(3);
    world.receiver = sending -> Outcomes.ok();
    int before = world.sent.size();

    world.configure(new ConfigChange.PutEndpoint(elsewhere(endpoint)));

    assertThat(world.engine.unhealthy()).isEmpty();
    assertThat(world.sent.size()).isGreaterThan(before + 2);
  }

  @Test
  void aSuccessfulTestEndsTheBackoffOfAFailingEndpoint() {
    Endpoint endpoint = failing();
    world.receiver = sending -> Outcomes.ok();

    world.engine.test(
        world.event(Samples.SITE, "test"), endpoint.id(), new CompletableFuture<>(), world.now());
    world.run();

    assertThat(world.listener.healthEvents())
        .extracting(EndpointHealthEvent::kind)
        .contains(EndpointHealthEvent.Kind.RECOVERED);
  }

  @Test
  void aFailedTestIsNotAFailureOfTheEndpoint() {
    Endpoint endpoint = failing();
    EndpointHealth before = world.engine.unhealthy().get(endpoint.id());

    world.engine.test(
        world.event(Samples.SITE, "test"), endpoint.id(), new CompletableFuture<>(), world.now());
    world.run();

    assertThat(world.sent.get(world.sent.size() - 1).event().type()).isEqualTo(EventType.TEST);
    assertThat(world.engine.unhealthy().get(endpoint.id())).isEqualTo(before);
  }

  @Test
  void aHealthEventNamesTheEventTypeThatFailed() {
    world.endpoint(URL, "endpoint_failing");
    world.receiver = sending -> Outcomes.refused();

    for (int i = 0; i < 10; i++) {
      world.publish("endpoint_failing");
    }
    world.receiver = sending -> Outcomes.ok();
    world.publish("endpoint_failing");
    world.advance(Duration.ofMinutes(5));

    assertThat(world.listener.healthEvents())
        .hasSize(2)
        .allMatch(EndpointHealthEvent::isAboutOperationalEvents);
  }

  /** An endpoint that has just failed ten times. */
  private Endpoint failing() {
    world.retries(5, Duration.ofSeconds(300));
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> Outcomes.unreachable();
    publish(10);
    assertThat(world.engine.unhealthy().get(endpoint.id()).state()).isEqualTo(State.BACKING_OFF);
    return endpoint;
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      world.publish("license_created");
    }
  }

  private Delivery first() {
    List<Delivery> newestFirst = world.deliveries();
    return newestFirst.get(newestFirst.size() - 1);
  }

  private static Endpoint elsewhere(Endpoint e) {
    return new Endpoint(
        e.id(),
        e.site(),
        TargetUrl.parse("https://elsewhere.example/"),
        EndpointSettings.of(e.eventTypes(), e.signing())
            .description(e.description())
            .headers(e.headers())
            .retry(e.retry())
            .build(),
        e.status(),
        e.createdAt());
  }

  private static List<Duration> gaps(List<Instant> times) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      gaps.add(Duration.between(times.get(i - 1), times.get(i)));
    }
    return gaps;
  }

  private static Function<Sending, @Nullable Outcome> first(Outcome first) {
    boolean[] done = {false};
    return sending -> {
      Outcome outcome = done[0] ? Outcomes.ok() : first;
      done[0] = true;
      return outcome;
    };
  }

  private static Outcome answer(int status, String retryAfter) {
    Response response = new Response(status, Payload.empty(), false, null, retryAfter);
    return Outcome.responded(response, Duration.ofMillis(3));
  }
}
