package dev.hookferry.observe;

import static dev.hookferry.observe.EndpointHealth.WORKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointReasonTest {
  private static final Instant UNTIL = Instant.parse("2026-03-01T17:01:00Z");

  private final Samples samples = new Samples(7);
  private final Instant now = samples.now();
  private final Site site = new Site(SiteId.DEFAULT, SiteSettings.DEFAULT, now);

  @Test
  void usersPauseAndHookferryDisables() {
    EndpointHealth paused = WORKING.under(endpoint(EndpointStatus.paused(now)), site);
    assertThat(paused.state()).isEqualTo(State.PAUSED);
    assertThat(paused.isHeld()).isTrue();
    EndpointHealth disabled =
        WORKING.under(
            endpoint(EndpointStatus.disabled("the receiver responded with 410 Gone", now)), site);
    assertThat(disabled.state()).isEqualTo(State.DISABLED);
    assertThat(disabled.reason()).isEqualTo("disabled: the receiver responded with 410 Gone");
    Site off = site.with(site.settings().withWebHooksEnabled(false));
    assertThat(WORKING.under(endpoint(EndpointStatus.ENABLED), off).reason())
        .isEqualTo("webHooksEnabled is off for this site");
    assertThat(EndpointHealth.deliveryOff("noDelivery is set").reason())
        .isEqualTo("delivery is off on this node: noDelivery is set");
  }

  @Test
  void configurationHoldsWhatTheEngineKnows() {
    EndpointHealth silent = slowed(State.BACKING_OFF, 45, UNTIL);

    EndpointHealth paused = silent.under(endpoint(EndpointStatus.paused(now)), site);

    assertThat(paused)
        .isEqualTo(new EndpointHealth(State.PAUSED, "endpoint paused", 45, null, false, null));
    assertThat(silent.under(endpoint(EndpointStatus.ENABLED), site)).isEqualTo(silent);
  }

  @Test
  void rateLimitedEndpointIsNotFailing() {
    Endpoint endpoint = endpoint(EndpointStatus.ENABLED);
    EndpointHealth limited = WORKING.limitedTo(SendRate.perSecond(10)).under(endpoint, site);
    assertThat(limited.state()).isEqualTo(State.RATE_LIMITED);
    assertThat(limited.reason()).isEqualTo("limited to 10/s");
    assertThat(limited.isOnHold()).isFalse();
    Delivery due = samples.delivery(samples.event());
    assertThat(DeliveryReason.of(due, limited, now.plusSeconds(420)).text())
        .isEqualTo("waits for the limit of 10/s");
    assertThat(limited.withFailures(3).state()).isEqualTo(State.RATE_LIMITED);
    assertThat(WORKING.limitedTo(null)).isEqualTo(WORKING);
    EndpointHealth silent = slowed(State.BACKING_OFF, 45, UNTIL);
    assertThat(silent.limitedTo(SendRate.perSecond(10))).isEqualTo(silent);
  }

  @ParameterizedTest
  @CsvSource({
    "0, working, ''",
    "9, working, ''",
    "10, failing, 10 consecutive failures",
    "1234, failing, '1,234 consecutive failures'"
  })
  void failingBeginsWithTheTenthFailure(int failures, String label, String reason) {
    EndpointHealth health = EndpointHealth.sending(failures, null);

    assertThat(health.state().label()).isEqualTo(label);
    assertThat(health.reason()).isEqualTo(reason);
    assertThat(health.failures()).isEqualTo(failures);
    assertThat(health.isOnHold()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "BACKING_OFF, backing off until 17:01:00 UTC after 45 consecutive failures",
    "RATE_LIMITED, rate limited until 17:01:00 UTC because of its last response"
  })
  void aBackoffNamesItsEnd(State state, String reason) {
    EndpointHealth health = slowed(state, 45, UNTIL);

    assertThat(health.state().code()).isEqualTo(state.name().toLowerCase(Locale.ROOT));
    assertThat(health.reason()).isEqualTo(reason);
    assertThat(health.until()).isEqualTo(UNTIL);
    assertThat(health.isOnHold()).isTrue();
    assertThat(health.isHeld()).isFalse();
  }

  @Test
  void afterABackoffItIsProbedOrWorks() {
    assertThat(slowed(State.BACKING_OFF, 45, UNTIL).at(UNTIL))
        .isEqualTo(slowed(State.BACKING_OFF, 45, null));
    assertThat(slowed(State.BACKING_OFF, 45, null).reason())
        .isEqualTo("one request at a time after 45 consecutive failures");
    EndpointHealth asked = EndpointHealth.slowed(State.RATE_LIMITED, 1, UNTIL, false);
    assertThat(asked.at(UNTIL.minusMillis(1))).isSameAs(asked);
    assertThat(asked.at(UNTIL)).isEqualTo(EndpointHealth.sending(1, null));
    assertThat(asked.isRetrying()).as("nothing is sent until then").isFalse();
    assertThat(asked.at(UNTIL).isRetrying()).isTrue();
  }

  @Test
  void failuresBeforeARestartCountToo() {
    assertThat(WORKING.withFailures(45)).isEqualTo(EndpointHealth.sending(45, null));
    assertThat(slowed(State.BACKING_OFF, 10, UNTIL).withFailures(45))
        .isEqualTo(slowed(State.BACKING_OFF, 45, UNTIL));
    assertThat(EndpointHealth.gone(1).withFailures(45)).isEqualTo(EndpointHealth.gone(45));
    assertThat(EndpointHealth.sending(45, null).withFailures(3).failures()).isEqualTo(45);
  }

  @Test
  void aFaultOfOursIsTheReasonWhateverTheReceiverDid() {
    OwnFault fault = new OwnFault(OwnFault.Kind.RESOLVER, "no resolver", 3, now, now);
    EndpointHealth health = EndpointHealth.sending(2, fault);
    Delivery delivery = samples.delivery(samples.event());

    assertThat(health.state()).isEqualTo(State.FAILING);
    DeliveryReason reason = DeliveryReason.of(delivery, health, now.plusSeconds(420));
    assertThat(reason.text()).isEqualTo("attempts fail inside Hookferry: no resolver");
    assertThat(reason.isOwnFault()).isTrue();
    assertThat(DeliveryReason.of(delivery, EndpointHealth.sending(2, null), now).isOwnFault())
        .isFalse();
  }

  @Test
  void aDueDeliveryDuringABackoffIsNotNextInLine() {
    Delivery due = samples.delivery(samples.event());
    DeliveryReason reason = DeliveryReason.of(due, slowed(State.BACKING_OFF, 45, UNTIL), now);
    assertThat(reason.text()).startsWith("backing off until 17:01:00 UTC");
    assertThat(reason.nextAttemptAt()).isEqualTo(UNTIL);
  }

  @Test
  void onlyAProbedEndpointIsSentOneAtATime() {
    Delivery due = samples.delivery(samples.event());
    Instant later = now.plusSeconds(420);
    assertThat(DeliveryReason.of(due, WORKING, later))
        .isEqualTo(new DeliveryReason("due now", null));
    assertThat(DeliveryReason.of(due, EndpointHealth.sending(45, null), later).text())
        .isEqualTo("due now");
    assertThat(DeliveryReason.of(due, slowed(State.BACKING_OFF, 45, null), later).text())
        .isEqualTo("due now, one at a time after 45 consecutive failures");
  }

  @Test
  void theNextAttemptIsNeverInThePast() {
    Delivery later = samples.delivery(samples.event()).retryAt(UNTIL.plusSeconds(60));
    assertThat(DeliveryReason.of(later, WORKING, now))
        .isEqualTo(new DeliveryReason("retry scheduled", UNTIL.plusSeconds(60)));
    assertThat(DeliveryReason.of(later, slowed(State.BACKING_OFF, 45, UNTIL), now).text())
        .as("its own time comes after the back-off")
        .isEqualTo("retry scheduled");
  }

  @Test
  void heldAndFinalDeliveriesGiveAReason() {
    Delivery delivery = samples.delivery(samples.event());
    EndpointHealth paused = WORKING.under(endpoint(EndpointStatus.paused(now)), site);
    assertThat(DeliveryReason.of(delivery.held(), paused, now).text())
        .isEqualTo("on hold: endpoint paused");
    assertThat(DeliveryReason.of(delivery.exhausted(now), paused, now).text())
        .isEqualTo("given up: no retries left");
    assertThat(DeliveryReason.of(delivery.delivered(now), paused, now).text())
        .isEqualTo("delivered");
    assertThat(DeliveryReason.withoutEndpoint(delivery).text()).startsWith("endpoint removed");
  }

  /** The health of an endpoint that is probed. */
  private static EndpointHealth slowed(State state, int failures, @Nullable Instant until) {
    return EndpointHealth.slowed(state, failures, until, true);
  }

  private Endpoint endpoint(EndpointStatus status) {
    return new Endpoint(
        samples.endpoint(),
        SiteId.DEFAULT,
        TargetUrl.parse("https://crm.example/hook"),
        EndpointSettings.of(
                List.of(new EventTypeFilter("*")),
                new EndpointSigning(List.of(Signature.of(SignatureProfile.QLM)), null, List.of()))
            .build(),
        status,
        now.minus(Duration.ofDays(1)));
  }
}
