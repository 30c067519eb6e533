package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that responds with plain errors is there: it gets its retries on time. */
class RespondingFailureTest {
  private static final String URL = "https://a.example/";
  private static final Duration STEP = Duration.ofMillis(10);

  private World world = new World();
  private final List<Sending> underWay = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 404, 500})
  void retriesGoOutWhenTheyAreDue(int status) {
    world.retries(1, Duration.ofSeconds(2));
    world.endpoint(URL, "*");
    world.receiver = sending -> ScriptedTransport.status(status);
    Instant start = world.now();

    publish(1_000);
    world.advance(Duration.ofSeconds(2));

    assertThat(world.sent).hasSize(2_000);
    assertThat(world.sent.subList(1_000, 2_000))
        .allMatch(sending -> sending.startedAt().equals(start.plusSeconds(2)));
    assertThat(world.listener.settled())
        .hasSize(1_000)
        .allMatch(delivery -> delivery.state() == DeliveryState.EXHAUSTED);
    assertThat(world.listener.healthEvents())
        .extracting(EndpointHealthEvent::kind)
        .containsExactly(EndpointHealthEvent.Kind.FAILING);
  }

  @Test
  void theConcurrencyWindowStaysOpen() {
    Endpoint endpoint = failing(Duration.ofSeconds(300));
    world.receiver = this::leftUnderWay;
    publish(100);
    assertThat(underWay).hasSize(14);
    endAll();

    assertThat(world.engine.load().inFlight()).isEqualTo(28);
    assertThat(world.engine.unhealthy().get(endpoint.id()))
        .isEqualTo(EndpointHealth.sending(24, null))
        .extracting(EndpointHealth::state)
        .isEqualTo(EndpointHealth.State.FAILING);
  }

  @Test
  void recoveryIsReportedAndDoesNotNarrowTheWindow() {
    failing(Duration.ofSeconds(300));
    world.receiver = this::leftUnderWay;
    publish(100);

    world.end(underWay.get(0), Outcomes.ok());

    assertThat(world.engine.load().inFlight()).isEqualTo(15);
    assertThat(world.listener.healthEvents())
        .extracting(EndpointHealthEvent::kind)
        .containsExactly(EndpointHealthEvent.Kind.FAILING, EndpointHealthEvent.Kind.RECOVERED);
    assertThat(world.engine.unhealthy()).isEmpty();
  }

  @Test
  void fewOfItsDeliveriesAreInMemory() {
    world = new World(World.SMALL.window(8).lane(100));
    failing(Duration.ofSeconds(300));
    world.receiver = this::leftUnderWay;

    publish(500);

    assertThat(world.engine.load().inFlight()).isEqualTo(8);
    assertThat(world.engine.load().owned()).isLessThanOrEqualTo(24);
  }

  @Test
  void aBacklogToItLeavesOthersTheirPlaces() {
    world = new World(World.SMALL.inFlight(10).window(8).lane(20).owned(60));
    failing(Duration.ofSeconds(300));
    Endpoint healthy = world.endpoint("https://healthy.example/", "customer_*");
    world.receiver =
        sending ->
            sending.endpoint().id().equals(healthy.id()) ? Outcomes.ok() : leftUnderWay(sending);
    publish(500);

    for (int i = 0; i < 20; i++) {
      assertThat(world.publish("customer_created")).isCompleted();
    }

    assertThat(world.sentByEndpoint()).containsEntry(healthy.id(), 20L);
  }

  /** New events alone would fill its window. */
  @Test
  void retriesGoOutWhileNewEventsKeepComing() {
    world = new World(World.SMALL.window(4).lane(100));
    failing(Duration.ofSeconds(2));
    publish(30);
    world.receiver = this::leftUnderWay;
    world.advance(Duration.ofMillis(1_990));
    int before = world.sent.size();

    for (int i = 0; i < 30; i++) {
      publish(4);
      endAll();
      world.advance(STEP);
    }

    List<Sending> sent = world.sent.subList(before, world.sent.size());
    assertThat(sent).filteredOn(sending -> sending.number() == 2).hasSize(40);
    assertThat(sent).filteredOn(sending -> sending.number() == 1).hasSizeGreaterThan(50);
  }

  @Test
  void silenceAfterErrorsOpensTheCircuit() {
    failing(Duration.ofSeconds(300));
    world.receiver = sending -> Outcomes.unreachable();
    int before = world.sent.size() + 9;
    for (int i = 0; i < 30; i++) {
      publish(1);
    }
    assertThat(world.sent).as("the tenth without a response").hasSize(before + 1);

    world.receiver = this::leftUnderWay;
    world.advance(Duration.ofSeconds(2));

    assertThat(underWay).hasSize(1);
    assertThat(world.listener.healthEvents())
        .extracting(EndpointHealthEvent::kind)
        .containsExactly(EndpointHealthEvent.Kind.FAILING);
  }

  @Test
  void occasionalTimeoutsDoNotCountAsSilence() {
    failing(Duration.ofSeconds(300));
    Outcome timeout = Outcome.failed(OutcomeKind.TIMEOUT, "no response", Duration.ofSeconds(15));
    AtomicInteger responses = new AtomicInteger();
    world.receiver = sending -> responses.incrementAndGet() % 5 == 0 ? Outcomes.refused() : timeout;
    int before = world.sent.size();

    publish(50);

    assertThat(world.sent).hasSize(before + 50);
  }

  @Test
  void anErrorResponseEndsProbing() {
    world.retries(5, Duration.ofSeconds(300));
    world.endpoint(URL, "*");
    world.receiver = sending -> Outcomes.unreachable();
    publish(10);
    publish(20);
    world.receiver = this::leftUnderWay;
    world.advance(Duration.ofSeconds(2));
    assertThat(underWay).hasSize(1);

    world.end(underWay.remove(0), Outcomes.refused());
    assertThat(underWay).as("the window starts again").hasSize(1);
    world.end(underWay.remove(0), Outcomes.refused());
    assertThat(underWay).hasSize(2);

    assertThat(world.listener.healthEvents())
        .as("it is still failing")
        .extracting(EndpointHealthEvent::kind)
        .containsExactly(EndpointHealthEvent.Kind.FAILING);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void aReceiverThatAlwaysAsksForAPauseIsProbed(int status) {
    world.retries(5, Duration.ofSeconds(300));
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> ScriptedTransport.status(status);
    publish(100);
    world.advance(Duration.ofMinutes(15));
    world.receiver = this::leftUnderWay;
    world.advance(Duration.ofMinutes(2));

    assertThat(underWay).hasSize(1);
    assertThat(Objects.requireNonNull(world.engine.unhealthy().get(endpoint.id())).state())
        .isEqualTo(
            status == 429 ? EndpointHealth.State.RATE_LIMITED : EndpointHealth.State.BACKING_OFF);
  }

  /** An endpoint that has just responded with ten errors, to deliveries that come again later. */
  private Endpoint failing(Duration interval) {
    world.retries(5, interval);
    Endpoint endpoint = world.endpoint(URL, "license_*");
    world.receiver = sending -> Outcomes.refused();
    publish(10);
    return endpoint;
  }

  private @Nullable Outcome leftUnderWay(Sending sending) {
    underWay.add(sending);
    return null;
  }

  private void endAll() {
    List<Sending> ending = List.copyOf(underWay);
    underWay.clear();
    ending.forEach(sending -> world.end(sending, Outcomes.refused()));
  }

  private void publish(int events) {
    world.publish(
        IntStream.range(0, events)
            .mapToObj(i -> world.event(Samples.SITE, "license_created"))
            .toArray(Event[]::new));
  }
}
