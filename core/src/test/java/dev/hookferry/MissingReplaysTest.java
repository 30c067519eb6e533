package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.replay.ReplayWorker;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replays of events that an endpoint never got. */
class MissingReplaysTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(9));
  private final ScriptedTransport transport = new ScriptedTransport();
  private final EndpointIncidents incidents = new EndpointIncidents(new PlatformThreads());
  private final CoreServices services =
      Hookferry.builder(store, transport)
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .services(incidents);
  private final Webhooks webhooks = new Webhooks(services);
  private final ReplayWorker worker = new ReplayWorker(services);

  @BeforeEach
  void start() {
    services.configHolder().refresh();
    webhooks.sites().ensureDefault();
    services.runtime().configured(services.configHolder().config());
    services.runtime().start();
  }

  @AfterEach
  void stop() {
    incidents.stop();
    services.runtime().stop(Duration.ofSeconds(10));
    services.blocking().shutdown();
  }

  @Test
  void anEndpointReceivesEarlierEventsOnceAndAtTheGivenRate() {
    publish("license_created", "{\"n\":1}");
    publish("license_deleted", "{\"n\":2}");
    publish("license_created", "{\"n\":3}");
    publish("license_created", "{\"n\":4}");
    EndpointId late = endpoint(EndpointSpec.to("https://late.example/").types("license_created"));
    publish("license_created", "{\"n\":5}");
    Poll.until(() -> bodies().size() == 1);

    Replays.Preview preview = webhooks.replays().preview(SITE, missing(late));
    assertThat(preview.count()).isEqualTo(3);
    assertThat(preview.byEndpoint()).containsOnlyKeys(late);
    assertThat(preview.byStatus()).isEmpty();
    assertThat(preview.samples()).as("there are no deliveries yet").isEmpty();
    assertThat(deliveries(late)).hasSize(1);

    ReplayJob job = webhooks.replays().start(SITE, missing(late), 2);
    assertThat(job.progress().expected()).isEqualTo(3);
    worker.work();
    assertThat(webhooks.replays().get(SITE, job.id()).progress().sent()).isEqualTo(2);
    Poll.until(() -> bodies().size() == 3);
    assertThat(bodies()).as("oldest first").noneMatch(body -> body.contains("\"n\":4"));
    clock.advance(Duration.ofSeconds(1));
    worker.work();
    ReplayJob done = webhooks.replays().get(SITE, job.id());
    assertThat(done.state()).isEqualTo(ReplayState.DONE);
    assertThat(done.progress().sent()).isEqualTo(3);
    Poll.until(() -> bodies().size() == 4);
    assertThat(bodies()).noneMatch(body -> body.contains("\"n\":2"));
    assertThat(webhooks.replays().preview(SITE, missing(late)).count()).isZero();
    assertThat(webhooks.replays().run(SITE, missing(late))).isZero();
    assertThat(deliveries(late)).hasSize(4);
  }

  @Test
  void filtersAndLabelsDecideAsForANewEvent() {
    publish("license_created", "{\"n\":1}");
    publish("license_created", "{\"n\":2}");
    EndpointId late =
        endpoint(EndpointSpec.to("https://late.example/").types("*").filter("{\"n\":2}"));
    assertThat(webhooks.replays().preview(SITE, missing(late)).count()).isEqualTo(1);
    ReplayWindow revoked = missing(late).type(new EventType("license_deleted"));
    assertThat(webhooks.replays().preview(SITE, revoked).count()).isZero();
    EndpointId labelled =
        endpoint(EndpointSpec.to("https://other.example/").types("*").label("tenant", "acme"));
    assertThat(webhooks.replays().preview(SITE, missing(labelled)).count()).isZero();
  }

  @Test
  void skipsAnEventNotYetDue() {
    Instant later = clock.instant().plus(Duration.ofHours(1));
    var unused =
        webhooks.publish(SITE, NewEvent.of("license_created", "{}").deliverAt(later)).join();
    clock.advance(Duration.ofMinutes(1));
    EndpointId late = endpoint(EndpointSpec.to("https://late.example/").types("*"));
    assertThat(webhooks.replays().preview(SITE, missing(late)).count()).isZero();
    clock.advance(Duration.ofHours(1));
    assertThat(webhooks.replays().preview(SITE, missing(late)).count()).isEqualTo(1);
  }

  @Test
  void anOrderedEndpointGetsThemInTheirOrder() {
    for (int i = 1; i <= 6; i++) {
      var unused =
          webhooks
              .publish(SITE, NewEvent.of("license_created", "{\"n\":" + i + "}").orderingKey("one"))
              .join();
      clock.advance(Duration.ofMillis(1));
    }
    EndpointId late =
        endpoint(EndpointSpec.to("https://late.example/").types("*").order(DeliveryOrder.BY_KEY));
    assertThat(webhooks.replays().run(SITE, missing(late))).isEqualTo(6);
    Poll.until(() -> bodies().size() == 6);
    for (int i = 1; i <= 6; i++) {
      assertThat(bodies().get(i - 1)).contains("\"n\":" + i);
    }
  }

  @Test
  void theEndpointMustBeNamedAndAStatusCodeIsRefused() {
    ReplayWindow window = ReplayWindow.since(Instant.EPOCH).missing(true);
    assertThatThrownBy(() -> webhooks.replays().preview(SITE, window.statusCode(500)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("endpoint: is missing")
        .hasMessageContaining("statusCode: must not be given");
  }

  private EndpointId endpoint(EndpointSpec spec) {
    return webhooks.endpoints().create(SITE, spec).endpoint().id();
  }

  private void publish(String type, String data) {
    var unused = webhooks.publish(SITE, NewEvent.of(type, data)).join();
    clock.advance(Duration.ofSeconds(1));
  }

  private ReplayWindow missing(EndpointId endpoint) {
    return ReplayWindow.since(Instant.EPOCH)
        .until(clock.instant().plusMillis(1))
        .endpoint(endpoint)
        .missing(true);
  }

  private List<Delivery> deliveries(EndpointId endpoint) {
    return webhooks.deliveries().list(DeliveryQuery.ofSite(SITE).endpoint(endpoint)).data();
  }

  private List<String> bodies() {
    return transport.requests().stream().map(request -> request.body().text()).toList();
  }
}
