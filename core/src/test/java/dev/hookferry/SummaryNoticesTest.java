package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.Backlog;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Operational events that tell of many deliveries at once. */
class SummaryNoticesTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String CRM = "https://crm.example/hook?token=secret";
  private static final String SHOP = "https://shop.example/";
  private static final String OPS = "https://ops.example/";

  private static EndpointSpec crm() {
    return EndpointSpec.to(CRM).types("license_created");
  }

  private static void publish(SimulatedHookferry hooks, int count) {
    for (int i = 0; i < count; i++) {
      var unused = hooks.publish(NewEvent.of("license_created", "{}"));
    }
  }

  @Test
  void oneEventReportsManyExhaustedDeliveries() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      SimulatedReceiver receiver = hooks.receiver(CRM).responds(500);
      var unused =
          hooks
              .webhooks()
              .endpoints()
              .create(SITE, crm().retry(RetrySettings.DEFAULT.maxRetries(0)));
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("delivery_exhausted");
      publish(hooks, 5);
      hooks.advance(Duration.ofMinutes(2));
      receiver.hasReceived(5);
      ops.hasReceived(1);
      assertThat(ops.requests().get(0).body().text())
          .contains(
              "\"EventType\":\"delivery_exhausted\"",
              "\"site\":\"default\",\"count\":5,\"endpoints\":1,\"endpoint\":\"ep_",
              "\"host\":\"crm.example\"",
              "\"delivery\":\"dlv_")
          .doesNotContain("token");

      publish(hooks, 3);
      hooks.advance(Duration.ofMinutes(5));
      ops.hasReceived(1);
      hooks.advance(Duration.ofMinutes(10));
      ops.hasReceived(2);
      hooks.advance(Duration.ofHours(2));
      ops.hasReceived(2);
    }
  }

  @Test
  void aSummaryDoesNotDependOnTheEndpointThatFailedFirst() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      hooks.receiver(CRM).responds(500);
      hooks.receiver(SHOP).responds(500);
      EndpointId removed = createWithoutRetries(hooks, CRM, "license_created");
      publish(hooks, 1);
      SimulatedReceiver ops = hooks.receiver(OPS).responds(500, 200);
      var unused = createWithoutRetries(hooks, OPS, "license_created", "delivery_exhausted");
      publish(hooks, 1);
      unused = createWithoutRetries(hooks, SHOP, "license_created");
      publish(hooks, 1);
      hooks.webhooks().endpoints().remove(SITE, removed);
      hooks.advance(Duration.ofMinutes(2));
      assertOneSummary(ops, "\"count\":5,\"endpoints\":3,", "\"host\":\"ops.example\"");
    }
  }

  private static void assertOneSummary(SimulatedReceiver receiver, String... parts) {
    assertThat(receiver.requests())
        .filteredOn(request -> request.body().text().contains("delivery_exhausted"))
        .singleElement()
        .extracting(request -> request.body().text())
        .asString()
        .contains(parts);
  }

  @Test
  void everySubscriberLearnsOfExhaustedDeliveriesOfOthers() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      SimulatedReceiver first = hooks.receiver(CRM).responds(500, 200);
      SimulatedReceiver second = hooks.receiver(SHOP).responds(500, 200);
      var unused = createWithoutRetries(hooks, CRM, "license_created", "delivery_exhausted");
      unused = createWithoutRetries(hooks, SHOP, "license_created", "delivery_exhausted");
      publish(hooks, 1);
      hooks.advance(Duration.ofMinutes(2));

      assertOneSummary(first, "\"count\":2,\"endpoints\":2,");
      assertOneSummary(second, "\"count\":2,\"endpoints\":2,");
    }
  }

  private static EndpointId createWithoutRetries(
      SimulatedHookferry hooks, String url, String... types) {
    return hooks
        .webhooks()
        .endpoints()
        .create(SITE, EndpointSpec.to(url).types(types).retry(RetrySettings.DEFAULT.maxRetries(0)))
        .endpoint()
        .id();
  }

  @Test
  void endpointIsNotNotifiedOfItsOwnExhaustedDeliveries() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      SimulatedReceiver receiver = hooks.receiver(CRM).responds(500);
      var unused = createWithoutRetries(hooks, CRM, "license_created", "delivery_exhausted");
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("delivery_exhausted");
      publish(hooks, 1);
      hooks.advance(Duration.ofMinutes(30));
      ops.hasReceived(1);
      receiver.hasReceived(1);
    }
  }

  @Test
  void failedTestsAreNotReported() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      SimulatedReceiver receiver = hooks.receiver(CRM).responds(500);
      EndpointId crm = createWithoutRetries(hooks, CRM, "license_created");
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("delivery_exhausted");
      var unused = hooks.webhooks().endpoints().test(SITE, crm);
      hooks.advance(Duration.ofMinutes(30));
      receiver.hasReceived(1);
      ops.hasReceived(0);
    }
  }

  @Test
  void exhaustedOperationalEventsAreNotReported() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      hooks.receiver(CRM).responds(410);
      var unused = hooks.webhooks().endpoints().create(SITE, crm());
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("endpoint_disabled").responds(500);
      SimulatedReceiver other =
          hooks.receiver("https://other.example/").subscribe("delivery_exhausted");
      publish(hooks, 1);
      hooks.advance(Duration.ofDays(30));
      assertThat(ops.requests()).hasSizeGreaterThan(1);
      other.hasReceived(0);
    }
  }

  @Test
  void deliveriesOnHoldAreNotLate() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      Webhooks webhooks = hooks.webhooks();
      EndpointId paused = webhooks.endpoints().create(SITE, crm()).endpoint().id();
      SiteId off = new SiteId("off");
      var unused = webhooks.sites().create(off);
      EndpointId shop =
          webhooks
              .endpoints()
              .create(off, EndpointSpec.to(SHOP).types("license_created").enabled(false))
              .endpoint()
              .id();
      assertThat(hooks.publish(off, NewEvent.of("license_created", "{}")).deliveries())
          .isEqualTo(1);
      webhooks.settings().update(off, settings -> settings.webHooksEnabled(false));
      webhooks.endpoints().change(off, shop, EndpointSpec.change().enabled(true));
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("backlog_late");
      webhooks.endpoints().change(SITE, paused, EndpointSpec.change().enabled(false));
      publish(hooks, 1);
      hooks.advance(Duration.ofDays(1));

      ops.hasReceived(0);
      assertThat(hooks.hookferry().backlog()).isEqualTo(new Backlog(2, null));
    }
  }

  @Test
  void deliveriesThatWaitForTheirReceiverAreNotLate() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      hooks.receiver(CRM).responds(503);
      var unused = hooks.webhooks().endpoints().create(SITE, crm());
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("backlog_late");
      publish(hooks, 50);
      hooks.advance(Duration.ofHours(2));

      ops.hasReceived(0);
      assertThat(hooks.hookferry().backlog()).isEqualTo(new Backlog(50, null));
    }
  }

  @Test
  void deliveriesThatWaitForTheRateOfTheirEndpointAreNotLate() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      hooks.receiver(CRM);
      SendLimits slow = SendLimits.of(SendRate.parse("1/min"));
      var unused = hooks.webhooks().endpoints().create(SITE, crm().limits(slow));
      publish(hooks, 30);
      hooks.advance(Duration.ofMinutes(10));

      assertThat(hooks.hookferry().backlog()).isEqualTo(new Backlog(19, null));
    }
  }

  @Test
  void deliveriesThatAResumeReleasesAreNotLateForFiveMinutes() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      Webhooks webhooks = hooks.webhooks();
      EndpointId id = slowCrm(hooks);
      webhooks.endpoints().change(SITE, id, EndpointSpec.change().enabled(false));
      publish(hooks, 50);
      hooks.advance(Duration.ofDays(1));
      webhooks.endpoints().change(SITE, id, EndpointSpec.change().enabled(true));
      hooks.advance(Duration.ofMinutes(4));
      assertThat(hooks.hookferry().backlog().oldestDue()).isNull();
      hooks.advance(Duration.ofMinutes(2));
      assertThat(hooks.hookferry().backlog().oldestDue()).isNotNull();
    }
  }

  @Test
  void deliveriesThatAResumeReleasesAtARateAreNotLate() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      Webhooks webhooks = hooks.webhooks();
      hooks.receiver(CRM);
      EndpointId id = webhooks.endpoints().create(SITE, crm()).endpoint().id();
      webhooks.endpoints().change(SITE, id, EndpointSpec.change().enabled(false));
      publish(hooks, 1_200);
      hooks.advance(Duration.ofDays(1));
      Endpoint resumed = webhooks.endpoints().resume(SITE, id, 1);
      assertThat(resumed.enabled()).isTrue();
      hooks.advance(Duration.ofMinutes(10));

      assertThat(hooks.hookferry().backlog().pending()).isBetween(500L, 700L);
      assertThat(hooks.hookferry().backlog().oldestDue()).isNull();
    }
  }

  @Test
  void heldDeliveriesAreNotReportedLateRightAfterASiteIsEnabled() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      Webhooks webhooks = hooks.webhooks();
      var unused = slowCrm(hooks);
      publish(hooks, 100);
      webhooks.settings().update(SITE, settings -> settings.webHooksEnabled(false));
      hooks.advance(Duration.ofDays(1));
      webhooks.settings().update(SITE, settings -> settings.webHooksEnabled(true));
      hooks.advance(Duration.ofMinutes(4));

      assertThat(hooks.hookferry().backlog().pending()).isGreaterThan(50);
      assertThat(hooks.hookferry().backlog().oldestDue()).isNull();
      hooks.advance(Duration.ofMinutes(2));
      assertThat(hooks.hookferry().backlog().oldestDue()).isNotNull();
    }
  }

  /** Adds an endpoint that takes one event at a time, for ten seconds each. */
  private static EndpointId slowCrm(SimulatedHookferry hooks) {
    int[] many = new int[600];
    Arrays.fill(many, 200);
    hooks.receiver(CRM).takes(Duration.ofSeconds(10)).responds(many);
    return hooks
        .webhooks()
        .endpoints()
        .create(SITE, crm().limits(SendLimits.NONE.concurrency(1)))
        .endpoint()
        .id();
  }

  @Test
  void lateBacklogIsReportedOnceAnHour() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      var unused = slowCrm(hooks);
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("backlog_late");
      publish(hooks, 100);
      hooks.advance(Duration.ofMinutes(4));
      ops.hasReceived(0);
      hooks.advance(Duration.ofMinutes(20));
      ops.hasReceived(1);
      assertThat(ops.requests().get(0).body().text())
          .contains("\"EventType\":\"backlog_late\"", "\"pending\":", "\"lateSeconds\":3");
      hooks.advance(Duration.ofHours(3));
      ops.hasReceived(1);
    }
  }

  @Test
  void newClockHourCausesNoRepeatedReport() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      var unused = slowCrm(hooks);
      SimulatedReceiver ops = hooks.receiver(OPS).subscribe("backlog_late");
      hooks.advance(Duration.ofMinutes(52));
      publish(hooks, 500);
      hooks.advance(Duration.ofMinutes(7));
      ops.hasReceived(1);
      hooks.advance(Duration.ofMinutes(58));
      ops.hasReceived(1);
      hooks.advance(Duration.ofMinutes(5));
      ops.hasReceived(2);
    }
  }
}
