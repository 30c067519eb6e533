package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.testing.ReceivedRequest;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The tests that the page about testing shows. */
class TestingExampleTest {
  // tag::retries
  @Test
  void receiverDownForTwoDaysGetsItsEvent() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      SimulatedReceiver crm = hooks.receiver("https://crm.example/hook").responds(503, 503, 200);
      hooks
          .webhooks()
          .endpoints()
          .create(
              SiteId.DEFAULT,
              EndpointSpec.to("https://crm.example/hook")
                  .types("license_*")
                  .retry(RetrySettings.of(5, Duration.ofDays(1))));

      Receipt receipt = hooks.publish(NewEvent.of("license_created", "{\"Key\":\"HF4T0\"}"));
      hooks.advance(Duration.ofDays(3));

      hooks.check(receipt).isDelivered().hasAttempts(3);
      crm.hasReceived(3);
    }
  }

  // end::retries

  // tag::signature
  @Test
  void requestsAreSigned() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      SimulatedReceiver crm = hooks.receiver("https://crm.example/hook").subscribe("license_*");

      Receipt receipt = hooks.publish(NewEvent.of("license_created", "{\"Key\":\"HF4T0\"}"));

      ReceivedRequest request = crm.requests().get(0);
      assertThat(request.isVerified()).isTrue();
      assertThat(request.eventId()).isEqualTo(receipt.id());
      assertThat(request.body().text()).contains("\"Key\":\"HF4T0\"");
    }
  }

  // end::signature

  // tag::failures
  @Test
  void anythingCanGoWrong() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      hooks
          .receiver("https://crm.example/hook")
          .subscribe("license_*")
          .refusesConnection()
          .timesOut()
          .respondsRetryAfter(429, 3_600)
          .takes(Duration.ofSeconds(2))
          .responds(200);

      Receipt receipt = hooks.publish(NewEvent.of("license_created", "{}"));
      hooks.advanceUntilDone(Duration.ofDays(1));

      hooks.check(receipt).isDelivered().hasAttempts(4);
    }
  }

  // end::failures

  @Test
  void theLifeLineOfThePageIsWhatACheckPrints() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      hooks.receiver("https://crm.example/hook").subscribe("*").responds(503).timesOut();
      Receipt receipt = hooks.publish(NewEvent.of("license_created", "{}"));
      hooks.advance(Duration.ofMinutes(6));

      String page = JavaBlock.read(Path.of("../docs/testing.md"));

      assertThat(hooks.now()).isEqualTo(Instant.parse("2026-01-01T12:06:00Z"));
      assertThat(page)
          .contains(hooks.check(receipt).timeline().replaceFirst("dlv_\\w+", "dlv_01kdw…"));
    }
  }
}
