package dev.hookferry.http.console.portal.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.words.Words;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TranslatedReasonsTest {
  private final TranslatedReasons reasons = new TranslatedReasons(Words.ENGLISH, Instant.EPOCH);

  @Test
  void anEndpointThatAsksForFewerRequestsIsShownAsRateLimited() {
    EndpointHealth health = EndpointHealth.slowed(State.RATE_LIMITED, 12, null, true);

    assertThat(TranslatedReasons.isFailing(health)).isFalse();
    assertThat(TranslatedReasons.isInTrouble(health)).isTrue();
    assertThat(reasons.pill(health).word()).isEqualTo("rate limited");
    assertThat(reasons.pill(EndpointHealth.slowed(State.BACKING_OFF, 12, null, true)).word())
        .isEqualTo("failing");
  }

  @Test
  void anEndpointWhoseLastAttemptsFailedIsRetrying() {
    assertThat(reasons.pill(EndpointHealth.WORKING).word()).isEqualTo("working");
    assertThat(reasons.pill(EndpointHealth.sending(1, null)).word()).isEqualTo("retrying");
    assertThat(reasons.pill(EndpointHealth.sending(10, null)).word()).isEqualTo("failing");
    SendRate rate = SendRate.parse("1/min");
    assertThat(reasons.pill(EndpointHealth.WORKING.limitedTo(rate)).word())
        .isEqualTo("rate limited");
    EndpointHealth limited = EndpointHealth.sending(1, null).limitedTo(rate);
    assertThat(reasons.pill(limited).word()).isEqualTo("retrying");
    assertThat(reasons.pill(limited.withFailures(10)).word()).isEqualTo("failing");
    EndpointHealth asked =
        EndpointHealth.slowed(State.RATE_LIMITED, 3, Instant.EPOCH.plusSeconds(60), false);
    assertThat(reasons.pill(asked).word())
        .as("its receiver asked for it")
        .isEqualTo("rate limited");
    assertThat(reasons.failures(2, "HTTP 502")).isEqualTo("last 2 attempts failed: HTTP 502");
    assertThat(reasons.failures(1, "")).isEqualTo("last attempt failed");
  }
}
