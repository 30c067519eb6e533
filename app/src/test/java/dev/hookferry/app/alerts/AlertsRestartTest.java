package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.app.config.AlertsConfig;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.Listener;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.SimulatedHookferry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts that a run of the server remembers from the run before. */
final class AlertsRestartTest {
  private static final EventType TYPE = new EventType("license_created");

  private final ManualClock clock = new ManualClock(SimulatedHookferry.START);
  private final TallyStore tallies = new MemoryStore(clock, Duration.ofHours(1)).tallies();
  private final List<Attempt> attempts = new ArrayList<>();
  private SimulatedHookferry hooks;
  private EndpointId endpoint;
  private Alerts alerts;

  /** A mail server that is down. */
  private static final class Channel implements AlertChannel {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public Map<String, RecipientRefusal> send(AlertMessage message, List<String> recipients)
        throws AlertException {
      throw new AlertException("down");
    }
  }

  @BeforeEach
  void start() {
    Listener keeping =
        new Listener() {
          @Override
          public void attempted(Attempt attempt) {
            attempts.add(attempt);
          }
        };
    hooks =
        SimulatedHookferry.start(1, OutboundPolicy.strict(), builder -> builder.listener(keeping));
    hooks.receiver("https://a.example/").responds(200).subscribe(TYPE.name());
    endpoint = hooks.webhooks().endpoints().all(SiteId.DEFAULT).get(0).id();
    alerts = run(tallies);
  }

  @AfterEach
  void stop() {
    alerts.close();
    hooks.close();
  }

  private Alerts run(TallyStore store) {
    AlertsConfig all = new AlertsConfig(EnumSet.allOf(AlertType.class), "", null, null, null);
    Alerts made = new Alerts(all, List.of(new Channel()), clock, TimeUnit.HOURS.toMillis(1));
    made.remember(store, "node-1");
    return made;
  }

  /** Stops the server, and starts it an hour later. */
  private void restart() {
    restart(tallies, Duration.ofHours(1));
  }

  private void restart(TallyStore store, Duration later) {
    alerts.close();
    clock.advance(later);
    alerts = run(store);
    ticked();
  }

  /** Lets a round pass, and returns the lines of what it sends, which all channels accept. */
  private List<String> ticked() {
    List<String> lines = new ArrayList<>();
    alerts.tick(
        hooks.hookferry(),
        "node-1",
        due -> {
          due.forEach(alert -> lines.add(alert.line()));
          return List.of();
        });
    return lines;
  }

  /** Lets a quarter of an hour pass; returns what is sent. */
  private List<String> told() {
    List<String> lines = new ArrayList<>();
    for (int round = 0; round < 180; round++) {
      clock.advance(Duration.ofSeconds(5));
      lines.addAll(ticked());
    }
    return lines;
  }

  private Listener listener() {
    return alerts.listener().orElseThrow();
  }

  private void changed(Kind kind) {
    listener()
        .endpointChanged(
            new EndpointHealthEvent(
                kind, SiteId.DEFAULT, endpoint, TYPE, "status 500", 10, clock.instant()));
  }

  private void storeFails() {
    listener().fault("claiming failed", new StoreException("connection refused"));
  }

  /** Reports the endpoint, whose failures were on another node: this one knows of none. */
  private void failing() {
    ticked();
    changed(Kind.FAILING);
    clock.advance(IncidentTracker.GATHER);
    assertThat(ticked()).containsExactly(failingLine());
  }

  private String failingLine() {
    return "Alert: endpoint " + endpoint + " of site default is failing: status 500";
  }

  private String recoveredLine() {
    return "Recovered: endpoint " + endpoint + " of site default works again";
  }

  @Test
  void openIncidentIsNotReportedAgainButItsEndIs() {
    failing();
    restart();
    changed(Kind.FAILING);
    ticked();
    assertThat(ticked()).isEmpty();
    changed(Kind.RECOVERED);
    assertThat(told()).containsExactly(recoveredLine());
    restart();
    assertThat(told()).isEmpty();
    changed(Kind.FAILING);
    clock.advance(IncidentTracker.GATHER);
    assertThat(ticked()).containsExactly(failingLine());
  }

  @Test
  void reportsARecoveryDuringADowntimeOnce() {
    ticked();
    storeFails();
    clock.advance(IncidentTracker.GATHER);
    assertThat(ticked()).containsExactly("Alert: the store is not available");
    restart();
    assertThat(told()).containsExactly("Recovered: the store is available again");
    restart();
    assertThat(told()).isEmpty();
  }

  @Test
  void reportsRecoveryOfAnEndpointAfterARestart() {
    failing();
    restart();
    var unused = hooks.publish(NewEvent.of(TYPE.name(), "{}"));
    assertThat(attempts).singleElement().matches(one -> one.outcome().isSuccess());
    listener().attempted(attempts.get(0));
    assertThat(told()).containsExactly(recoveredLine());
  }

  /** Deliveries that are due go out as soon as the engine starts. */
  @Test
  void aSuccessBeforeTheFirstRoundCountsToo() {
    failing();
    alerts.close();
    clock.advance(Duration.ofHours(1));
    alerts = run(tallies);
    var unused = hooks.publish(NewEvent.of(TYPE.name(), "{}"));
    listener().attempted(attempts.get(0));
    ticked();
    clock.advance(IncidentTracker.GATHER);
    assertThat(ticked()).containsExactly(recoveredLine());
  }

  /** The failures of the last minute before a crash are not known to the next run. */
  @Test
  void doesNotReportRecoveryOfAnEndpointStillFailing() {
    failing();
    hooks.reset();
    hooks.receiver("https://a.example/").responds(500);
    restart();
    var unused = hooks.publish(NewEvent.of(TYPE.name(), "{}"));
    assertThat(told()).isEmpty();
  }

  @Test
  void pausingAnEndpointDuringADowntimeEndsItsIncident() {
    failing();
    EndpointSpec paused = EndpointSpec.change().enabled(false);
    hooks.webhooks().endpoints().change(SiteId.DEFAULT, endpoint, paused);
    restart();
    changed(Kind.RECOVERED);
    assertThat(told()).isEmpty();
  }

  @Test
  void nextRunReportsAPendingRecovery() {
    failing();
    changed(Kind.RECOVERED);
    assertThat(ticked()).isEmpty();
    restart();
    assertThat(told()).containsExactly(recoveredLine());
  }

  @Test
  void reportsARecurrenceAfterARestartWithADelay() {
    changed(Kind.GONE);
    assertThat(told()).singleElement().asString().contains("was disabled");
    restart(tallies, Duration.ZERO);
    changed(Kind.GONE);
    assertThat(told()).isEmpty();
    assertThat(told()).singleElement().asString().contains("was disabled");
  }

  @Test
  void aMessageThatWasNotSentIsSentByTheNextRun() {
    ticked();
    changed(Kind.FAILING);
    clock.advance(IncidentTracker.GATHER);
    alerts.tick(hooks.hookferry(), "node-1", due -> due);
    restart();
    changed(Kind.FAILING);
    clock.advance(IncidentTracker.GATHER);
    assertThat(ticked()).containsExactly(failingLine());
  }

  @Test
  void blockedKeyIsReportedOnce() {
    Instant since = clock.instant();
    blocked(since);
    assertThat(told()).singleElement().asString().contains("is blocked by delivery");
    restart();
    blocked(since);
    assertThat(told()).isEmpty();
    blocked(since.plusSeconds(1));
    assertThat(told()).hasSize(1);
  }

  private void blocked(Instant since) {
    DeliveryId delivery = new DeliveryId(new UUID(3, 4));
    listener()
        .keyBlocked(
            new BlockedKeyEvent(SiteId.DEFAULT, endpoint, delivery, TYPE, "customer-1", since));
  }

  /** The store is not available when the server starts, and again when it is to write. */
  @Test
  void failedReadsAndWritesAreRetriedLater() {
    failing();
    FailingTallies failing = new FailingTallies();
    failing.isDown = true;
    restart(failing, Duration.ofHours(1));
    failing.isDown = false;
    ticked();
    changed(Kind.FAILING);
    assertThat(ticked()).isEmpty();
    failing.isDown = true;
    changed(Kind.RECOVERED);
    assertThat(told()).containsExactly(recoveredLine());
    failing.isDown = false;
    ticked();
    restart();
    assertThat(told()).isEmpty();
  }

  private final class FailingTallies implements TallyStore {
    private boolean isDown;

    private TallyStore available() {
      if (isDown) {
        throw new StoreException("down");
      }
      return tallies;
    }

    @Override
    public void put(List<Tally> all, Instant now) {
      available().put(all, now);
    }

    @Override
    public List<Tally> since(Instant time) {
      return available().since(time);
    }
  }
}
