package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.store.TallyStore;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole, with its threads. */
class EmbeddedHookferryTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";

  private final Embedded embedded = new Embedded();
  private final Webhooks webhooks = embedded.webhooks;

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void drainingReportsEverythingAndKeepsTheStoreOpen() {
    var registered = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    assertThat(registered.warnings()).isEmpty();
    for (int i = 0; i < 20; i++) {
      var unused = webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    }

    embedded.hookferry.drain();
    embedded.hookferry.drain();

    AttemptQuery all = AttemptQuery.ofSite(SITE);
    assertThat(embedded.listener.attempts())
        .containsExactlyInAnyOrderElementsOf(webhooks.deliveries().attempts(all).data());
    TallyStore tallies = embedded.hookferry.pages().tallies();
    assertThat(tallies.since(Instant.EPOCH)).isEmpty();
    assertThatThrownBy(() -> tallies.put(List.of(), Instant.EPOCH))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anEventIsDeliveredSignedAndLogged() {
    webhooks.settings().update(SITE, s -> s.secretKey("s3cr3t"));
    var registered = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("license_*"));

    var receipt = webhooks.publish(SITE, NewEvent.of("license_created", "{\"n\":1.10}")).join();
    embedded.awaitSettled(1);

    SignedRequest request = embedded.transport.requests().get(0);
    Map<String, String> headers =
        request.headers().stream().collect(Collectors.toMap(Header::name, Header::value));
    SignatureVerifier verifier = new SignatureVerifier(embedded.clock, Duration.ofMinutes(5));
    assertThat(request.body().text())
        .isEqualTo(
            "{\"EventType\":\"license_created\",\"EventTime\":\"2026-01-01T12:00:00Z\","
                + "\"LicenseInfo\":{\"n\":1.10}}");
    assertThat(headers)
        .containsEntry("Content-Type", "application/json")
        .containsEntry("webhook-id", receipt.id().value())
        .containsEntry("webhook-timestamp", "1767268800")
        .containsEntry("Hookferry-Event-Type", "license_created")
        .containsEntry("Hookferry-Attempt", "1")
        .containsEntry("X-QLM-Signature", QlmSignature.of(request.body(), "s3cr3t"));
    assertThat(verifier.standard(request.body(), headers, registered.secret().standard()))
        .isEqualTo(SignatureVerifier.Finding.VALID);
    assertThat(webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data()).hasSize(1);
    var seen = webhooks.events().get(SITE, receipt.id());
    assertThat(seen.deliveries()).hasSize(1);
    assertThat(seen.deliveries().get(0).id().toString())
        .isEqualTo(headers.get("Hookferry-Delivery"));
  }

  @Test
  void invalidJsonIsRefusedAndChangesNothing() {
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    NewEvent good = NewEvent.of("license_created", "{}");
    NewEvent forged =
        NewEvent.of("license_created", "{\"k\":1},\"LicenseInfo\":{\"k\":\"forged\"}");

    assertThatThrownBy(webhooks.publishAll(SITE, List.of(good, forged))::join)
        .cause()
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "[1].data: must end after the first JSON value; more text follows at line 1, column 8");
    assertThatThrownBy(webhooks.publish(SITE, NewEvent.of("license_created", "{not json"))::join)
        .cause()
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("data: must be valid JSON: ");
    assertThat(webhooks.events().list(EventQuery.ofSite(SITE)).data()).isEmpty();
  }

  /** Nothing but the content tells two such events apart: the clock stands still. */
  @Test
  void anIdIsAcceptedForOneContentOnlyEvenWithoutDeliveries() {
    for (int i = 0; i < 200; i++) {
      NewEvent one = NewEvent.of("license_created", "{\"n\":1}").id("order-" + i);
      NewEvent other = NewEvent.of("license_created", "{\"n\":2}").id("order-" + i);
      var first = webhooks.publish(SITE, one);
      var second = webhooks.publish(SITE, other);

      assertThat(first.join().id().value()).isEqualTo("order-" + i);
      assertThatThrownBy(second::join).hasCauseInstanceOf(ConflictException.class);
    }
  }

  @Test
  void theQlmKeyOfAnEndpointOverridesTheSites() {
    webhooks.settings().update(SITE, s -> s.secretKey("of the site"));
    var own = EndpointSpec.to(URL).types("*").signatures(SignatureProfile.QLM).qlmSecret("own");
    webhooks.endpoints().create(SITE, own);

    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(1);

    SignedRequest request = embedded.transport.requests().get(0);
    assertThat(request.headers())
        .contains(new Header("X-QLM-Signature", QlmSignature.of(request.body(), "own")))
        .noneMatch(header -> header.name().equals("webhook-signature"));
  }

  @Test
  void sendsNoQlmSignatureWithoutASecret() {
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));

    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(1);

    assertThat(embedded.transport.requests().get(0).headers())
        .isNotEmpty()
        .noneMatch(header -> header.name().equals("X-QLM-Signature"));
  }

  @Test
  void aRotationToTheCurrentSecretChangesNothing() {
    var made = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    Duration hour = Duration.ofHours(1);
    var id = made.endpoint().id();

    var same = webhooks.endpoints().rotateSecret(SITE, id, hour, made.secret());
    assertThat(same.reveal()).isEqualTo(made.secret().reveal());
    assertThat(webhooks.endpoints().get(SITE, id)).isEqualTo(made.endpoint());

    var unused = webhooks.endpoints().rotateSecret(SITE, id, hour, null);
    assertThat(webhooks.endpoints().get(SITE, id).signing().secrets()).hasSize(2);
  }

  @Test
  void duringARotationBothSecretsSign() {
    var first = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    var second =
        webhooks.endpoints().rotateSecret(SITE, first.endpoint().id(), Duration.ofHours(1), null);

    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(1);
    embedded.clock.advance(Duration.ofHours(2));
    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(2);

    SignatureVerifier verifier = new SignatureVerifier(embedded.clock, Duration.ofHours(5));
    List<SignedRequest> requests = embedded.transport.requests();
    assertThat(verify(verifier, requests.get(0), first.secret())).isTrue();
    assertThat(verify(verifier, requests.get(0), second)).isTrue();
    assertThat(verify(verifier, requests.get(1), first.secret())).isFalse();
    assertThat(verify(verifier, requests.get(1), second)).isTrue();
  }

  @Test
  void secretsEchoedByAReceiverAreNotKept() {
    var headers = Map.of("Authorization", "Bearer s3cr3t-token");
    var registered =
        webhooks
            .endpoints()
            .create(
                SITE, EndpointSpec.to(URL).types("*").headers(headers).qlmSecret("own-qlm-key"));
    String echo = "got s3cr3t-token, own-qlm-key, " + registered.secret().reveal();
    Response response = new Response(500, Payload.of(echo), false, "text/s3cr3t-token", null);
    embedded.transport.responding(URL, n -> Outcome.responded(response, Duration.ofMillis(1)));

    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> embedded.listener.attempts().size() == 1);

    var kept = webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data().get(0).outcome();
    assertThat(Objects.requireNonNull(kept.response()).body().text()).matches("got [*, ]+");
    assertThat(kept.response().contentType()).isEqualTo("text/********");
  }

  @Test
  void retriesFollowTheClock() {
    webhooks.settings().update(SITE, s -> s.retry(r -> r.maxRetries(1)));
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    embedded.transport.responding(URL, n -> ScriptedTransport.status(n == 1 ? 500 : 200));

    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> embedded.listener.attempts().size() == 1);
    embedded.clock.advance(Duration.ofSeconds(300));
    embedded.awaitSettled(1);

    assertThat(embedded.transport.requests()).hasSize(2);
    assertThat(embedded.deliveries(DeliveryState.DELIVERED)).hasSize(1);
  }

  @Test
  void invalidEventsAreRefusedTogetherAndNothingIsStored() {
    List<NewEvent> together =
        List.of(
            NewEvent.of("license_created", "{}"),
            NewEvent.of("license_creatd", "{}"),
            NewEvent.of(
                NewEvent.of("license_created", "{}").type(),
                Payload.wrap(new byte[Events.MAX_DATA + 1])));

    assertThatThrownBy(webhooks.publishAll(SITE, together)::join)
        .cause()
        .isInstanceOfSatisfying(
            InvalidException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Object::toString)
                    .satisfiesExactly(
                        first ->
                            assertThat(first)
                                .startsWith("[1].type: ")
                                .contains("did you mean license_created?"),
                        second -> assertThat(second).startsWith("[2].data: ")));
    assertThat(embedded.listener.accepted()).isEmpty();
  }

  @Test
  void aDeclaredTypeCanBePublished() {
    webhooks.settings().update(SITE, s -> s.eventTypes("order.paid"));
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("order.paid"));

    webhooks.publish(SITE, NewEvent.of("order.paid", "[1, 2]")).join();
    embedded.awaitSettled(1);

    assertThat(embedded.transport.requests().get(0).body().text()).endsWith("\"Data\":[1, 2]}");
  }

  @Test
  void anUnknownSiteIsNotFound() {
    var publish = webhooks.publish(new SiteId("nobody"), NewEvent.of("license_created", "{}"));

    assertThatThrownBy(publish::join)
        .cause()
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no site nobody");
  }

  @Test
  void aDeliveryToAPausedEndpointIsHeldUntilItIsResumed() {
    var registered = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    var id = registered.endpoint().id();
    webhooks.endpoints().change(SITE, id, EndpointSpec.change().enabled(false));
    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();

    assertThat(embedded.deliveries(DeliveryState.HELD))
        .singleElement()
        .satisfies(held -> assertThat(held.state()).isEqualTo(DeliveryState.HELD));
    assertThat(embedded.deliveries(DeliveryState.PENDING)).isEmpty();

    webhooks.endpoints().change(SITE, id, EndpointSpec.change().enabled(true));
    embedded.awaitSettled(1);
    assertThat(embedded.deliveries(DeliveryState.HELD)).isEmpty();
  }

  @Test
  void aReplayIsPreviewedAndThenSentWithTheSameId() {
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    Instant since = embedded.clock.instant();
    for (int i = 0; i < 3; i++) {
      webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    }
    embedded.awaitSettled(3);
    embedded.clock.advance(Duration.ofMinutes(1));
    var window = ReplayWindow.since(since).statuses(Set.of(DeliveryState.DELIVERED));

    assertThat(webhooks.replays().countByStatus(SITE, window))
        .isEqualTo(Map.of(DeliveryState.DELIVERED, 3));
    assertThat(embedded.transport.requests()).hasSize(3);
    assertThat(webhooks.replays().run(SITE, window)).isEqualTo(3);
    embedded.awaitSettled(6);

    assertThat(ids(embedded.transport.requests().subList(3, 6)))
        .containsExactlyInAnyOrderElementsOf(ids(embedded.transport.requests().subList(0, 3)));
  }

  @Test
  void aDeliveredDeliveryCannotBeCancelled() {
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(1);
    var id = embedded.deliveries(DeliveryState.DELIVERED).get(0).id();

    assertThatThrownBy(() -> webhooks.deliveries().cancel(SITE, id).join())
        .hasCauseInstanceOf(ConflictException.class)
        .hasMessageContaining("is delivered already");
  }

  @Test
  void aTestReturnsItsAttempt() {
    var id = webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("x")).endpoint().id();
    embedded.transport.responding(URL, 418);

    var attempt = webhooks.endpoints().test(SITE, id).join();

    assertThat(attempt.outcome().statusCode()).isEqualTo(418);
    assertThat(attempt.number()).isEqualTo(1);
  }

  @Test
  void closeRefusesNewEventsAndReleasesPendingDeliveries() {
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
    embedded.transport.hanging(URL);
    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> embedded.transport.hangingCount() == 1);
    Thread closer = new Thread(embedded.hookferry::close);
    closer.start();
    Poll.until(() -> !embedded.hookferry.isReady());
    embedded.transport.release(ScriptedTransport.status(500));
    Poll.until(() -> !closer.isAlive());

    try (Hookferry next =
        Hookferry.builder(embedded.store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .clock(embedded.clock)
            .listener(embedded.listener)
            .build()
            .start()) {
      embedded.clock.advance(Duration.ofMinutes(5));
      embedded.awaitSettled(1);
      assertThat(next.load().owned()).isZero();
    }
  }

  @Test
  void callsAfterCloseFailAtOnce() {
    embedded.close();

    assertThatThrownBy(() -> webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join())
        .hasCauseInstanceOf(OverloadedException.class)
        .hasMessageContaining("stopped");
  }

  private static boolean verify(
      SignatureVerifier verifier, SignedRequest request, SigningSecret secret) {
    Map<String, String> headers =
        request.headers().stream().collect(Collectors.toMap(Header::name, Header::value));
    return verifier.standard(request.body(), headers, secret.standard())
        == SignatureVerifier.Finding.VALID;
  }

  private static List<String> ids(List<SignedRequest> requests) {
    return requests.stream()
        .flatMap(request -> request.headers().stream())
        .filter(header -> header.name().equals("webhook-id"))
        .map(Header::value)
        .toList();
  }
}
