package dev.hookferry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Endpoints;
import dev.hookferry.contract.support.CpuTime;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Listener;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedHookferryTest {
  private static final String CRM = "https://crm.example/hook";
  private static final NewEvent EVENT =
      NewEvent.of("license_created", "{\"ActivationKey\":\"HF4T0-D0500\"}");
  private static final Instant START = SimulatedHookferry.START;

  private final SimulatedHookferry hooks = SimulatedHookferry.start();

  @AfterEach
  void close() {
    hooks.close();
  }

  @Test
  void threeDaysOfRetriesRunInAnInstant() {
    SimulatedReceiver crm = hooks.receiver(CRM).responds(503, 503, 200);
    RetrySettings daily = RetrySettings.of(5, Duration.ofDays(1));
    hooks
        .webhooks()
        .endpoints()
        .create(SiteId.DEFAULT, EndpointSpec.to(CRM).types("license_*").retry(daily));

    Receipt receipt = hooks.publish(EVENT);
    crm.hasReceived(1);
    hooks.check(receipt).isPending().hasAttempts(1).isDueAt(START.plus(Duration.ofDays(1)));
    hooks.advance(Duration.ofDays(3));

    hooks.check(receipt).isDelivered().hasAttempts(3);
    assertThat(crm.requests())
        .extracting(ReceivedRequest::at)
        .containsExactly(START, START.plus(Duration.ofDays(1)), START.plus(Duration.ofDays(2)));
    assertThat(hooks.now()).isEqualTo(START.plus(Duration.ofDays(3)));
  }

  @Test
  void aSeedReproducesTheRunIncludingSecrets() {
    assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
  }

  private static List<String> run(long seed) {
    RetrySettings jittered = RetrySettings.of(8, Duration.ofMinutes(1)).exponential();
    List<String> seen = new ArrayList<>();
    try (SimulatedHookferry other = SimulatedHookferry.start(seed)) {
      other.receiver(CRM).responds(500);
      EndpointSpec spec = EndpointSpec.to(CRM).types("*").retry(jittered);
      Endpoints.Registered one = other.webhooks().endpoints().create(SiteId.DEFAULT, spec);
      seen.add(one.secret().reveal());
      for (int i = 0; i < 20; i++) {
        Receipt receipt = other.publish(EVENT);
        other.advance(Duration.ofMinutes(7));
        seen.add(other.check(receipt).timeline());
      }
      other.receiver(CRM).requests().forEach(request -> seen.add(request + "" + request.headers()));
    }
    return seen;
  }

  @Test
  void receiversVerifySignaturesAndSeeWhatWasSent() {
    SimulatedReceiver crm = hooks.receiver(CRM).subscribe("license_*");

    Receipt receipt = hooks.publish(EVENT);

    ReceivedRequest request = crm.requests().get(0);
    assertThat(request.isVerified()).isTrue();
    assertThat(request.eventId()).isEqualTo(receipt.id());
    assertThat(request.eventType().name()).isEqualTo("license_created");
    assertThat(request.attempt()).isEqualTo(1);
    assertThat(request.header("content-TYPE")).isEqualTo("application/json");
    assertThat(request.body().text()).contains("\"ActivationKey\":\"HF4T0-D0500\"");
  }

  @Test
  void aResetLeavesNothingForTheNextTest() {
    SiteId other = new SiteId("other");
    hooks.webhooks().sites().create(other);
    hooks.receiver(CRM).subscribe("license_*").responds(503);
    Receipt pending = hooks.publish(EVENT);

    hooks.reset();
    hooks.advance(Duration.ofDays(3));

    hooks.check(pending).is(DeliveryState.CANCELLED).hasAttempts(1);
    assertThat(hooks.webhooks().sites().find(other)).isEmpty();
    SimulatedReceiver fresh = hooks.receiver(CRM).hasReceived(0).subscribe("license_*");
    hooks.check(hooks.publish(EVENT)).isDelivered();
    fresh.hasReceived(1);
  }

  @Test
  void receiversRejectSignaturesOfOtherSecrets() {
    SimulatedReceiver crm = hooks.receiver(CRM).trust("whsec_" + "A".repeat(32)).responds(200);
    hooks.webhooks().endpoints().create(SiteId.DEFAULT, EndpointSpec.to(CRM).types("*"));

    Receipt receipt = hooks.publish(EVENT);

    assertThat(crm.requests()).noneMatch(ReceivedRequest::isVerified);
    assertThat(hooks.check(receipt).isPending().attempts())
        .extracting(attempt -> attempt.outcome().statusCode())
        .containsExactly(401);
  }

  @Test
  void everyKindOfFailureCanBeScripted() {
    SimulatedReceiver crm =
        hooks
            .receiver(CRM)
            .subscribe("*")
            .timesOut()
            .refusesConnection()
            .fails(OutcomeKind.DNS_ERROR)
            .respondsRetryAfter(429, 3_600)
            .takes(Duration.ofSeconds(20))
            .responds(200)
            .takes(Duration.ofSeconds(2))
            .responds(204);

    Receipt receipt = hooks.publish(EVENT);
    hooks.advanceUntilDone(Duration.ofDays(1));

    crm.hasReceived(6);
    List<Attempt> attempts = hooks.check(receipt).isDelivered().attempts();
    assertThat(attempts)
        .extracting(attempt -> attempt.outcome().kind())
        .containsExactly(
            OutcomeKind.TIMEOUT,
            OutcomeKind.CONNECT_ERROR,
            OutcomeKind.DNS_ERROR,
            OutcomeKind.HTTP_ERROR,
            OutcomeKind.TIMEOUT,
            OutcomeKind.DELIVERED);
    assertThat(attempts.get(0).outcome().took()).isEqualTo(Duration.ofSeconds(15));
    assertThat(Duration.between(attempts.get(3).startedAt(), attempts.get(4).startedAt()))
        .isGreaterThanOrEqualTo(Duration.ofHours(1));
    assertThat(hooks.now()).isEqualTo(attempts.get(5).startedAt().plusSeconds(2));
  }

  @Test
  void aFailedCheckPrintsTheHistoryOfTheDelivery() {
    hooks.receiver(CRM).subscribe("*").responds(503).timesOut();
    Receipt receipt = hooks.publish(EVENT);
    hooks.advance(Duration.ofMinutes(6));

    assertThatThrownBy(() -> hooks.check(receipt).isDelivered())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected the state delivered, but:")
        .hasMessageContaining("of license_created to https://crm.example/hook is pending")
        .hasMessageContaining("2026-01-01T12:00:00Z  attempt 1: 503 after PT0S")
        .hasMessageContaining("attempt 2, PT5M later: timeout after PT15S")
        .hasMessageContaining("attempt 3 is due")
        .hasMessageContaining("It is 2026-01-01T12:06:00Z now.");
    assertThatThrownBy(() -> hooks.advanceUntilDone(Duration.ofMinutes(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("still pending after PT1M")
        .hasMessageContaining("attempt 3 is due");
    assertThatThrownBy(() -> hooks.receiver(CRM).hasReceived(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("received 2 requests, not 1");
  }

  @Test
  void checksCanBeFilteredAndNeedADelivery() {
    hooks.receiver(CRM).subscribe("license_*");
    hooks.receiver("https://erp.example/").subscribe("license_*").responds(500);

    Receipt receipt = hooks.publish(EVENT);
    Receipt unwanted = hooks.publish(NewEvent.of("customer_created", "{}"));

    hooks.check(receipt).to(CRM).isDelivered();
    hooks.check(receipt).to("https://erp.example/").isPending();
    assertThatThrownBy(() -> hooks.check(receipt).isDelivered()).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> hooks.check(unwanted).isDelivered())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no endpoint got the customer_created");
  }

  @Test
  void refusalsMatchTheRealFacades() {
    assertThatThrownBy(() -> hooks.publish(NewEvent.of("no_such_type", "{}")))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> hooks.receiver("https://127.0.0.1/").subscribe("*"))
        .isInstanceOf(InvalidException.class);
    OutboundPolicy open =
        OutboundPolicy.strict()
            .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
            .allowingHttp();
    try (SimulatedHookferry local = SimulatedHookferry.start(1, open, builder -> {})) {
      assertThatCode(() -> local.receiver("http://127.0.0.1/").subscribe("*"))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void backgroundWorkRunsInVirtualTime() {
    List<Delivery> settled = new ArrayList<>();
    try (SimulatedHookferry other =
        SimulatedHookferry.start(
            1,
            OutboundPolicy.strict(),
            builder ->
                builder
                    .retention(Duration.ofDays(30))
                    .listener(
                        new Listener() {
                          @Override
                          public void settled(Delivery delivery) {
                            settled.add(delivery);
                          }
                        }))) {
      SimulatedReceiver crm = other.receiver(CRM).subscribe("*");
      for (int i = 0; i < 100; i++) {
        var unused = other.publish(EVENT);
      }
      other.advance(Duration.ofMinutes(1));
      ReplayWindow all = ReplayWindow.since(START).statuses(Set.of(DeliveryState.DELIVERED));
      ReplayJob job = other.webhooks().replays().start(SiteId.DEFAULT, all, 10);

      other.advance(Duration.ofSeconds(5));
      assertThat(crm.requests()).hasSizeBetween(140, 160);
      other.advance(Duration.ofMinutes(1));
      crm.hasReceived(200);
      assertThat(other.webhooks().replays().get(SiteId.DEFAULT, job.id()).state())
          .isEqualTo(ReplayState.DONE);
      assertThat(settled).hasSize(200);

      other.advance(Duration.ofDays(31));
      assertThat(other.hookferry().backlog().pending()).isZero();
      assertThat(other.webhooks().deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data())
          .isEmpty();
    }
  }

  @Test
  void goneEndpointIsDisabledAndResumed() {
    SimulatedReceiver crm = hooks.receiver(CRM).subscribe("*").responds(410, 200);
    Receipt receipt = hooks.publish(EVENT);
    Endpoint endpoint = hooks.webhooks().endpoints().all(SiteId.DEFAULT).get(0);
    assertThat(endpoint.enabled()).isFalse();

    hooks.webhooks().endpoints().resume(SiteId.DEFAULT, endpoint.id(), null);
    hooks.advanceUntilDone(Duration.ofHours(1));

    crm.hasReceived(2);
    hooks.check(receipt).isDelivered();
  }

  @Test
  void untilAllIsDoneMeansAtEverySite() {
    hooks.receiver(CRM).responds(503, 200, 503, 200);
    for (int i = 40; i <= 99; i++) {
      hooks.webhooks().sites().create(new SiteId("s" + i));
      hooks.advance(Duration.ofSeconds(1));
    }
    for (SiteId site : List.of(new SiteId("s40"), new SiteId("s99"))) {
      hooks.webhooks().endpoints().create(site, EndpointSpec.to(CRM).types("*"));
      Receipt receipt = hooks.publish(site, EVENT);
      hooks.check(site, receipt).isPending();

      hooks.advanceUntilDone(Duration.ofHours(1));

      hooks.check(site, receipt).isDelivered();
    }
  }

  @Test
  void continuationsRunAndOtherFacadeCallsReturn() {
    hooks.receiver(CRM).subscribe("*").responds(500, 200);
    List<Receipt> receipts = new ArrayList<>();

    var chain =
        hooks
            .webhooks()
            .publish(SiteId.DEFAULT, EVENT)
            .thenCompose(
                first -> {
                  receipts.add(first);
                  return hooks.webhooks().publish(SiteId.DEFAULT, EVENT);
                })
            .thenAccept(receipts::add);
    hooks.advance(Duration.ZERO);

    assertThat(chain).isCompleted();
    Receipt first = receipts.get(0);
    hooks.check(first).isPending();
    Delivery pending =
        hooks.webhooks().events().get(SiteId.DEFAULT, first.id()).deliveries().get(0);
    CompletableFuture<Delivery> retried =
        hooks.webhooks().deliveries().retry(SiteId.DEFAULT, pending.id());
    assertThat(retried).isCompleted();
    hooks.advance(Duration.ofSeconds(1));
    hooks.check(first).isDelivered();
    hooks.check(receipts.get(1)).isDelivered();
  }

  @Test
  void timeOnlyMovesForward() {
    assertThatThrownBy(() -> hooks.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("by must not be negative (got PT-1S)");
  }

  @Test
  void aYearPassesQuickly() {
    SimulatedReceiver crm = hooks.receiver(CRM).subscribe("*").responds(503);
    Receipt receipt = hooks.publish(EVENT);
    Duration took = CpuTime.of(() -> hooks.advance(Duration.ofDays(365)));

    hooks.check(receipt).isExhausted().hasAttempts(6);
    crm.hasReceived(6);
    assertThat(took).isLessThan(Duration.ofSeconds(5));
  }
}
