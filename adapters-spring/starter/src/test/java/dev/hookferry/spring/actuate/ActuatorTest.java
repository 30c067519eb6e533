package dev.hookferry.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.BlockedKeyCount;
import dev.hookferry.spring.WebhookPublisher;
import dev.hookferry.spring.autoconfigure.StarterApplication;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** Hookferry's part of the Actuator. */
class ActuatorTest {
  private static final String HEALTH = "hookferryHealthIndicator";

  private final ApplicationContextRunner application =
      StarterApplication.onH2()
          .withPropertyValues(
              "spring.jmx.enabled=true",
              "management.endpoints.jmx.exposure.include=hookferry",
              "hookferry.event-types=order_created",
              "hookferry.outbound.allow-networks=127.0.0.0/8",
              "hookferry.no-delivery=true");

  private static String health(Object indicator) {
    Object health = ReflectionTestUtils.invokeMethod(indicator, "health");
    return String.valueOf(health);
  }

  @Test
  void healthIsUpWhileEventsAreAcceptedAndDownAfterwards() {
    application.run(
        context -> {
          Object indicator = context.getBean(HEALTH);
          Awaitility.await()
              .untilAsserted(
                  () ->
                      assertThat(health(indicator))
                          .startsWith("UP")
                          .contains("accepting=true", "delivery=off", "outbox=relaying"));
          context.getBean(Hookferry.class).drain();
          assertThat(health(indicator)).startsWith("DOWN").contains("accepting=false");
        });
  }

  @Test
  void healthCanBeSwitchedOff() {
    application
        .withPropertyValues("management.health.hookferry.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HEALTH));
  }

  @Test
  void theEndpointShowsBacklogAndOutbox() {
    application.run(
        context -> {
          Webhooks webhooks = context.getBean(Webhooks.class);
          webhooks
              .endpoints()
              .create(SiteId.DEFAULT, EndpointSpec.to("https://127.0.0.1/").types("*"));
          webhooks.publish(SiteId.DEFAULT, NewEvent.of("order_created", "{}")).join();
          Map<String, Object> state = context.getBean(HookferryEndpoint.class).state();
          assertThat(state)
              .containsEntry("up", true)
              .containsEntry("deliveriesPending", 1L)
              .containsKeys("store", "outboxes", "unhealthyEndpoints", "requestsInFlight");
          assertThat(String.valueOf(state.get("outboxes"))).contains("table=hookferry_outbox");
        });
  }

  @Test
  void metersHaveTheNamesOfTheServersMetrics() {
    application.run(
        context -> {
          Webhooks webhooks = context.getBean(Webhooks.class);
          webhooks.publish(SiteId.DEFAULT, NewEvent.of("order_created", "{}")).join();
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          Awaitility.await()
              .untilAsserted(
                  () ->
                      assertThat(
                              registry
                                  .get("hookferry.events.accepted")
                                  .tag("site", "default")
                                  .counter()
                                  .count())
                          .isEqualTo(1));
          assertThat(registry.get("hookferry.delivery.enabled").gauge().value()).isZero();
          assertThat(registry.get("hookferry.stalled").gauge().value()).isZero();
          assertThat(registry.get("hookferry.backlog.deliveries").gauge().value()).isZero();
          assertThat(registry.get("hookferry.endpoints").tag("state", "failing").gauge().value())
              .isZero();
          assertThat(registry.getMeters())
              .extracting(Meter::getId)
              .extracting(Meter.Id::getName)
              .contains(
                  "hookferry.attempt.duration",
                  "hookferry.outbox.pending",
                  "hookferry.store.clock.offset");
        });
  }

  @Test
  void blockedKeysAreMeasuredBySiteUntilThereAreNone() {
    MeterRegistry registry = new SimpleMeterRegistry();
    MeterListener listener = new MeterListener(registry);

    listener.blockedKeys(Map.of(SiteId.DEFAULT, new BlockedKeyCount(2, 30)));
    assertThat(gauge(registry, "hookferry.blocked.keys")).isEqualTo(2);
    assertThat(gauge(registry, "hookferry.deliveries.behind.blocked.keys")).isEqualTo(30);
    listener.blockedKeys(Map.of(SiteId.DEFAULT, new BlockedKeyCount(1, 7)));
    assertThat(gauge(registry, "hookferry.blocked.keys")).isEqualTo(1);

    listener.blockedKeys(Map.of());
    assertThat(registry.find("hookferry.blocked.keys").gauges()).isEmpty();
  }

  /** A bad end means that a receiver did not get an event. */
  @Test
  void failedTestIsNotCountedAsExhausted() {
    MeterRegistry registry = new SimpleMeterRegistry();
    MeterListener listener = new MeterListener(registry);

    listener.settled(exhausted(EventType.TEST));
    assertThat(registry.find("hookferry.deliveries.settled").counters()).isEmpty();
    listener.settled(exhausted(new EventType("order_created")));

    assertThat(registry.get("hookferry.deliveries.settled").counter().count()).isEqualTo(1);
  }

  private static Delivery exhausted(EventType type) {
    return new Delivery(
        new DeliveryId(new UUID(1, 2)),
        SiteId.DEFAULT,
        new EventId("e"),
        type,
        new EndpointId(new UUID(1, 3)),
        DeliveryState.EXHAUSTED,
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }

  private static double gauge(MeterRegistry registry, String name) {
    return registry.get(name).tag("site", "default").gauge().value();
  }

  @Test
  void aPublishIsObserved() {
    List<String> observed = new CopyOnWriteArrayList<>();
    application.run(
        context -> {
          context
              .getBean(ObservationRegistry.class)
              .observationConfig()
              .observationHandler(
                  new ObservationHandler<Observation.Context>() {
                    @Override
                    public void onStop(Observation.Context stopped) {
                      observed.add(stopped.getName() + " " + stopped.getContextualName());
                    }

                    @Override
                    public boolean supportsContext(Observation.Context any) {
                      return true;
                    }
                  });
          context
              .getBean(TransactionTemplate.class)
              .executeWithoutResult(
                  status -> context.getBean(WebhookPublisher.class).publish("order_created", 7));
          assertThat(observed).contains("hookferry.publish publish order_created");
        });
  }

  @Test
  void aValueIsReadAtMostEveryTenSeconds() {
    AtomicInteger reads = new AtomicInteger();
    Instant[] now = {Instant.parse("2026-11-27T12:00:00Z")};
    RecentValue<Integer> value =
        new RecentValue<>(
            () -> {
              if (reads.incrementAndGet() == 3) {
                throw new IllegalStateException("the database is away");
              }
              return reads.get();
            },
            () -> now[0]);
    assertThat(value.get()).isEqualTo(1);
    now[0] = now[0].plus(Duration.ofSeconds(10));
    assertThat(value.get()).isEqualTo(1);
    now[0] = now[0].plus(Duration.ofSeconds(1));
    assertThat(value.get()).isEqualTo(2);
    now[0] = now[0].plus(Duration.ofSeconds(11));
    assertThat(value.get()).isNull();
  }
}
