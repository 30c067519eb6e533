package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The story of the page on delivery: one event a minute, and a receiver that is down from 12:00 to
 * 14:00.
 */
class DeliveryExampleTest {
  private static final String URL = "https://crm.example/hook";
  private static final Pattern SCHEDULE = Pattern.compile("by the schedule `([^`]+)`");
  private static final Pattern DELIVERED = Pattern.compile("(?m)^ {2}(\\S+)Z {2}delivered$");

  private final List<Receipt> receipts = new ArrayList<>();
  private SimulatedHookferry hooks;
  private SimulatedReceiver receiver;

  @BeforeEach
  void start() {
    hooks = SimulatedHookferry.start();
    receiver = hooks.receiver(URL).refusesConnection();
  }

  @AfterEach
  void close() {
    hooks.close();
  }

  @Test
  void everyEventArrivesWhenThePageSays() throws IOException {
    EndpointId id = endpoint(schedule());
    publishUntil("12:04:04");
    assertThat(health(id).state()).isEqualTo(EndpointHealth.State.WORKING);
    hooks.advance(Duration.ofSeconds(1));
    assertThat(health(id).state()).isEqualTo(EndpointHealth.State.BACKING_OFF);
    assertThat(health(id).failures()).isEqualTo(EndpointHealth.FAILING_AFTER);
    publishUntil("13:59:59");
    assertThat(timeline(0))
        .contains("T12:00:05Z  attempt 2", "T12:05:05Z  attempt 3", "T12:35:05Z  attempt 4")
        .contains("T14:35:05Z  attempt 5 is due");

    receiver.responds(200);
    publishUntil("14:00:00");
    assertThat(health(id)).isEqualTo(EndpointHealth.WORKING);
    hooks.advance(Duration.ofDays(1));
    for (int minute = 0; minute < 85; minute++) {
      assertThat(deliveredAt(minute)).isBetween(time("14:35:00"), time("16:00:00"));
      hooks.check(receipts.get(minute)).isDelivered().hasAttempts(5);
    }
    for (int minute = 85; minute < 120; minute++) {
      assertThat(deliveredAt(minute)).isBetween(time("14:00:00"), time("14:30:00"));
    }
    assertThat(deliveredAt(120)).isEqualTo(time("14:00:00"));
  }

  @Test
  void theDefaultsGiveASingleEventUpAfter25Minutes() {
    EndpointId unused = endpoint(RetrySettings.DEFAULT);
    receipts.add(hooks.publish(NewEvent.of("license_created", "{}")));
    hooks.advance(Duration.ofHours(2));

    assertThat(timeline(0)).contains("T12:25:00Z  attempt 6", "T12:25:00Z  exhausted");
  }

  private EndpointId endpoint(RetrySettings retry) {
    EndpointSpec spec = EndpointSpec.to(URL).types("license_*").retry(retry);
    return hooks.webhooks().endpoints().create(SiteId.DEFAULT, spec).endpoint().id();
  }

  /** Publishes an event at each full minute until this time. */
  private void publishUntil(String end) {
    for (; hooks.now().isBefore(time(end)); hooks.advance(Duration.ofSeconds(1))) {
      publishAtFullMinute();
    }
    publishAtFullMinute();
  }

  private void publishAtFullMinute() {
    Duration elapsed = Duration.between(SimulatedHookferry.START, hooks.now());
    if (elapsed.toSeconds() == 60L * receipts.size()) {
      receipts.add(hooks.publish(NewEvent.of("license_created", "{}")));
    }
  }

  private EndpointHealth health(EndpointId id) {
    Endpoints endpoints = hooks.webhooks().endpoints();
    Endpoint endpoint = endpoints.get(SiteId.DEFAULT, id);
    return endpoints.health(endpoint);
  }

  private String timeline(int event) {
    return hooks.check(receipts.get(event)).timeline();
  }

  private Instant deliveredAt(int event) {
    Matcher line = DELIVERED.matcher(timeline(event));
    assertThat(line.find()).as(timeline(event)).isTrue();
    return Instant.parse(line.group(1) + "Z");
  }

  private static Instant time(String clock) {
    return Instant.parse("2026-01-01T" + clock + "Z");
  }

  /** Returns the schedule of the page. */
  private static RetrySettings schedule() throws IOException {
    Matcher shown = SCHEDULE.matcher(Files.readString(Path.of("delivery.md")));
    assertThat(shown.find()).isTrue();
    return RetrySettings.schedule(
        Stream.of(shown.group(1).split(","))
            .map(delay -> Duration.parse("PT" + delay.toUpperCase(Locale.ROOT)))
            .toList());
  }
}
