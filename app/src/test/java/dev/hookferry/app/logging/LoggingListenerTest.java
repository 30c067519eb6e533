package dev.hookferry.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.LogConfig;
import dev.hookferry.app.config.LogFormat;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.store.StoreException;
import dev.hookferry.testing.ManualClock;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoggingListenerTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");
  private static final EventType TYPE = new EventType("license_created");
  private static final EventId EVENT = new EventId("order-1");

  private final ManualClock clock = new ManualClock(NOW);
  private final LoggingListener listener =
      new LoggingListener(clock, AttemptTracing.OFF, "file:./data");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void silence() {
    Logs.off();
  }

  @Test
  void successIsLoggedOnlyAtDebug() {
    at(LogLevel.INFO);
    listener.accepted(event(), 2);
    listener.attempted(attempt(1, 1, Outcome.failed(OutcomeKind.DELIVERED, "", Duration.ZERO)));
    assertThat(lines()).isEmpty();
    at(LogLevel.DEBUG);
    listener.accepted(event(), 2);
    listener.attempted(attempt(1, 1, Outcome.failed(OutcomeKind.DELIVERED, "", Duration.ZERO)));
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).contains("event accepted event=order-1", "deliveries=2");
  }

  @Test
  void warnsOfWhatExpires() {
    at(LogLevel.INFO);
    EndpointId endpoint = EndpointId.parse("ep_01kdwpvng0e0185wjgqej23c2w");
    listener.expiryNoticed(
        new ExpiryNotice(
            ExpiryNotice.Kind.CERTIFICATE, SiteId.DEFAULT, endpoint, "CN=client", 7, NOW));
    listener.expiryNoticed(
        new ExpiryNotice(ExpiryNotice.Kind.SIGNATURE, SiteId.DEFAULT, endpoint, "github", 0, NOW));
    assertThat(lines().get(0))
        .contains(
            "WARN",
            "client certificate expires site=default endpoint=" + endpoint + " name=\"CN=client\"",
            "expiresAt=2026-04-29T16:39:49Z");
    assertThat(lines().get(1)).contains("signature expires", "name=github");
  }

  @Test
  void aFailureSaysWhereHowAndWhyButNoPayloadAndNoPath() {
    at(LogLevel.INFO);
    listener.attempted(attempt(1, 2, timeout("nothing \"came\"")));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains(
            "INFO  attempt failed",
            " delivery=dlv_",
            "to=https://crm.example:8443",
            "attempt=2",
            "outcome=timeout",
            "detail=\"nothing \\\"came\\\"\"")
        .doesNotContain("token", "hook");
  }

  @Test
  void anEndpointThatFailsAllTheTimeDoesNotFloodTheLog() {
    at(LogLevel.INFO);
    for (int i = 1; i <= 100; i++) {
      listener.attempted(attempt(1, i, timeout("")));
    }
    listener.attempted(attempt(2, 1, timeout("")));
    assertThat(lines()).hasSize(4);
    clock.advance(Duration.ofMinutes(1));
    listener.attempted(attempt(1, 101, timeout("")));
    assertThat(lines()).hasSize(5).last().asString().contains("suppressed=97");
  }

  @Test
  void attemptsWithoutALineAreCountedAtTheEndOfTheMinute() {
    at(LogLevel.INFO);
    for (int i = 1; i <= 30; i++) {
      listener.attempted(attempt(1, i, timeout("")));
    }
    clock.advance(Duration.ofSeconds(59));
    listener.logSuppressed();
    assertThat(lines()).hasSize(3);
    clock.advance(Duration.ofSeconds(1));
    listener.logSuppressed();
    listener.logSuppressed();
    assertThat(lines())
        .hasSize(4)
        .last()
        .asString()
        .endsWith(
            "INFO  attempt failed: more lines suppressed endpoint=%s %s suppressed=27"
                .formatted(new EndpointId(id(1)), "to=https://crm.example:8443 outcome=timeout"));
  }

  @Test
  void noCountOfManyEndpointsIsLostAndNoneIsLostAtTheEnd() {
    at(LogLevel.INFO);
    for (int i = 0; i < 3_000; i++) {
      listener.attempted(attempt(i % 1_500, 1, timeout("")));
    }
    Delivery delivery = Delivery.of(new DeliveryId(id(9)), event(), new EndpointId(id(1)));
    for (int i = 0; i < 100; i++) {
      listener.settled(delivery.exhausted(NOW));
    }
    for (int i = 0; i < 5; i++) {
      listener.fault("a commit failed", new StoreException("away"));
    }
    listener.logAllLeftOut();
    listener.logAllLeftOut();
    assertThat(sumOfSuppressed("attempt failed")).isEqualTo(3_000 - 60);
    assertThat(sumOfSuppressed("delivery exhausted")).isEqualTo(100 - 60);
    assertThat(sumOfSuppressed("store unavailable")).isEqualTo(5 - 1);
    assertThat(lines()).hasSizeLessThan(60 + 61 + 60 + 1 + 2 + 1);
  }

  private long sumOfSuppressed(String event) {
    return lines().stream()
        .filter(line -> line.contains(" " + event + ": more lines suppressed "))
        .mapToLong(line -> Long.parseLong(line.replaceFirst(".* suppressed=", "")))
        .sum();
  }

  @Test
  void manyEndpointsThatFailDoNotFloodItEither() {
    at(LogLevel.INFO);
    for (int i = 0; i < 500; i++) {
      listener.attempted(attempt(i, 1, timeout("")));
    }
    assertThat(lines()).hasSize(60);
  }

  @Test
  void anEndpointThatFailsIsNamedWithItsHost() {
    at(LogLevel.INFO);
    EndpointId endpoint = new EndpointId(id(1));
    EndpointHealthEvent failing =
        new EndpointHealthEvent(
            EndpointHealthEvent.Kind.FAILING, SiteId.DEFAULT, endpoint, TYPE, "no", 10, NOW);
    listener.endpointChanged(failing);
    assertThat(lines().get(0)).doesNotContain(" to=").endsWith(" failures=10 reason=no");
    listener.attempted(attempt(1, 10, timeout("")));
    listener.endpointChanged(failing);
    assertThat(lines().get(2))
        .endsWith(
            "WARN  endpoint failing site=default endpoint=%s %s failures=10 reason=no"
                .formatted(endpoint, "to=https://crm.example:8443"));
  }

  @Test
  void exhaustedIsAWarning() {
    at(LogLevel.INFO);
    Delivery delivery = Delivery.of(new DeliveryId(id(9)), event(), new EndpointId(id(1)));
    listener.settled(delivery.exhausted(NOW));
    listener.settled(delivery.delivered(NOW));
    assertThat(lines()).singleElement().asString().contains("WARN", "exhausted", "attempts=1");
  }

  @Test
  void skippedDeliveryIsNotLoggedAsAWarning() {
    at(LogLevel.INFO);
    Delivery delivery = Delivery.of(new DeliveryId(id(9)), event(), new EndpointId(id(1)));
    listener.skipped(delivery.exhausted(NOW));
    assertThat(lines()).singleElement().asString().contains("INFO  blocked delivery skipped");
  }

  @Test
  void exhaustedDeliveryIsLoggedWithReasonAndTarget() {
    at(LogLevel.INFO);
    EndpointId endpoint = new EndpointId(id(1));
    for (int i = 1; i <= 30; i++) {
      listener.attempted(attempt(1, i, timeout("no response in 30 s")));
    }
    listener.settled(Delivery.of(new DeliveryId(id(7)), event(), endpoint).exhausted(NOW));
    listener.settled(Delivery.of(new DeliveryId(id(8)), event(), endpoint).exhausted(NOW));
    assertThat(lines().get(3))
        .contains("WARN  delivery exhausted: no retries left delivery=" + new DeliveryId(id(7)))
        .endsWith(" to=https://crm.example:8443 outcome=timeout detail=\"no response in 30 s\"");
    assertThat(lines().get(4)).as("another delivery").endsWith(" attempts=1");
  }

  @Test
  void anIsolatedDeliveryIsAWarning() {
    at(LogLevel.INFO);
    listener.isolated(Delivery.of(new DeliveryId(id(9)), event(), new EndpointId(id(1))));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains(
            "WARN  delivery isolated: in flight during two crashes, will be sent alone delivery=dlv_");
  }

  @Test
  void failedTestIsNotLoggedAsAWarning() {
    at(LogLevel.INFO);
    Event test = new Event(EVENT, SiteId.DEFAULT, EventType.TEST, NOW, NOW, Payload.of("{}"), null);
    Delivery delivery = Delivery.of(new DeliveryId(id(9)), test, new EndpointId(id(1)));
    listener.settled(delivery.exhausted(NOW));
    assertThat(lines()).isEmpty();
  }

  @Test
  void aFaultNamesItsCausesInOneLine() {
    at(LogLevel.INFO);
    listener.fault("a commit failed", new IllegalStateException("a", new RuntimeException("b\nc")));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("WARN  a commit failed", "IllegalStateException: a: RuntimeException: b\\nc");
  }

  @Test
  void storeOutageIsOneLineAtItsStartAndOneAtItsEnd() {
    at(LogLevel.INFO);
    listener.storeRecovered();
    for (int i = 0; i < 100; i++) {
      listener.fault(i % 2 == 0 ? "a commit failed" : "a claim failed", new StoreException("away"));
    }
    listener.storeRecovered();
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0))
        .endsWith(
            "ERROR store unavailable: events are refused, nothing is sent"
                + " store=file:./data cause=away during=\"a commit\"");
    assertThat(lines().get(1)).endsWith("INFO  store available again afterMillis=0 suppressed=99");
  }

  @Test
  void theCauseOfAnOutageIsTheInnermostOne() {
    at(LogLevel.INFO);
    Exception refused = new ConnectException("Connection refused");
    Exception pool = new IllegalStateException("not available after 1503ms (total=0)", refused);
    listener.fault("heartbeat failed", new StoreException("jdbc:x: no connection: x", pool));
    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith(" cause=\"Connection refused\" during=heartbeat");
  }

  private void at(LogLevel level) {
    Logs.to(out, new LogConfig(LogFormat.TEXT, level));
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Outcome timeout(String detail) {
    return Outcome.failed(OutcomeKind.TIMEOUT, detail, Duration.ofMillis(12));
  }

  private static Event event() {
    Payload payload = Payload.of("{\"payload\":1}");
    return new Event(EVENT, SiteId.DEFAULT, TYPE, NOW, NOW, payload, null);
  }

  private static Attempt attempt(int endpoint, int number, Outcome outcome) {
    return new Attempt(
        new AttemptId(id(number)),
        new DeliveryId(id(7)),
        SiteId.DEFAULT,
        new EndpointId(id(endpoint)),
        EVENT,
        TYPE,
        number,
        NOW,
        "https://crm.example:8443/hook?token=t0ken",
        outcome,
        null);
  }

  private static UUID id(int n) {
    return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | n);
  }
}
