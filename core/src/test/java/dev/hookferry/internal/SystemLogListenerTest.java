package dev.hookferry.internal;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.hookferry.store.StoreException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A failing store must not fill the log. */
class SystemLogListenerTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");
  private static final EventType TYPE = new EventType("license_created");
  private static final EventId EVENT = new EventId("order-1");
  private static final EndpointId ENDPOINT = new EndpointId(id(1));

  private final List<String> lines = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 5;
  private final SystemLogListener listener = new SystemLogListener(new Lines(), () -> nanos);

  @Test
  void suppressesAndCountsRepeatedMessages() {
    for (int i = 0; i < 5; i++) {
      listener.fault("a commit failed", new IllegalStateException("closed"));
    }
    listener.fault("a claim failed", new IllegalStateException("closed"));
    pass(Duration.ofSeconds(10));
    listener.fault("a commit failed", new IllegalStateException("closed"));

    String cause = " cause=\"java.lang.IllegalStateException: closed\"";
    assertThat(lines)
        .containsExactly(
            "WARNING a commit failed" + cause,
            "WARNING a claim failed" + cause,
            "WARNING a commit failed" + cause + " suppressed=4");
  }

  @Test
  void countsOfWhatIsNotRepeatedAreNotLost() {
    for (int i = 0; i < 5; i++) {
      listener.settled(delivery(i).exhausted(NOW));
    }
    pass(Duration.ofSeconds(9));
    listener.attempted(attempt(9, Outcome.failed(OutcomeKind.TIMEOUT, "slow", Duration.ZERO)));
    assertThat(lines).hasSize(1);
    pass(Duration.ofSeconds(1));
    listener.attempted(attempt(9, Outcome.failed(OutcomeKind.TIMEOUT, "slow", Duration.ZERO)));
    listener.attempted(attempt(9, Outcome.failed(OutcomeKind.TIMEOUT, "slow", Duration.ZERO)));

    assertThat(lines)
        .hasSize(2)
        .last()
        .isEqualTo("WARNING delivery exhausted: more lines suppressed suppressed=4");
  }

  @Test
  void skippedDeliveryIsNotLoggedAsAWarning() {
    listener.skipped(delivery(7).exhausted(NOW));

    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("INFO blocked delivery skipped delivery=" + new DeliveryId(id(7)));
  }

  @Test
  void exhaustedDeliveryIsLoggedWithReasonAndTarget() {
    Delivery delivery = delivery(7).exhausted(NOW);
    listener.attempted(
        attempt(7, Outcome.failed(OutcomeKind.CONNECT_ERROR, "no connection", Duration.ZERO)));
    listener.settled(delivery);
    pass(Duration.ofSeconds(10));
    listener.settled(delivery(8).exhausted(NOW));
    listener.settled(
        Delivery.of(new DeliveryId(id(9)), event(EventType.TEST), ENDPOINT).exhausted(NOW));

    String about =
        "WARNING delivery exhausted: no retries left delivery=%s event=order-1"
            + " type=license_created site=default endpoint="
            + ENDPOINT
            + " attempts=1";
    assertThat(lines)
        .containsExactly(
            about.formatted(new DeliveryId(id(7)))
                + " to=https://crm.example:8443 outcome=connect_error detail=\"no connection\"",
            about.formatted(new DeliveryId(id(8))));
  }

  @Test
  void anIsolatedDeliveryIsNamed() {
    listener.isolated(delivery(7));

    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith(
            "WARNING delivery isolated: in flight during two crashes, will be sent alone delivery="
                + new DeliveryId(id(7)));
  }

  @Test
  void aStoreOutageIsOneLineAtItsStartAndOneAtItsEnd() {
    StoreException closed =
        new StoreException("jdbc:x: no connection", new ConnectException("Connection refused"));
    listener.fault("a commit failed", closed);
    listener.fault("a claim failed", closed);
    pass(Duration.ofSeconds(30));
    listener.fault("a commit failed", closed);
    pass(Duration.ofSeconds(30));
    listener.fault("a claim failed", closed);
    pass(Duration.ofMillis(40));
    listener.fault("a claim failed", closed);
    listener.storeRecovered();
    listener.storeRecovered();

    String event = "ERROR store unavailable: events are refused, nothing is sent";
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("DEBUG"))
        .containsExactly(
            event + " cause=\"Connection refused\" during=\"a commit\"",
            event + " cause=\"Connection refused\" during=\"a claim\" suppressed=2",
            "INFO store available again afterMillis=60040 suppressed=1");
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Event event(EventType type) {
    return new Event(EVENT, SiteId.DEFAULT, type, NOW, NOW, Payload.of("{}"), null);
  }

  private static Delivery delivery(int number) {
    return Delivery.of(new DeliveryId(id(number)), event(TYPE), ENDPOINT);
  }

  private static Attempt attempt(int delivery, Outcome outcome) {
    return new Attempt(
        new AttemptId(id(1)),
        new DeliveryId(id(delivery)),
        SiteId.DEFAULT,
        ENDPOINT,
        EVENT,
        TYPE,
        1,
        NOW,
        "https://crm.example:8443/hook?token=t0ken",
        outcome,
        null);
  }

  private static UUID id(int n) {
    return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | n);
  }

  /** Keeps what is logged. */
  private final class Lines implements System.Logger {
    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String line, Throwable thrown) {
      lines.add(level + " " + line);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
      lines.add(level + " " + format);
    }
  }
}
