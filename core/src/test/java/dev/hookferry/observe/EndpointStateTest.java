package dev.hookferry.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.observe.EndpointState.Kind;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.signing.SignatureScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointStateTest {
  private static final Instant UNTIL = Instant.parse("2026-03-01T17:01:00Z");

  private final Samples samples = new Samples(7);
  private final Instant now = samples.now();

  @Test
  void usersPauseAndHookferryDisables() {
    EndpointState paused =
        EndpointState.of(endpoint(EndpointStatus.paused(now)), true, EndpointHealth.WELL);
    assertThat(paused.kind()).isEqualTo(Kind.PAUSED);
    assertThat(paused.isHeld()).isTrue();
    EndpointState disabled =
        EndpointState.of(
            endpoint(EndpointStatus.disabled("the receiver answered 410 Gone", now)),
            true,
            EndpointHealth.WELL);
    assertThat(disabled.kind()).isEqualTo(Kind.DISABLED);
    assertThat(disabled.reason()).isEqualTo("disabled: the receiver answered 410 Gone");
    assertThat(
            EndpointState.of(endpoint(EndpointStatus.ENABLED), false, EndpointHealth.WELL).reason())
        .isEqualTo("webHooksEnabled is off for this site");
  }

  @ParameterizedTest
  @CsvSource({
    "WELL, 0, false, working, ''",
    "WELL, 2, false, working, ''",
    "WELL, 3, false, failing, 3 consecutive failures",
    "FAILING, 45, false, failing, 45 consecutive failures",
    "FAILING, 45, true, backing off, backing off until 17:01:00 UTC after 45 consecutive failures",
    "THROTTLED, 1, true, rate limited, rate limited until 17:01:00 UTC because of its last"
        + " response",
    "GONE, 1, false, disabled, disabled: the receiver answered 410 Gone"
  })
  void otherStatesFollowFromHealth(
      State health, int failures, boolean rests, String label, String reason) {
    EndpointState state = state(health, failures, rests ? UNTIL : null);
    assertThat(state.kind().label()).isEqualTo(label);
    assertThat(state.kind().code()).isEqualTo(label.replace(' ', '_'));
    assertThat(state.reason()).isEqualTo(reason);
    assertThat(state.until()).isEqualTo(rests ? UNTIL : null);
  }

  @Test
  void aDueDeliveryDuringABackoffIsNotNextInLine() {
    Delivery due = samples.delivery(samples.event());
    DeliveryReason reason = state(State.FAILING, 45, UNTIL).reasonFor(due, now);
    assertThat(reason.text()).startsWith("backing off until 17:01:00 UTC");
    assertThat(reason.nextAttemptAt()).isEqualTo(UNTIL);
  }

  @Test
  void theNextAttemptIsNeverInThePast() {
    Delivery delivery = samples.delivery(samples.event());
    EndpointState working = state(State.WELL, 0, null);
    assertThat(working.reasonFor(delivery, now.plusSeconds(420)))
        .isEqualTo(new DeliveryReason("due now", null));
    Delivery later = delivery.retryAt(UNTIL.plusSeconds(60));
    assertThat(working.reasonFor(later, now))
        .isEqualTo(new DeliveryReason("retry scheduled", UNTIL.plusSeconds(60)));
    assertThat(state(State.FAILING, 45, UNTIL).reasonFor(later, now).text())
        .as("its own time comes after the back-off")
        .isEqualTo("retry scheduled");
  }

  @Test
  void heldAndFinalDeliveriesGiveAReason() {
    Delivery delivery = samples.delivery(samples.event());
    EndpointState paused =
        EndpointState.of(endpoint(EndpointStatus.paused(now)), true, EndpointHealth.WELL);
    assertThat(paused.reasonFor(delivery.held(), now).text()).isEqualTo("on hold: endpoint paused");
    assertThat(paused.reasonFor(delivery.exhausted(now), now).text())
        .isEqualTo("exhausted: no retries left");
    assertThat(paused.reasonFor(delivery.delivered(now), now).text()).isEqualTo("delivered");
    assertThat(DeliveryReason.withoutEndpoint(delivery).text()).startsWith("endpoint removed");
  }

  private EndpointState state(State health, int failures, @Nullable Instant until) {
    return EndpointState.of(
        endpoint(EndpointStatus.ENABLED), true, new EndpointHealth(health, failures, until));
  }

  private Endpoint endpoint(EndpointStatus standing) {
    return new Endpoint(
        samples.endpoint(),
        SiteId.DEFAULT,
        TargetUrl.parse("https://crm.example/hook"),
        EndpointSettings.of(
                List.of(new EventTypeFilter("*")),
                new EndpointSigning(Set.of(SignatureScheme.QLM), null, List.of()))
            .build(),
        standing,
        now.minus(Duration.ofDays(1)));
  }
}
