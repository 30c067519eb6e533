package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.auth.AuthSpec;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.EgressState;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.policy.PolicyOrigin;
import dev.hookferry.policy.PolicyValue;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.Egresses;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which egress requests leave by, and what it means that one fails. */
class EgressChoiceTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";
  private static final String TOKEN_URL = "https://auth.example/token";

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
  private final ScriptedTransport transport =
      new ScriptedTransport()
          .offering(
              new Egresses(
                  List.of(
                      EgressState.unused("main", List.of("http://10.0.0.9:3128")),
                      EgressState.unused("eu", List.of()),
                      EgressState.unused("direct", List.of())),
                  "main"));
  private final RecordingListener listener = new RecordingListener();
  private final Hookferry hookferry = with(transport);
  private final Webhooks webhooks = hookferry.webhooks();
  private final Endpoints endpoints = webhooks.endpoints();
  private final EndpointId id =
      endpoints.create(SITE, EndpointSpec.to(URL).types("*")).endpoint().id();

  private Hookferry with(ScriptedTransport own) {
    return Hookferry.builder(store, own)
        .secrets(Secrets.inTheClear())
        .clock(clock)
        .listener(listener)
        .build()
        .start();
  }

  @AfterEach
  void close() {
    hookferry.close();
  }

  /** Asserts by which egress a test leaves, and why. */
  private void assertLeavesBy(@Nullable String name, PolicyOrigin origin) {
    endpoints.test(SITE, id).join();
    List<SignedRequest> sent = transport.requestsTo(URL);
    assertThat(sent.get(sent.size() - 1).egress()).isEqualTo(name);
    assertThat(endpoints.policy(SITE, id).egress())
        .isEqualTo(new PolicyValue<>(Optional.ofNullable(name), origin));
  }

  @Test
  void theEndpointsEgressOverridesTheSitesAndTheServers() {
    assertLeavesBy("main", PolicyOrigin.SERVER);
    webhooks.settings().update(SITE, site -> site.egress("eu"));
    assertLeavesBy("eu", PolicyOrigin.SITE);
    endpoints.change(SITE, id, EndpointSpec.change().egress("direct"));
    assertLeavesBy("direct", PolicyOrigin.ENDPOINT);
    endpoints.change(SITE, id, EndpointSpec.change().description("unchanged"));
    assertLeavesBy("direct", PolicyOrigin.ENDPOINT);
    endpoints.change(SITE, id, EndpointSpec.change().without(EndpointFields.EGRESS));
    assertLeavesBy("eu", PolicyOrigin.SITE);
    webhooks.settings().changeByName(SITE, Map.of("egress", ""));
    assertLeavesBy("main", PolicyOrigin.SERVER);
    assertThat(webhooks.settings().get(SITE).egress()).isNull();
    assertThat(webhooks.condition().egresses())
        .extracting(EgressState::name)
        .containsExactly("main", "eu", "direct");
  }

  @Test
  void onlyWhatTheOperatorDefinedCanBeChosen() {
    String rule = "egress: must be an egress that the operator has defined: main, eu, direct";
    EndpointSpec wrong = EndpointSpec.change().description("changed").egress("us");
    refused(rule, () -> endpoints.change(SITE, id, wrong));
    refused(rule, () -> endpoints.create(SITE, EndpointSpec.to(URL).types("*").egress("us")));
    refused(rule, () -> endpoints.probe(SITE, EndpointSpec.to(URL).egress("us"), null));
    refused(rule, () -> webhooks.settings().update(SITE, site -> site.egress("us")));
    refused(rule, () -> webhooks.settings().changeByName(SITE, Map.of("egress", "us")));
    refused("egress: must", () -> EndpointSpec.change().egress("http://10.0.0.9:3128"));
    refused(
        "egress: must be the name",
        () -> webhooks.settings().changeByName(SITE, Map.of("egress", "a b")));
    assertThat(endpoints.get(SITE, id).description()).isEmpty();
    assertThat(endpoints.all(SITE)).hasSize(1);
    assertLeavesBy("main", PolicyOrigin.SERVER);
  }

  @Test
  void removedEgressIsKeptUntilAnotherIsChosen() {
    endpoints.change(SITE, id, EndpointSpec.change().egress("eu"));
    webhooks.settings().update(SITE, site -> site.egress("eu"));
    hookferry.close();
    ScriptedTransport bare = new ScriptedTransport();
    try (Hookferry later = with(bare)) {
      Endpoints anew = later.webhooks().endpoints();
      anew.change(SITE, id, EndpointSpec.change().description("CRM").egress("eu"));
      later.webhooks().settings().changeByName(SITE, Map.of("webHookMaxRetries", 3));
      anew.test(SITE, id).join();
      assertThat(bare.requests().get(0).egress()).isEqualTo("eu");
      refused(
          "egress: cannot be chosen, since the operator of this server has defined no egress",
          () -> anew.change(SITE, id, EndpointSpec.change().egress("main")));
      anew.change(SITE, id, EndpointSpec.change().without(EndpointFields.EGRESS));
      later.webhooks().settings().update(SITE, site -> site.egress(null));
      anew.test(SITE, id).join();
      assertThat(bare.requests().get(1).egress()).isNull();
    }
  }

  @Test
  void tokensAreFetchedByTheSameEgress() {
    transport.responding(TOKEN_URL, n -> responded("{\"access_token\":\"t\"}"));
    endpoints.change(
        SITE, id, EndpointSpec.change().egress("eu").auth(AuthSpec.oauth2(TOKEN_URL, "hf", "s")));
    endpoints.test(SITE, id).join();
    assertThat(transport.requests()).extracting(SignedRequest::egress).containsExactly("eu", "eu");

    transport.responding(TOKEN_URL, n -> failed("egress eu: the proxy does not speak HTTP"));
    endpoints.change(
        SITE, id, EndpointSpec.change().auth(AuthSpec.oauth2(TOKEN_URL, "hf", "other")));
    Outcome outcome = endpoints.test(SITE, id).join().outcome();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.PROXY_FAILED);
    assertThat(outcome.detail())
        .isEqualTo("no access token was fetched: egress eu: the proxy does not speak HTTP");
  }

  @Test
  void egressFailureIsLoggedButNotBlamedOnTheEndpoint() {
    AtomicBoolean down = new AtomicBoolean(true);
    String why = "egress main: the proxy did not accept the connection: Connection refused";
    transport.responding(URL, n -> down.get() ? failed(why) : responded(""));
    webhooks
        .settings()
        .update(SITE, site -> site.retry(RetrySettings.of(100, Duration.ofSeconds(10))));
    for (int i = 0; i < 40; i++) {
      webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    }
    Poll.until(() -> health().isProbed());

    assertThat(health().state()).isEqualTo(EndpointHealth.State.FAILING);
    assertThat(health().reason()).isEqualTo(why);
    assertThat(health().failures()).isZero();
    assertThat(listener.healthEvents()).isEmpty();
    int before = transport.requestsTo(URL).size();
    assertThat(before).as("the others wait").isLessThan(40);
    assertThat(webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data())
        .isNotEmpty()
        .allMatch(attempt -> attempt.outcome().kind() == OutcomeKind.PROXY_FAILED);

    down.set(false);
    Poll.until(
        () -> {
          clock.advance(Duration.ofSeconds(2));
          return webhooks
                  .deliveries()
                  .list(DeliveryQuery.ofSite(SITE).state(DeliveryState.DELIVERED))
                  .data()
                  .size()
              == 40;
        });
    assertThat(health()).isEqualTo(EndpointHealth.WORKING);
  }

  @Test
  void exhaustedDeliveryNamesTheEgressAsTheCause() {
    transport.responding(URL, n -> failed("egress main: the proxy does not speak HTTP"));
    webhooks
        .settings()
        .update(SITE, site -> site.retry(RetrySettings.of(0, Duration.ofSeconds(10))));
    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> listener.settled().size() == 1);
    assertThat(listener.settled().get(0).state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data().get(0).outcome())
        .isEqualTo(failed("egress main: the proxy does not speak HTTP"));
  }

  private EndpointHealth health() {
    return endpoints.health(endpoints.get(SITE, id));
  }

  private static Outcome failed(String why) {
    return Outcome.failed(OutcomeKind.PROXY_FAILED, why, Duration.ofMillis(1));
  }

  private static Outcome responded(String body) {
    Response response = new Response(200, Payload.of(body), false, null, null);
    return Outcome.responded(response, Duration.ofMillis(1));
  }

  private static void refused(String message, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith(message);
  }
}
