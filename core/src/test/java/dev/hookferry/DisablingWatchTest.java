package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.DisablingWatch;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.EndpointProblem.Failures;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints that only fail for days are disabled, after a day's notice. */
class DisablingWatchTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String CRM = "https://crm.example/hook?token=secret";
  private static final String OPS = "https://ops.example/hook";
  private static final Duration LIMIT = Duration.ofDays(5);
  private static final Duration DAY = Duration.ofDays(1);

  private final ManualClock clock = ManualClock.atNoon();
  private final Instant start = clock.instant();
  private final ScriptedTransport transport = new ScriptedTransport();
  private final RecordingListener listener = new RecordingListener();
  private final EndpointIncidents incidents = new EndpointIncidents(new PlatformThreads());
  private final CoreServices services =
      Hookferry.builder(new MemoryStore(clock, Duration.ofDays(60)), transport)
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .listener(listener)
          .services(incidents);
  private final Webhooks webhooks = new Webhooks(services);
  private final DisablingWatch watch = new DisablingWatch(services, LIMIT);
  private EndpointId crm;
  private long published;

  @BeforeEach
  void begin() {
    services.configHolder().refresh();
    webhooks.sites().ensureDefault();
    services.runtime().configured(services.configHolder().config());
    services.runtime().start();
    incidents.start(services);
    webhooks.settings().update(SITE, s -> s.retry(r -> r.maxRetries(0)));
    crm = endpoint(CRM, "license_*");
    EndpointId unused = endpoint(OPS, "endpoint_will_be_disabled", "endpoint_disabled");
    transport.responding(CRM, 500);
  }

  @AfterEach
  void close() {
    incidents.stop();
    services.runtime().stop(Duration.ofSeconds(5));
    services.configHolder().close();
    services.blocking().shutdown();
  }

  private EndpointId endpoint(String url, String... types) {
    return webhooks.endpoints().create(SITE, EndpointSpec.to(url).types(types)).endpoint().id();
  }

  private Endpoint crm() {
    return webhooks.endpoints().get(SITE, crm);
  }

  private EndpointStatus status() {
    return crm().status();
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      var unused = webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    }
    published += count;
    Poll.until(() -> settled() == published);
  }

  /** Returns whether the tracker of failures has heard of the last attempts, on its own thread. */
  private boolean isTracked() {
    List<Attempt> all =
        listener.attempts().stream().filter(one -> one.endpoint().equals(crm)).toList();
    Attempt last = all.get(all.size() - 1);
    long together = all.stream().filter(one -> one.startedAt().equals(last.startedAt())).count();
    Failures known =
        services.process().history().failures().failures(crm).ofReceiver().orElse(null);
    return last.outcome().isSuccess()
        ? known == null
        : known != null && known.last().equals(last.startedAt()) && known.count() >= together;
  }

  /** Counts what the listener has heard of. */
  private long settled() {
    return listener.settled().stream().filter(one -> one.endpoint().equals(crm)).count();
  }

  /** All attempts fail, from the start until a time after it. */
  private void failFor(Duration time) {
    publish(EndpointHealth.FAILING_AFTER);
    clock.advance(time);
    publish(1);
    Poll.until(this::isTracked);
  }

  private List<String> told() {
    return transport.requestsTo(OPS).stream().map(request -> request.body().text()).toList();
  }

  @Test
  void itIsAnnouncedOnceADayBeforeAndThenDisabled() {
    failFor(LIMIT.minus(DAY).minusSeconds(1));
    watch.look();
    assertThat(status().disablesAt()).isNull();

    clock.advance(Duration.ofSeconds(1));
    publish(1);
    Poll.until(this::isTracked);
    watch.look();
    watch.look();

    assertThat(status().disablesAt()).isEqualTo(start.plus(LIMIT));
    Poll.until(() -> told().size() == 1);
    assertThat(told().get(0))
        .contains("\"type\":\"endpoint_will_be_disabled\"", "\"endpoint\":\"" + crm)
        .contains("\"until\":\"" + start.plus(LIMIT) + "\"")
        .contains("\"reason\":\"no attempt has succeeded since " + start + "\"")
        .contains("\"failures\":12")
        .doesNotContain("token");

    clock.advance(DAY.minusSeconds(1));
    watch.look();
    assertThat(status().enabled()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    watch.look();
    Poll.until(() -> told().size() == 2);

    assertThat(status().reason()).isEqualTo("no attempt succeeded for 5d");
    assertThat(status().disablesAt()).isNull();
    assertThat(told().get(1)).contains("\"type\":\"endpoint_disabled\"");
    Poll.until(
        () ->
            listener.healthEvents().stream()
                .map(news -> news.kind())
                .toList()
                .equals(List.of(Kind.FAILING, Kind.DISABLING, Kind.GONE)));
    watch.look();
    assertThat(told()).hasSize(2);
  }

  @Test
  void aSuccessEndsThePlan() {
    failFor(LIMIT);
    watch.look();
    assertThat(status().disablesAt())
        .as("never without a day's notice")
        .isEqualTo(clock.instant().plus(DAY));

    transport.responding(CRM, 200);
    publish(1);
    Poll.until(this::isTracked);
    watch.look();
    assertThat(status()).isEqualTo(EndpointStatus.ENABLED);
    clock.advance(DAY);
    watch.look();
    assertThat(status().enabled()).isTrue();
  }

  @Test
  void anotherUrlEndsThePlanAtOnce() {
    failFor(LIMIT);
    watch.look();
    var unusedName =
        webhooks.endpoints().change(SITE, crm, EndpointSpec.change().description("CRM"));
    assertThat(status().disablesAt()).isNotNull();

    var unused = webhooks.endpoints().change(SITE, crm, EndpointSpec.change().url(OPS));
    assertThat(status().disablesAt()).isNull();
    clock.advance(DAY);
    watch.look();
    assertThat(status().enabled()).isTrue();
  }

  /** Else it would be told as failing again, and its back-off would begin anew. */
  @Test
  void aPlanDoesNotResetTheHealth() {
    failFor(LIMIT);
    EndpointHealth before = webhooks.endpoints().health(crm());
    assertThat(before.state()).isEqualTo(EndpointHealth.State.FAILING);
    watch.look();
    assertThat(status().disablesAt()).isNotNull();
    publish(1);

    EndpointHealth after = webhooks.endpoints().health(crm());
    assertThat(after.state()).isEqualTo(EndpointHealth.State.FAILING);
    assertThat(after.failures()).isEqualTo(before.failures() + 1);
    assertThat(listener.healthEvents())
        .extracting(news -> news.kind())
        .containsExactly(Kind.FAILING, Kind.DISABLING);
  }

  @Test
  void withoutALimitPlansOfAnEarlierRunAreRemovedOnce() {
    DisablingWatch off = new DisablingWatch(services, null);
    failFor(LIMIT);
    watch.look();
    off.look();
    assertThat(status().disablesAt()).isNull();

    watch.look();
    off.look();
    assertThat(status().disablesAt()).as("the plan of a node with a limit").isNotNull();
    assertThat(status().enabled()).isTrue();
  }

  @Test
  void anEndpointThatFailsInManyWaysIsDisabled() {
    for (int status : new int[] {500, 404, 403, 405, 400, 409}) {
      transport.responding(CRM, status);
      publish(2);
    }
    clock.advance(LIMIT);
    publish(1);
    Poll.until(this::isTracked);
    watch.look();
    assertThat(status().disablesAt()).isNotNull();
    Poll.until(() -> told().size() == 1);
    assertThat(told().get(0)).contains("\"failures\":13", "since " + start);
  }

  @Test
  void failuresOfLongAgoAndFewFailuresAreNotEnough() {
    publish(EndpointHealth.FAILING_AFTER);
    clock.advance(LIMIT.multipliedBy(2));
    watch.look();
    assertThat(status().disablesAt()).as("nothing was tried since").isNull();

    transport.responding(CRM, 200);
    publish(1);
    transport.responding(CRM, 500);
    publish(EndpointHealth.FAILING_AFTER - 2);
    clock.advance(LIMIT);
    publish(1);
    watch.look();
    assertThat(status().disablesAt()).as("nine failures").isNull();
  }

  @Test
  void aResumedEndpointHasTheWholeTimeAgain() {
    failFor(LIMIT);
    watch.look();
    clock.advance(DAY);
    watch.look();
    Poll.until(() -> !crm().enabled());

    var unused = webhooks.endpoints().resume(SITE, crm, null);
    publish(1);
    watch.look();
    assertThat(status().enabled()).isTrue();
    assertThat(status().disablesAt()).isNull();
  }

  @Test
  void theTimeMustLeaveRoomForTheNotice() {
    HookferryBuilder builder = Hookferry.builder(new MemoryStore(clock, DAY), transport);
    for (Duration wrong : List.of(Duration.ofDays(2).minusSeconds(1), Duration.ofDays(31))) {
      assertThatThrownBy(() -> builder.disableFailingAfter(wrong))
          .hasMessageContaining("disableFailingAfter must be between 2d and 30d");
    }
  }
}
