package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientAuthStyle;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Listener;
import dev.hookferry.transport.EndpointTrial;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access tokens of an authorization server: fetched once, kept, replaced, and told apart. */
class AccessTokensTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";
  private static final String TOKEN_URL = "https://login.example/token";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();
  private final EndpointId id = create(AuthSpec.oauth2(TOKEN_URL, "hf", "s3cret-client"));

  private EndpointId create(AuthSpec auth) {
    embedded.transport.responding(TOKEN_URL, n -> token("token-" + n, 3600));
    EndpointSpec asked = EndpointSpec.to(URL).types("*").auth(auth);
    return endpoints.create(SITE, asked).endpoint().id();
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void fetchesATokenOnceAndKeepsItUntilAMinuteBeforeItsEnd() {
    assertThat(test().isSuccess()).isTrue();
    assertThat(test().isSuccess()).isTrue();
    assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-1");

    embedded.clock.advance(Duration.ofSeconds(3539));
    test();
    embedded.clock.advance(Duration.ofSeconds(1));
    test();
    assertThat(sent())
        .containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-2");
  }

  @Test
  void asksByTheClientCredentialsGrant() {
    test();
    SignedRequest asked = embedded.transport.requestsTo(TOKEN_URL).get(0);
    assertThat(header(asked, "Authorization")).isEqualTo("Basic aGY6czNjcmV0LWNsaWVudA==");
    assertThat(header(asked, "Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(asked.body().text()).isEqualTo("grant_type=client_credentials");

    AuthSpec post =
        AuthSpec.oauth2(TOKEN_URL, "h f", "&=")
            .style(ClientAuthStyle.POST)
            .scope("a b")
            .audience("c");
    endpoints.change(SITE, id, EndpointSpec.change().auth(post));
    test();
    SignedRequest posted = embedded.transport.requestsTo(TOKEN_URL).get(1);
    assertThat(header(posted, "Authorization")).isNull();
    assertThat(posted.body().text())
        .isEqualTo(
            "grant_type=client_credentials&scope=a+b&audience=c&client_id=h+f&client_secret=%26%3D");
  }

  @Test
  void a401ForcesOneFreshTokenWithinTheAttempt() {
    embedded.transport.responding(URL, n -> respond(n == 2 ? 401 : 200, ""));
    test();
    Outcome second = test();
    assertThat(second.isSuccess()).isTrue();
    assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
    assertThat(embedded.transport.requestsTo(TOKEN_URL)).hasSize(2);
  }

  /** Fetched within what is left, a token could come too late for all who wait for it. */
  @Test
  void aLate401LeavesTheFreshTokenToTheNextAttempt() {
    endpoints.change(SITE, id, EndpointSpec.change().timeout(Duration.ofSeconds(10)));
    embedded.transport.responding(
        URL,
        n -> {
          embedded.clock.advance(Duration.ofSeconds(n == 1 ? 6 : 0));
          return respond(n == 1 ? 401 : 200, "");
        });
    assertThat(test().statusCode()).isEqualTo(401);
    assertThat(embedded.transport.requestsTo(TOKEN_URL)).hasSize(1);
    assertThat(test().isSuccess()).isTrue();
    assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void aReceiverThatRejectsTheFreshTokenFailsByItself() {
    embedded.transport.responding(URL, 401);
    Outcome outcome = test();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.HTTP_ERROR);
    assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void reportsAFailureOfTheTokenEndpointSeparately() {
    embedded.transport.responding(
        TOKEN_URL,
        n ->
            respond(
                400,
                "{\"error\":\"invalid_client\",\"error_description\":\"no s3cret-client\",\"x\":null}"));
    Outcome outcome = test();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.AUTH_FAILED);
    assertThat(outcome.detail())
        .isEqualTo(
            "no access token: the token endpoint responded with 400 invalid_client: no ********");
    assertThat(sent()).isEmpty();
  }

  @Test
  void masksATruncatedSecretInTheReason() {
    String description = "x".repeat(175) + "s3cret-client";
    embedded.transport.responding(
        TOKEN_URL,
        n ->
            respond(
                400,
                "{\"error\":\"invalid_client\",\"error_description\":\"" + description + "\"}"));
    assertThat(test().detail()).endsWith("x********");
  }

  @Test
  void aFailureAfterA401KeepsTheResponse() {
    embedded.transport.responding(URL, 401);
    embedded.transport.responding(TOKEN_URL, n -> n == 1 ? token("t", 60) : respond(500, ""));
    Outcome outcome = test();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.AUTH_FAILED);
    assertThat(outcome.statusCode()).isEqualTo(401);
    assertThat(outcome.detail())
        .isEqualTo(
            "the receiver responded with 401; no access token: the token endpoint responded with 500");
  }

  @Test
  void reportsABlockedTokenAddressSeparately() {
    embedded.transport.responding(
        TOKEN_URL,
        n -> Outcome.failed(OutcomeKind.BLOCKED_ADDRESS, "10.0.0.1 is not allowed", Duration.ZERO));
    Outcome outcome = test();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.AUTH_FAILED);
    assertThat(outcome.detail()).isEqualTo("no access token: 10.0.0.1 is not allowed");
    assertThat(sent()).isEmpty();
  }

  @Test
  void notifiesTheListenerOfEachFetch() {
    embedded.hookferry.close();
    List<String> told = new CopyOnWriteArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void tokenFetched(SiteId site, boolean succeeded, Duration took) {
            told.add(site + " " + succeeded);
          }
        };
    embedded.transport.responding(TOKEN_URL, n -> n == 1 ? respond(500, "") : token("t", 3600));
    try (Hookferry hookferry = embedded.with(listener)) {
      Endpoints own = hookferry.webhooks().endpoints();
      own.test(SITE, id).join();
      embedded.clock.advance(Duration.ofSeconds(2));
      own.test(SITE, id).join();
      own.test(SITE, id).join();
      Poll.until(() -> told.size() >= 2);
    }
    assertThat(told).containsExactly("default false", "default true");
  }

  @Test
  void refusesNonsense() {
    String longOne = "{\"access_token\":\"" + "a".repeat(12 * 1024 + 1) + "\"}";
    for (String body :
        List.of(
            "",
            "token",
            "[]",
            "{}",
            "{\"access_token\":\"\"}",
            "{\"access_token\":7}",
            "{\"access_token\":\"a b\"}",
            "{\"access_token\":\"a\\r\\nX: y\"}",
            "{\"access_token\":\"a\",\"token_type\":\"DPoP\"}",
            longOne)) {
      embedded.transport.responding(TOKEN_URL, n -> respond(200, body));
      embedded.clock.advance(Duration.ofMinutes(1));
      Outcome outcome = test();
      assertThat(outcome.kind()).as(body).isEqualTo(OutcomeKind.AUTH_FAILED);
      assertThat(outcome.detail()).startsWith("no access token: ").doesNotContain("aaaa");
    }
    assertThat(sent()).isEmpty();
  }

  @Test
  void aFailureIsNotRepeatedWithinASecond() {
    embedded.transport.responding(TOKEN_URL, 503);
    test();
    test();
    assertThat(embedded.transport.requestsTo(TOKEN_URL)).hasSize(1);
    embedded.clock.advance(Duration.ofSeconds(1));
    test();
    assertThat(embedded.transport.requestsTo(TOKEN_URL)).hasSize(2);
  }

  @Test
  void aFailureIsForgottenWhenTheClockIsSetBack() {
    embedded.transport.responding(TOKEN_URL, 503);
    test();
    embedded.clock.advance(Duration.ofHours(-2));
    test();
    assertThat(embedded.transport.requestsTo(TOKEN_URL)).hasSize(2);
  }

  @Test
  void attemptsShareOneFetch() {
    embedded.transport.hanging(TOKEN_URL);
    List<CompletableFuture<Attempt>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(endpoints.test(SITE, id));
    }
    Poll.until(() -> embedded.transport.hangingCount() == 1);
    EndpointId other =
        endpoints
            .create(SITE, EndpointSpec.to("https://other.example/").types("*"))
            .endpoint()
            .id();
    assertThat(endpoints.test(SITE, other).join().outcome().isSuccess()).isTrue();

    embedded.transport.responding(TOKEN_URL, n -> token("unused", 3600));
    embedded.transport.release(token("shared", 3600));
    all.forEach(one -> assertThat(one.join().outcome().isSuccess()).isTrue());
    assertThat(sent()).containsOnly("Bearer shared").hasSize(3);
    assertThat(embedded.transport.requestsTo(TOKEN_URL)).hasSize(1);
  }

  @Test
  void doesNotCountAgainstTheReceiver() {
    embedded.transport.responding(TOKEN_URL, 500);
    for (int i = 0; i < 3 * EndpointHealth.FAILING_AFTER; i++) {
      embedded.clock.advance(Duration.ofSeconds(2));
      test();
    }
    EndpointHealth health = endpoints.health(endpoints.get(SITE, id));
    assertThat(health.state()).isEqualTo(EndpointHealth.State.FAILING);
    assertThat(health.reason()).startsWith("no access token: ");
    assertThat(health.failures()).isZero();
    assertThat(health.isOnHold()).isTrue();
    assertThat(embedded.listener.healthEvents()).isEmpty();

    embedded.clock.advance(Duration.ofMinutes(2));
    assertThat(endpoints.health(endpoints.get(SITE, id)).reason()).startsWith("no access token: ");
    embedded.transport.responding(TOKEN_URL, n -> token("t", 3600));
    test();
    assertThat(endpoints.health(endpoints.get(SITE, id)).state())
        .isEqualTo(EndpointHealth.State.WORKING);
  }

  @Test
  void deliveriesWaitForATokenWithoutUsingUpTheirAttempts() {
    embedded.transport.responding(TOKEN_URL, 500);
    int events = 400;
    for (int i = 0; i < events; i++) {
      var unused = embedded.webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    }
    Poll.until(() -> endpoints.health(endpoints.get(SITE, id)).isOnHold());
    for (int i = 0; i < 20; i++) {
      embedded.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(embedded.deliveries(DeliveryState.EXHAUSTED)).isEmpty();

    embedded.transport.responding(TOKEN_URL, n -> token("t", 3600));
    Poll.until(
        () -> {
          embedded.clock.advance(Duration.ofSeconds(10));
          return embedded.listener.settled().size() >= events;
        });
    assertThat(embedded.deliveries(DeliveryState.EXHAUSTED)).isEmpty();
  }

  @Test
  void masksTheTokenThatAReceiverEchoes() {
    embedded.transport.responding(URL, n -> respond(500, "no token-1, no s3cret-client"));
    assertThat(test().response().body().text()).isEqualTo("no *******, no ********");
  }

  @Test
  void aTrialFetchesATokenAndMasksIt() {
    EndpointSpec asked =
        EndpointSpec.to("https://new.example/").auth(AuthSpec.oauth2(TOKEN_URL, "hf", "s3cret"));
    EndpointTrial trial = endpoints.probe(SITE, asked, null).join();
    assertThat(trial.attempt().outcome().isSuccess()).isTrue();
    assertThat(trial.sent().headers())
        .contains(new SignedRequest.Header("Authorization", "********"));
    assertThat(trial.sent().toString()).doesNotContain("token-1").doesNotContain("s3cret");
  }

  private Outcome test() {
    return endpoints.test(SITE, id).join().outcome();
  }

  private List<String> sent() {
    return embedded.transport.requestsTo(URL).stream()
        .map(request -> String.valueOf(header(request, "Authorization")))
        .toList();
  }

  private static String header(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(SignedRequest.Header::value)
        .findFirst()
        .orElse(null);
  }

  private static Outcome token(String token, int seconds) {
    return respond(
        200,
        "{\"access_token\":\""
            + token
            + "\",\"token_type\":\"bearer\",\"expires_in\":"
            + seconds
            + ",\"refresh_token\":null}");
  }

  private static Outcome respond(int status, String body) {
    Payload payload = Payload.of(body);
    return Outcome.responded(
        new Response(status, payload, false, "application/json", null), Duration.ofMillis(1));
  }
}
