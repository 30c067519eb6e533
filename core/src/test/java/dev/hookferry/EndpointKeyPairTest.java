package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.HttpMessageSignature;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints whose secret is an Ed25519 key pair of their own. */
class EndpointKeyPairTest {
  private static final String URL = "https://a.example/hook";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Signature ED25519 = Signature.of(SignatureProfile.ED25519);
  private static final Signature STANDARD = Signature.of(SignatureProfile.STANDARD);
  private static final Signature MESSAGE =
      Signature.of(SignatureProfile.HTTP_MESSAGE_SIGNATURES).with("algorithm", "ed25519");

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();
  private final SigningSecret first = SigningSecret.generate(SecretType.ED25519, new Random(1));
  private int sent;

  @AfterEach
  void close() {
    embedded.close();
  }

  private EndpointId create(SigningSecret secret, Signature... signatures) {
    EndpointSpec asked = EndpointSpec.to(URL).types("*").signatures(List.of(signatures));
    return endpoints.create(Embedded.SITE, asked, secret).endpoint().id();
  }

  private SignedRequest send() {
    embedded.transport.responding(URL, 200);
    embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{\"a\":1.10}")).join();
    sent++;
    embedded.awaitSettled(sent);
    return embedded.transport.requestsTo(URL).get(sent - 1);
  }

  private boolean verifies(SignedRequest request, Signature signature, String key) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(header -> headers.put(header.name(), header.value()));
    headers.put(HttpMessageSignature.TARGET, URL);
    SignatureVerifier verifier = new SignatureVerifier(embedded.clock, Duration.ofMinutes(5));
    return SignatureCheck.of(verifier, signature, request.body(), headers, key).isValid();
  }

  private static String header(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(SignedRequest.Header::value)
        .findFirst()
        .orElse("");
  }

  private List<Ed25519PublicKey> publicKeys(EndpointId id) {
    return embedded.webhooks.sites().publicKeys(Embedded.SITE, id);
  }

  private List<Ed25519PublicKey> keysOfTheSite() {
    return embedded.webhooks.sites().publicKeys(Embedded.SITE, null);
  }

  @Test
  void theOwnKeySignsInsteadOfTheSites() {
    EndpointId id = create(first, ED25519);

    SignedRequest request = send();

    assertThat(verifies(request, ED25519, first.forReceiver())).isTrue();
    assertThat(header(request, "webhook-signature")).matches("v1a,[^ ]{88}");
    assertThat(publicKeys(id)).containsExactly(first.publicKey());
    assertThat(keysOfTheSite()).isEmpty();
  }

  @Test
  void bothKeysSignDuringTheOverlap() {
    EndpointId id = create(first, ED25519, MESSAGE);
    SigningSecret second = endpoints.rotateSecret(Embedded.SITE, id, HOUR, null);
    assertThat(second.type()).isEqualTo(SecretType.ED25519);

    SignedRequest during = send();
    assertThat(header(during, "webhook-signature")).matches("v1a,[^ ]{88} v1a,[^ ]{88}");
    String kid = Objects.requireNonNull(second.publicKey()).kid();
    assertThat(header(during, "Signature-Input"))
        .contains("sig1=", "keyid=\"" + kid + "\"", "sig2=");
    for (Signature signature : List.of(ED25519, MESSAGE)) {
      assertThat(verifies(during, signature, second.forReceiver())).isTrue();
    }
    assertThat(verifies(during, ED25519, first.forReceiver())).isTrue();
    assertThat(publicKeys(id)).containsExactly(second.publicKey(), first.publicKey());

    embedded.clock.advance(HOUR);
    SignedRequest after = send();
    assertThat(verifies(after, ED25519, second.forReceiver())).isTrue();
    assertThat(verifies(after, ED25519, first.forReceiver())).isFalse();
    assertThat(publicKeys(id)).containsExactly(second.publicKey());
  }

  @Test
  void aReceiverMovesFromASharedSecretToAKey() {
    SigningSecret shared = SigningSecret.generate(new Random(5));
    EndpointId id = create(shared, STANDARD);
    var unused = endpoints.rotateSecret(Embedded.SITE, id, HOUR, first);

    SignedRequest during = send();

    assertThat(header(during, "webhook-signature")).matches("v1a,[^ ]{88} v1,[^ ]{44}");
    assertThat(verifies(during, STANDARD, shared.forReceiver())).isTrue();
    assertThat(verifies(during, STANDARD, first.forReceiver())).isTrue();
  }

  @Test
  void aReceiverMovesFromTheSitesKeyToItsOwnAndBack() {
    EndpointId id = create(SigningSecret.generate(new Random(5)), ED25519);
    String site = keysOfTheSite().get(0).text();
    assertThat(verifies(send(), ED25519, site)).isTrue();

    var unused = endpoints.rotateSecret(Embedded.SITE, id, HOUR, first);
    SignedRequest during = send();
    assertThat(verifies(during, ED25519, site)).isTrue();
    assertThat(verifies(during, ED25519, first.forReceiver())).isTrue();

    embedded.clock.advance(HOUR);
    assertThat(verifies(send(), ED25519, site)).isFalse();
    SigningSecret shared = SigningSecret.generate(new Random(6));
    unused = endpoints.rotateSecret(Embedded.SITE, id, Duration.ZERO, shared);
    SignedRequest back = send();
    assertThat(verifies(back, ED25519, site)).isTrue();
    assertThat(verifies(back, ED25519, first.forReceiver())).isFalse();
    assertThat(publicKeys(id)).isEmpty();
  }

  @Test
  void theSiteGetsItsKeyWhenAnEndpointGivesUpItsOwn() {
    EndpointId id = create(first, ED25519);
    assertThat(keysOfTheSite()).isEmpty();

    SigningSecret shared = SigningSecret.generate(new Random(6));
    var unused = endpoints.rotateSecret(Embedded.SITE, id, Duration.ZERO, shared);

    assertThat(keysOfTheSite()).hasSize(1);
    assertThat(verifies(send(), ED25519, keysOfTheSite().get(0).text())).isTrue();
  }

  @Test
  void twoProfilesDoNotRepeatASignature() {
    var unused = create(first, ED25519, STANDARD);
    assertThat(header(send(), "webhook-signature")).matches("v1a,[^ ]{88}");
  }

  @Test
  void signaturesForASharedSecretAreRefused() {
    assertThatThrownBy(() -> create(first, Signature.of(SignatureProfile.GITHUB)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("must not be a key pair (whsk_) for the signature github");
    EndpointId id = create(first, ED25519);
    EndpointSpec change = EndpointSpec.change().signatures(SignatureProfile.STRIPE);
    assertThatThrownBy(() -> endpoints.change(Embedded.SITE, id, change))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("for the signature stripe");
    EndpointId other =
        create(SigningSecret.of("a plain secret"), Signature.of(SignatureProfile.STRIPE));
    assertThatThrownBy(() -> endpoints.rotateSecret(Embedded.SITE, other, HOUR, first))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("for the signature stripe");
    assertThat(publicKeys(other)).isEmpty();
  }

  @Test
  void theAuditLogNamesThePublicKey() {
    EndpointId id = create(SigningSecret.generate(new Random(5)), STANDARD);
    var unused = endpoints.rotateSecret(Embedded.SITE, id, HOUR, first);

    AuditEntry newest =
        embedded.webhooks.audit().list(AuditQuery.ALL.target(id.toString())).data().get(0);
    String kid = Objects.requireNonNull(first.publicKey()).kid();
    assertThat(newest.changes().toString()).contains("publicKeys", kid);
    assertThat(embedded.webhooks.audit().list(AuditQuery.ALL).data().toString())
        .doesNotContain("whsk_", first.reveal().substring(5, 40));
  }

  @Test
  void keysOfOthersAreNotDisclosed() {
    EndpointId id = create(first, ED25519);
    assertThat(
            Stream.of(
                embedded.webhooks.sites().publicKeys(Embedded.SITE, EndpointId.parse(other(id))),
                embedded.webhooks.sites().publicKeys(new SiteId("none"), id),
                embedded.webhooks.sites().publicKeys(new SiteId("none"), null)))
        .allMatch(List::isEmpty);
  }

  private static String other(EndpointId id) {
    String text = id.toString();
    return text.substring(0, text.length() - 1) + (text.endsWith("0") ? "1" : "0");
  }
}
