package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ProbeRateLimiter;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.EndpointTrial;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of endpoints before their registration. */
class EndpointTrialTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://a.example/in?token=t0p";
  private static final EndpointSpec ASKED = EndpointSpec.to(URL);

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void aTrialIsSignedWithTheFutureSecretOfTheEndpoint() {
    EndpointTrial trial = endpoints.probe(SITE, ASKED, null).join();

    SignedRequest sent = embedded.transport.requests().get(0);
    assertThat(valid(sent, trial.secret())).isTrue();
    assertThat(sent.body().text()).contains("\"EventType\":\"test\"", "\"endpoint\":null");
    Endpoints.Registered made = endpoints.create(SITE, ASKED.types("*"), trial.secret());
    assertThat(made.secret().reveal()).isEqualTo(trial.secret().reveal());
    var unused = endpoints.test(SITE, made.endpoint().id()).join();
    assertThat(valid(embedded.transport.requests().get(1), trial.secret())).isTrue();
  }

  @Test
  void onlyAnAuditEntryWithoutCredentialsIsKept() {
    EndpointTrial trial = endpoints.probe(SITE, ASKED, null).join();

    assertThat(trial.attempt().outcome().kind()).isEqualTo(OutcomeKind.DELIVERED);
    assertThat(endpoints.list(SITE, PageRequest.FIRST).data()).isEmpty();
    assertThat(embedded.webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data()).isEmpty();
    List<AuditEntry> log =
        embedded.webhooks.audit().list(AuditQuery.ALL).data().stream()
            .filter(entry -> entry.action() == AuditAction.ENDPOINT_TRIED)
            .toList();
    assertThat(log).hasSize(1);
    assertThat(log.get(0).target()).isEqualTo("a.example");
    assertThat(log.get(0).changes())
        .containsExactly(new FieldChange("url", null, "https://a.example/in?********"));
  }

  @Test
  void aForbiddenUrlIsNotCalled() {
    embedded.transport.refusing("a.example");
    assertThatThrownBy(() -> endpoints.probe(SITE, ASKED, null))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("url");
    assertThat(embedded.transport.requests()).isEmpty();
  }

  @Test
  void aNameThatDoesNotResolveIsAWarning() {
    embedded.transport.unresolvable("a.example");
    assertThat(endpoints.probe(SITE, ASKED, null).join().warnings())
        .containsExactly("the name a.example does not resolve at this moment");
  }

  @Test
  void aReceiverThatSendsTheSecretBackIsNotQuoted() {
    SigningSecret secret = endpoints.probe(SITE, ASKED, null).join().secret();
    embedded.transport.responding(
        URL,
        n ->
            Outcome.responded(
                new Response(500, Payload.of("got " + secret.reveal()), false, null, null),
                Duration.ofMillis(1)));
    EndpointTrial trial = endpoints.probe(SITE, ASKED, secret).join();
    assertThat(String.valueOf(trial.attempt().outcome().response()))
        .doesNotContain(secret.reveal());
    assertThat(trial.attempt().outcome().response().body().text())
        .startsWith("got ")
        .doesNotContain(secret.reveal());
  }

  @Test
  void aTransportThatFailsIsAnOutcome() {
    embedded.transport.responding(
        URL,
        n -> {
          throw new IllegalStateException("no sockets left");
        });
    assertThat(endpoints.probe(SITE, ASKED, null).join().attempt().outcome())
        .satisfies(
            outcome -> {
              assertThat(outcome.kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
              assertThat(outcome.detail()).contains("no sockets left");
            });
  }

  @Test
  void aDisabledSiteSendsNothing() {
    var unused = embedded.webhooks.settings().update(SITE, s -> s.webHooksEnabled(false));
    assertThatThrownBy(() -> endpoints.probe(SITE, ASKED, null))
        .isInstanceOf(ConflictException.class);
    assertThat(embedded.transport.requests()).isEmpty();
  }

  @Test
  void theTrialRateIsLimitedPerSite() {
    SiteId other = embedded.webhooks.sites().create(new SiteId("other")).id();
    embedded.transport.responding(URL, n -> ScriptedTransport.status(500));
    for (int i = 0; i < ProbeRateLimiter.MAX; i++) {
      var unused = endpoints.probe(SITE, ASKED, null).join();
    }
    assertThatThrownBy(() -> endpoints.probe(SITE, ASKED, null))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("20 URLs per minute");
    assertThat(embedded.transport.requests()).hasSize(ProbeRateLimiter.MAX);
    assertThat(endpoints.probe(other, ASKED, null)).succeedsWithin(Duration.ofMinutes(2));
    embedded.clock.advance(ProbeRateLimiter.WINDOW);
    assertThat(endpoints.probe(SITE, ASKED, null)).succeedsWithin(Duration.ofMinutes(2));
  }

  @Test
  void clockSetBackDoesNotBlockTrialsForHours() {
    ProbeRateLimiter limiter = new ProbeRateLimiter();
    Instant now = embedded.clock.instant();
    for (int i = 0; i < ProbeRateLimiter.MAX; i++) {
      limiter.count(SITE, now);
    }
    assertThatThrownBy(() -> limiter.count(SITE, now)).isInstanceOf(OverloadedException.class);
    limiter.count(SITE, now.minus(Duration.ofHours(3)));
  }

  private boolean valid(SignedRequest sent, SigningSecret secret) {
    Map<String, String> headers =
        sent.headers().stream()
            .collect(Collectors.toMap(SignedRequest.Header::name, SignedRequest.Header::value));
    SignatureVerifier verifier = new SignatureVerifier(embedded.clock, Duration.ofMinutes(5));
    return verifier.standard(sent.body(), headers, secret.standard())
        == SignatureVerifier.Finding.VALID;
  }
}
