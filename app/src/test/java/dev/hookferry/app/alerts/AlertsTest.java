package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.hookferry.Endpoints;
import dev.hookferry.app.alerts.Alerts.TestedRecipient;
import dev.hookferry.app.config.AlertType;
import dev.hookferry.app.config.AlertsConfig;
import dev.hookferry.app.config.SmtpConfig;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.Listener;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.testing.SimulatedHookferry;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts that go out through a real mail server and to chats. */
final class AlertsTest {
  private static final String SLACK = "https://hooks.slack.example/services/T0/B0/s3cret";
  private static final String TEAMS = "https://teams.example/webhook";
  private static final String OTHER = "https://b.example/";
  private static final AlertsConfig ABOUT_ENDPOINTS =
      new AlertsConfig(
          EnumSet.of(AlertType.ENDPOINT_FAILING), "", null, new SecretText(SLACK), null);
  private static final EndpointId ENDPOINT = new EndpointId(new UUID(1, 2));

  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final ManualClock clock = ManualClock.atNoon();
  private final ScriptedTransport transport = new ScriptedTransport();

  @AfterEach
  void close() {
    mail.stop();
  }

  private static SmtpConfig smtp(int port, @Nullable String user) {
    return new SmtpConfig(
        "127.0.0.1",
        port,
        SmtpConfig.Tls.NONE,
        user,
        user == null ? null : new SecretText("s3cret"),
        "hookferry@example.com",
        List.of("ops@example.com", "boss@example.com"));
  }

  private static AlertsConfig config(@Nullable SmtpConfig smtp) {
    return new AlertsConfig(
        EnumSet.allOf(AlertType.class),
        "https://hooks.example.com",
        smtp,
        new SecretText(SLACK),
        new SecretText(TEAMS));
  }

  private void changed(Alerts alerts, Kind kind) {
    changed(alerts, kind, ENDPOINT);
    clock.advance(Duration.ofMinutes(6));
    alerts.sendDue(all -> all);
  }

  private void changed(Alerts alerts, Kind kind, EndpointId endpoint) {
    Listener listener = alerts.listener().orElseThrow();
    listener.endpointChanged(
        new EndpointHealthEvent(
            kind,
            SiteId.DEFAULT,
            endpoint,
            new EventType("license_created"),
            "10 consecutive attempts failed",
            10,
            clock.instant()));
  }

  @Test
  void anIncidentAndItsRecoveryReachEveryone() throws Exception {
    mail.start();
    mail.setUser("alerts", "s3cret");
    try (Alerts alerts =
        new Alerts(config(smtp(mail.getSmtp().getPort(), "alerts")), transport, clock)) {
      changed(alerts, Kind.FAILING);
      Poll.until(() -> mail.getReceivedMessages().length == 2);
      changed(alerts, Kind.RECOVERED);
      Poll.until(() -> mail.getReceivedMessages().length == 4);
      MimeMessage first = mail.getReceivedMessages()[0];
      assertThat(first.getSubject())
          .startsWith("[Hookferry] Alert: endpoint ep_")
          .contains("of site default is failing: 10 consecutive attempts failed");
      assertThat(first.getFrom()[0]).hasToString("hookferry@example.com");
      assertThat(first.getHeader("Auto-Submitted")[0]).isEqualTo("auto-generated");
      List<String> subjects = new ArrayList<>();
      for (MimeMessage message : mail.getReceivedMessages()) {
        subjects.add(message.getSubject());
      }
      assertThat(subjects)
          .filteredOn(subject -> subject.startsWith("[Hookferry] Recovered: endpoint ep_"))
          .hasSize(2);
      Poll.until(() -> transport.requestsTo(SLACK).size() == 2);
      Poll.until(() -> transport.requestsTo(TEAMS).size() == 2);
      String page = "https://hooks.example.com/sites/default/endpoints/" + ENDPOINT;
      assertThat(first.getContent().toString().strip()).endsWith("\n" + page);
      assertThat(transport.requestsTo(SLACK).get(0).body().text())
          .startsWith("{\"text\":\"[Hookferry] Alert: endpoint ep_")
          .endsWith("\\n" + page + "\",\"mrkdwn\":false}");
      assertThat(transport.requestsTo(TEAMS).get(1).body().text())
          .contains("\"type\":\"AdaptiveCard\"", "Recovered: endpoint ep_")
          .contains("\"selectAction\":{\"type\":\"Action.OpenUrl\",\"url\":\"" + page + "\"}");
    }
  }

  @Test
  void aChannelThatHangsStopsNeitherTheOthersNorTheEnd() {
    HangingChannel hanging = new HangingChannel();
    List<AlertChannel> channels =
        List.of(hanging, ChatChannel.slack(new SecretText(SLACK), transport));
    try (Alerts alerts = new Alerts(config(null), channels, clock, 1)) {
      assertTimeoutPreemptively(
          Duration.ofMinutes(2),
          () -> {
            changed(alerts, Kind.FAILING);
            hanging.begun.await();
            Poll.until(() -> transport.requestsTo(SLACK).size() == 1);
            alerts.close();
          });
    } finally {
      hanging.end.countDown();
    }
  }

  private List<String> told(Alerts alerts) {
    List<String> told = new ArrayList<>();
    for (Duration time : List.of(Duration.ofHours(1), IncidentTracker.GATHER)) {
      clock.advance(time);
      alerts.sendDue(
          due -> {
            due.forEach(alert -> told.add(alert.line()));
            return List.of();
          });
    }
    return told;
  }

  @Test
  void alertSaysThatTheDiskIsNearlyFull() {
    try (Alerts alerts = new Alerts(config(null), transport, clock)) {
      alerts
          .listener()
          .orElseThrow()
          .fault("committing", new StoreFullException("the disk is nearly full", "/data is full"));
      assertThat(told(alerts))
          .containsExactly("Alert: the disk is nearly full; new events are refused");
    }
  }

  @Test
  void aMaintenanceFailureEndsWithTheNextSuccess() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start();
        Alerts alerts = new Alerts(config(null), transport, clock)) {
      Listener listener = alerts.listener().orElseThrow();
      listener.fault("deleting old events failed", new StoreException("a lock wait"));
      assertThat(told(alerts)).containsExactly("Alert: the store is not available");
      alerts.look(hooks.hookferry(), "node-1");
      assertThat(told(alerts)).containsExactly("Recovered: the store is available again");
      listener.fault("claiming failed", new StoreException("connection refused"));
      assertThat(told(alerts)).containsExactly("Alert: the store is not available");
    }
  }

  @Test
  void reportsAnEndpointThatFailsAgainAfterAChange() {
    try (Alerts alerts = new Alerts(ABOUT_ENDPOINTS, transport, clock);
        SimulatedHookferry hooks = failing(alerts)) {
      String failing =
          "Alert: endpoint " + id(hooks) + " of site default is failing: 10 consecutive attempts";
      assertThat(told(alerts)).singleElement().asString().startsWith(failing);
      hooks.receiver(OTHER).responds(500);
      endpoints(hooks).change(SiteId.DEFAULT, id(hooks), EndpointSpec.change().url(OTHER));
      publish(hooks, 10);
      assertThat(told(alerts)).singleElement().asString().startsWith(failing);
    }
  }

  @Test
  void anAlertIsWhatThePageOnAlertsQuotes() throws IOException {
    try (Alerts alerts = new Alerts(ABOUT_ENDPOINTS, transport, clock);
        SimulatedHookferry hooks = responding500(alerts)) {
      EndpointId id = id(hooks);
      endpoints(hooks).change(SiteId.DEFAULT, id, EndpointSpec.change().description("CRM"));
      alerts.name(endpoints(hooks));
      publish(hooks, 10);
      List<String> told = told(alerts);
      assertThat(told).hasSize(1);
      assertThat(told.get(0)).startsWith("Alert: endpoint \"CRM\" (" + id + ") of site default ");
      String quoted = told.get(0).replace("Alert: ", "`").replace(id.toString(), "ep_01m8…") + "`";
      assertThat(Files.readString(Path.of("../docs/alerts.md"))).contains(quoted);
    }
  }

  @Test
  void reportsRecoveryOfAnEndpointAfterAChange() {
    try (Alerts alerts = new Alerts(ABOUT_ENDPOINTS, transport, clock);
        SimulatedHookferry hooks = failing(alerts)) {
      assertThat(told(alerts)).hasSize(1);
      alerts.look(hooks.hookferry(), "node-1");
      assertThat(told(alerts)).isEmpty();
      endpoints(hooks).change(SiteId.DEFAULT, id(hooks), EndpointSpec.change().url(OTHER));
      publish(hooks, 1);
      alerts.look(hooks.hookferry(), "node-1");
      assertThat(told(alerts))
          .containsExactly("Recovered: endpoint " + id(hooks) + " of site default works again");
    }
  }

  @Test
  void pausingOrRemovingAnEndpointEndsItsIncidentSilently() {
    try (Alerts alerts = new Alerts(ABOUT_ENDPOINTS, transport, clock);
        SimulatedHookferry hooks = failing(alerts)) {
      EndpointId id = id(hooks);
      assertThat(told(alerts)).hasSize(1);
      endpoints(hooks).change(SiteId.DEFAULT, id, EndpointSpec.change().enabled(false));
      alerts.look(hooks.hookferry(), "node-1");
      changed(alerts, Kind.RECOVERED, id);
      assertThat(told(alerts)).isEmpty();

      changed(alerts, Kind.FAILING, id);
      assertThat(told(alerts)).hasSize(1);
      endpoints(hooks).remove(SiteId.DEFAULT, id);
      alerts.look(hooks.hookferry(), "node-1");
      changed(alerts, Kind.RECOVERED, id);
      assertThat(told(alerts)).isEmpty();
    }
  }

  @Test
  void failedTestCausesNoAlert() {
    AlertsConfig all = config(null);
    try (Alerts alerts = new Alerts(all, transport, clock);
        SimulatedHookferry hooks = failing(alerts)) {
      assertThat(told(alerts)).hasSize(1);
      Attempt attempt = endpoints(hooks).test(SiteId.DEFAULT, id(hooks)).join();
      assertThat(attempt.outcome().isSuccess()).isFalse();
      assertThat(told(alerts)).isEmpty();
    }
  }

  /** Starts a simulation with an endpoint whose first ten attempts have failed. */
  private static SimulatedHookferry failing(Alerts alerts) {
    SimulatedHookferry hooks = responding500(alerts);
    publish(hooks, 10);
    return hooks;
  }

  private static SimulatedHookferry responding500(Alerts alerts) {
    SimulatedHookferry hooks =
        SimulatedHookferry.start(
            1,
            OutboundPolicy.strict(),
            builder -> builder.listener(alerts.listener().orElseThrow()));
    hooks.receiver("https://a.example/").responds(500).subscribe("license_created");
    return hooks;
  }

  private static void publish(SimulatedHookferry hooks, int count) {
    for (int i = 0; i < count; i++) {
      var unused = hooks.publish(NewEvent.of("license_created", "{}"));
    }
  }

  private static Endpoints endpoints(SimulatedHookferry hooks) {
    return hooks.webhooks().endpoints();
  }

  private static EndpointId id(SimulatedHookferry hooks) {
    return endpoints(hooks).all(SiteId.DEFAULT).get(0).id();
  }

  /** Hangs as a mail server does: an interrupt does not end a read from a socket. */
  private static final class HangingChannel implements AlertChannel {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public Map<String, RecipientRefusal> send(AlertMessage message, List<String> recipients) {
      begun.countDown();
      while (end.getCount() > 0) {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
      return Map.of();
    }
  }

  @Test
  void aTestSaysWhatFailedAndNoSecret() {
    mail.start();
    transport.responding(SLACK, 404);
    transport.refusing("teams.example");
    List<TestedRecipient> results =
        Alerts.test(config(smtp(mail.getSmtp().getPort(), null)), transport, "a test");
    assertThat(results)
        .contains(
            new TestedRecipient("email", "ops@example.com", ""),
            new TestedRecipient("email", "boss@example.com", ""),
            new TestedRecipient("slack", "", "the receiver responded with 404"))
        .hasSize(4);
    assertThat(results.toString()).doesNotContain("s3cret");
    AlertsConfig nobody = config(smtp(1, "alerts"));
    assertThat(Alerts.test(nobody, transport, "a test").get(0).problem()).isNotEmpty();
    assertThat(nobody.toString()).doesNotContain("s3cret");
  }

  /** A scheduled task that throws is not run again. */
  @Test
  void anErrorDoesNotEndTheThread() {
    try (Alerts alerts = new Alerts(ABOUT_ENDPOINTS, transport, clock);
        SimulatedHookferry hooks = SimulatedHookferry.start(1)) {
      // The first round looks whether endpoints still exist, which this one does not.
      alerts.tick(hooks.hookferry(), "node-1", all -> all);
      changed(alerts, Kind.FAILING, ENDPOINT);
      clock.advance(Duration.ofMinutes(1));
      AtomicInteger calls = new AtomicInteger();
      alerts.tick(
          hooks.hookferry(),
          "node-1",
          due -> {
            calls.incrementAndGet();
            throw new NoClassDefFoundError("made up");
          });
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void noAlertsAreSentByDefault() {
    AlertsConfig none = new AlertsConfig(EnumSet.allOf(AlertType.class), "", null, null, null);
    try (Alerts alerts = new Alerts(none, transport, clock)) {
      assertThat(alerts.listener()).isEmpty();
    }
  }
}
