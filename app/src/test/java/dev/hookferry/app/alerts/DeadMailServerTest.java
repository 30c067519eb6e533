package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.app.config.AlertsConfig;
import dev.hookferry.app.config.SmtpConfig;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.SimulatedHookferry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A mail server that is gone or never responds delays no delivery. The simulation runs on the
 * thread of the test, and so does everything that reports to the alerts; only another thread may
 * wait for the mail server.
 */
final class DeadMailServerTest {
  private static final String WORKS = "https://works.example/";
  private static final String FAILS = "https://fails.example/";
  private static final String TYPE = "license_created";
  private static final AlertsConfig ALL =
      new AlertsConfig(EnumSet.allOf(AlertType.class), "", null, null, null);

  private final ManualClock clock = ManualClock.atNoon();
  private final ConcurrentLinkedQueue<Thread> waiting = new ConcurrentLinkedQueue<>();
  private final ServerSocket listening;

  DeadMailServerTest() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  /** Notes who waits for the mail server. */
  private final class Watched implements AlertChannel {
    private final MailChannel mail =
        new MailChannel(
            new SmtpConfig(
                "127.0.0.1",
                listening.getLocalPort(),
                SmtpConfig.Tls.NONE,
                null,
                null,
                "hookferry@example.com",
                List.of("ops@example.com")));

    @Override
    public String name() {
      return mail.name();
    }

    @Override
    public List<String> recipients() {
      return mail.recipients();
    }

    @Override
    public Map<String, RecipientRefusal> send(AlertMessage message, List<String> recipients)
        throws AlertException {
      waiting.add(Thread.currentThread());
      return mail.send(message, recipients);
    }
  }

  private Alerts alerts() {
    return new Alerts(ALL, List.of(new Watched()), clock, TimeUnit.MINUTES.toMillis(1));
  }

  private static SimulatedHookferry hooks(Alerts alerts) {
    SimulatedHookferry hooks =
        SimulatedHookferry.start(
            1,
            OutboundPolicy.strict(),
            builder -> builder.listener(alerts.listener().orElseThrow()));
    hooks.receiver(FAILS).responds(500).subscribe(TYPE);
    hooks.receiver(WORKS).subscribe(TYPE);
    return hooks;
  }

  private static void publish(SimulatedHookferry hooks, int count) {
    for (int i = 0; i < count; i++) {
      var unused = hooks.publish(NewEvent.of(TYPE, "{}"));
    }
  }

  /** Reports an endpoint that fails, and lets the alerts tell of it. */
  private void fail(Alerts alerts, SimulatedHookferry hooks, int number) {
    alerts
        .listener()
        .orElseThrow()
        .endpointChanged(
            new EndpointHealthEvent(
                Kind.FAILING,
                SiteId.DEFAULT,
                new EndpointId(new UUID(1, number)),
                new EventType(TYPE),
                "10 consecutive attempts failed",
                10,
                clock.instant()));
    clock.advance(Duration.ofMinutes(6));
    alerts.sendDue(all -> all);
    publish(hooks, 1);
  }

  @Test
  void aServerThatNeverRespondsDelaysNoDelivery() throws IOException {
    try (Alerts alerts = alerts();
        SimulatedHookferry hooks = hooks(alerts)) {
      publish(hooks, 10);
      fail(alerts, hooks, 0);
      try (Socket silent = listening.accept()) {
        assertThat(silent.isConnected()).isTrue();

        publish(hooks, 500);
        hooks.receiver(WORKS).hasReceived(511);
        // More messages than can wait.
        for (int i = 1; i <= 60; i++) {
          fail(alerts, hooks, i);
          alerts.look(hooks.hookferry(), "node-1");
        }

        hooks.receiver(WORKS).hasReceived(571);
        assertThat(alerts.isIdle()).as("a mail still waits for the server").isFalse();
      }
      onlyTheChannelsThreadWaited();
    }
  }

  @Test
  void aPortThatNobodyListensAtDelaysNoDelivery() throws IOException {
    listening.close();
    try (Alerts alerts = alerts();
        SimulatedHookferry hooks = hooks(alerts)) {
      publish(hooks, 10);
      fail(alerts, hooks, 0);
      Poll.until(() -> !waiting.isEmpty());

      publish(hooks, 500);
      alerts.look(hooks.hookferry(), "node-1");

      hooks.receiver(WORKS).hasReceived(511);
      assertThat(alerts.isIdle()).as("the mail will be tried again").isFalse();
    }
    onlyTheChannelsThreadWaited();
  }

  private void onlyTheChannelsThreadWaited() {
    assertThat(waiting)
        .isNotEmpty()
        .doesNotContain(Thread.currentThread())
        .extracting(Thread::getName)
        .containsOnly("hookferry-alerts-email");
  }
}
