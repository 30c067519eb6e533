package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signer.Signer;
import dev.hookferry.signer.Signers;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.SiteSigningKey;
import dev.hookferry.transport.EndpointTrial;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that a signer has: made by it, published, used, rotated, and missed. */
class SignerTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";

  private final Embedded embedded = new Embedded();
  private final Service service = new Service();
  private Hookferry hookferry = started(Signers.of("kms", service));

  @AfterEach
  void close() {
    service.never.countDown();
    hookferry.close();
    embedded.close();
  }

  private Hookferry started(Signers signers) {
    embedded.hookferry.close();
    return Hookferry.builder(embedded.store, embedded.transport)
        .secrets(Secrets.inTheClear())
        .clock(embedded.clock)
        .listener(embedded.listener)
        .signers(signers)
        .build()
        .start();
  }

  private Endpoints endpoints() {
    return hookferry.webhooks().endpoints();
  }

  private EndpointId create(Signature signature) {
    EndpointSpec asked =
        EndpointSpec.to(URL)
            .types("*")
            .timeout(Duration.ofSeconds(1))
            .signatures(List.of(signature));
    return endpoints().create(SITE, asked).endpoint().id();
  }

  private EndpointId create() {
    return create(Signature.of(SignatureProfile.ED25519));
  }

  private Outcome test(EndpointId id) {
    return endpoints().test(SITE, id).join().outcome();
  }

  private List<SiteSigningKey> published() {
    return hookferry.webhooks().sites().signingKeys(SITE);
  }

  private static String header(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(SignedRequest.Header::value)
        .findFirst()
        .orElse("");
  }

  /** Returns whether a request is signed by a key in the way of Standard Webhooks. */
  private static boolean isSigned(SignedRequest request, SiteSigningKey key) {
    String before =
        header(request, "webhook-id") + '.' + header(request, "webhook-timestamp") + '.';
    return Ed25519Key.verifies(
        key.publicKey(), header(request, "webhook-signature"), before, request.body());
  }

  @Test
  void theFirstKeyIsMadeWithTheFirstEndpointAndSignsAtOnce() {
    EndpointId id = create();
    assertThat(published()).extracting(SiteSigningKey::signer).containsExactly("kms");
    assertThat(test(id).isSuccess()).isTrue();
    assertThat(isSigned(embedded.transport.requestsTo(URL).get(0), published().get(0))).isTrue();
    assertThat(service.keys).hasSize(1);
    create();
    assertThat(service.keys).hasSize(1);
  }

  @Test
  void aRotatedKeyIsPublishedADayBeforeItSigns() {
    EndpointId id = create();
    SiteSigningKey next = hookferry.webhooks().sites().rotateSigningKey(SITE);
    assertThat(published()).hasSize(2).contains(next);
    SiteSigningKey first = published().get(0);
    assertThat(test(id).isSuccess()).isTrue();
    embedded.clock.advance(Duration.ofHours(25));
    assertThat(test(id).isSuccess()).isTrue();
    List<SignedRequest> sent = embedded.transport.requestsTo(URL);
    assertThat(isSigned(sent.get(0), first)).isTrue();
    assertThat(isSigned(sent.get(1), next)).isTrue();
    assertThatThrownBy(
            () -> {
              hookferry.webhooks().sites().rotateSigningKey(SITE);
              hookferry.webhooks().sites().rotateSigningKey(SITE);
            })
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("is waiting: it signs from");
  }

  @Test
  void signsHttpMessages() {
    EndpointId id =
        create(Signature.of(SignatureProfile.HTTP_MESSAGE_SIGNATURES).with("algorithm", "ed25519"));
    assertThat(test(id).isSuccess()).isTrue();
    SignedRequest sent = embedded.transport.requestsTo(URL).get(0);
    assertThat(header(sent, "Signature-Input")).contains("keyid=\"" + published().get(0).kid());
    assertThat(header(sent, "Signature")).matches("sig1=:[A-Za-z0-9+/]{86}==:");
    assertThat(service.longest).isLessThan(4096);
  }

  @Test
  void movesFromSealedKeysToASignerAndBack() {
    hookferry.close();
    hookferry = started(Signers.NONE);
    EndpointId id = create();
    SiteSigningKey sealed = published().get(0);
    assertThat(sealed.signer()).isNull();
    hookferry.close();
    hookferry = started(Signers.of("kms", service));
    assertThat(test(id).isSuccess()).isTrue();
    assertThat(isSigned(embedded.transport.requestsTo(URL).get(0), sealed)).isTrue();
    assertThat(hookferry.webhooks().sites().rotateSigningKey(SITE).signer()).isEqualTo("kms");
    embedded.clock.advance(Duration.ofHours(25));
    assertThat(test(id).isSuccess()).isTrue();
    hookferry.close();
    hookferry = started(Signers.of("kms", service).sealingNewKeys());
    assertThat(test(id).isSuccess()).isTrue();
    assertThat(hookferry.webhooks().sites().rotateSigningKey(SITE).signer()).isNull();
  }

  @Test
  void aFailureIsOursAndNotTheReceivers() {
    EndpointId id = create();
    service.failure = new IllegalStateException("quota used up");
    for (int i = 0; i < EndpointHealth.FAILING_AFTER + 2; i++) {
      embedded.clock.advance(Duration.ofSeconds(2));
      Outcome outcome = test(id);
      assertThat(outcome.kind()).isEqualTo(OutcomeKind.SIGNING_FAILED);
      assertThat(outcome.detail()).isEqualTo("the signer kms did not sign: quota used up");
    }
    assertThat(embedded.transport.requestsTo(URL)).isEmpty();
    EndpointHealth health = endpoints().health(endpoints().get(SITE, id));
    assertThat(health.state()).isEqualTo(EndpointHealth.State.FAILING);
    assertThat(health.reason()).contains("quota used up");
    assertThat(health.failures()).isZero();
    assertThat(health.isOnHold()).isTrue();
    assertThat(embedded.listener.healthEvents()).isEmpty();
    service.failure = null;
    assertThat(test(id).isSuccess()).isTrue();
  }

  @Test
  void hangingSignerDelaysNoOtherEndpoint() {
    EndpointId id = create();
    service.isHanging = true;
    for (int i = 0; i < 2 * Signer.CALLS; i++) {
      hookferry.webhooks().publish(SITE, NewEvent.of("license_created", "{}")).join();
    }
    Poll.until(() -> service.waiting() > 0);
    String other = "https://other.example/";
    EndpointId plain = endpoints().create(SITE, EndpointSpec.to(other).types("*")).endpoint().id();
    assertThat(test(plain).isSuccess()).isTrue();
    Attempt hung = endpoints().test(SITE, id).join();
    assertThat(hung.outcome().kind()).isEqualTo(OutcomeKind.SIGNING_FAILED);
    assertThat(hung.outcome().detail()).isEqualTo("the signer took longer than 1s");
    assertThat(hookferry.webhooks().deliveries().sent(hung)).isEmpty();
  }

  @Test
  void anAttemptIsShownWithItsSignature() {
    EndpointId id = create();
    Attempt attempt = endpoints().test(SITE, id).join();
    SignedRequest sent = embedded.transport.requestsTo(URL).get(0);
    assertThat(hookferry.webhooks().deliveries().sent(attempt).orElseThrow().headers())
        .contains(new SignedRequest.Header("webhook-signature", header(sent, "webhook-signature")));
    service.failure = new IllegalStateException("no");
    assertThat(hookferry.webhooks().deliveries().sent(attempt)).isEmpty();
  }

  @Test
  void aTrialSignsAndShowsWhyItCannot() {
    create();
    EndpointSpec asked =
        EndpointSpec.to("https://new.example/").signatures(SignatureProfile.ED25519);
    EndpointTrial trial = endpoints().probe(SITE, asked, null).join();
    assertThat(trial.attempt().outcome().isSuccess()).isTrue();
    assertThat(trial.sent().headers()).anyMatch(header -> header.value().startsWith("v1a,"));
    service.failure = new IllegalStateException("quota used up");
    EndpointTrial failed = endpoints().probe(SITE, asked, null).join();
    assertThat(failed.attempt().outcome().kind()).isEqualTo(OutcomeKind.SIGNING_FAILED);
    assertThat(failed.sent().headers()).noneMatch(header -> header.value().startsWith("v1a,"));
  }

  @Test
  void refusesKeysThatDoNotWork() {
    service.failure = new IllegalStateException("quota used up");
    assertRefused("the signer kms returned no key: quota used up; nothing was changed");
    service.failure = null;
    service.isWrong = true;
    assertRefused(
        "the signer kms returned an unusable key: its signature does not verify with its public"
            + " key; nothing was changed");
    assertThat(endpoints().all(SITE)).isEmpty();
    assertThat(published()).isEmpty();
    service.isWrong = false;
    create();
    service.repeats = true;
    assertThatThrownBy(() -> hookferry.webhooks().sites().rotateSigningKey(SITE))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("its signer must return a new one");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::create).isInstanceOf(OverloadedException.class).hasMessage(message);
  }

  @Test
  void aProcessWithoutTheSignerSaysSo() {
    EndpointId id = create();
    hookferry.close();
    hookferry = started(Signers.NONE);
    assertThat(hookferry.webhooks().sites().missingSigners()).containsExactly("kms");
    Outcome outcome = test(id);
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.SIGNING_FAILED);
    assertThat(outcome.detail())
        .isEqualTo("the site's key is held by the signer kms, which this process does not have");
  }

  @Test
  void namesAreCheckedAndSignersClosed() {
    for (String name : List.of("", "a b", "sealed", "9", "a".repeat(65))) {
      assertThatThrownBy(() -> Signers.of(name, service)).isInstanceOf(InvalidException.class);
    }
    assertThatThrownBy(() -> Signers.of("kms", service).with("kms", service))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("kms already exists");
    hookferry.close();
    assertThat(service.closed).isTrue();
  }

  /** A key management service with faults. */
  private static final class Service implements Signer {
    final Map<String, Ed25519Key> keys = new ConcurrentHashMap<>();
    final CountDownLatch never = new CountDownLatch(1);
    final CountDownLatch entered = new CountDownLatch(1);
    volatile RuntimeException failure;
    volatile boolean isHanging;
    volatile boolean isWrong;
    volatile boolean repeats;
    volatile boolean closed;
    volatile int longest;

    @Override
    public Key newKey(SiteId site) {
      fail();
      if (!repeats) {
        keys.put("key-" + keys.size(), Ed25519Key.generate(new Random(keys.size())));
      }
      String name = "key-" + (keys.size() - 1);
      return new Key(name, keys.get(name).publicKey());
    }

    @Override
    public byte[] sign(String key, byte[] message) throws InterruptedException {
      fail();
      longest = Math.max(longest, message.length);
      if (isHanging) {
        entered.countDown();
        never.await();
      }
      return isWrong ? new byte[64] : keys.get(key).sign(message);
    }

    private void fail() {
      if (failure != null) {
        throw failure;
      }
    }

    long waiting() {
      return 1 - entered.getCount();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
