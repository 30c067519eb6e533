package dev.hookferry.contract.store.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Hookferry;
import dev.hookferry.MasterKeys;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureForm;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignedMessage;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SecretContexts.BoundSecret;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Secrets are sealed before they reach a store, and master keys can be rotated there. */
@Promise(
    by = SecretCipher.class,
    value = "Seals secrets before they are stored, so that stores never see plain text.")
public interface SealedStoreContract extends StoreFixture {
  /** Secrets that no store may contain in plain text. */
  List<String> SECRETS = List.of("site-s3cr3t-key", "qlm-s3cr3t-key", "Bearer s3cr3t-header");

  /** The URL of the endpoint. */
  String URL = "https://receiver.example/hook";

  private static MasterKey key(int number) {
    return MasterKey.generate(new Random(number));
  }

  private static SecretCipher cipher(MasterKey... keys) {
    return new EnvelopeCipher(MasterKeySource.given(List.of(keys)), new Random(7));
  }

  private static Hookferry start(Store store, ScriptedTransport transport, SecretCipher cipher) {
    Hookferry built = Hookferry.builder(store, transport).secrets(cipher).build();
    try {
      return built.start();
    } catch (RuntimeException e) {
      built.close();
      throw e;
    }
  }

  private Hookferry start(SecretCipher cipher) {
    return start(open(), new ScriptedTransport(), cipher);
  }

  /** Sets a secret of every kind; gives the {@code whsec_} one. */
  static String configure(Hookferry hookferry) {
    hookferry.webhooks().settings().update(SiteId.DEFAULT, s -> s.secretKey(SECRETS.get(0)));
    EndpointSpec asked =
        EndpointSpec.to(URL)
            .types("*")
            .secretHeader("X-Team", SECRETS.get(2))
            .qlmSecret(SECRETS.get(1));
    return hookferry.webhooks().endpoints().create(SiteId.DEFAULT, asked).secret().reveal();
  }

  private static List<BoundSecret> secrets(Config config) {
    return Stream.concat(
            config.sites().values().stream().flatMap(SecretContexts::in),
            config.endpoints().values().stream().flatMap(SecretContexts::in))
        .toList();
  }

  private Config kept() {
    Store store = open();
    try {
      return store.config().load();
    } finally {
      store.close();
    }
  }

  private static void assertSealed(Config config, MasterKey key, int count) {
    assertThat(secrets(config))
        .hasSize(count)
        .allSatisfy(s -> assertThat(s.sealed().text()).startsWith("sealed:1:" + key.id() + ":"))
        .allSatisfy(s -> assertThat(cipher(key).open(s.sealed(), s.context())).isNotEmpty());
  }

  /** Returns the headers of a request, without those that differ in every request. */
  private Map<String, String> sent(SecretCipher cipher) {
    ScriptedTransport transport = new ScriptedTransport();
    try (Hookferry hookferry = start(open(), transport, cipher)) {
      hookferry.webhooks().publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}")).join();
      Poll.until(() -> !transport.requestsTo(URL).isEmpty());
    }
    return Map.of(
        "X-Team", header(transport, "X-Team"), "signed", header(transport, "webhook-signature"));
  }

  private static String header(ScriptedTransport transport, String name) {
    return transport.requestsTo(URL).get(0).headers().stream()
        .filter(header -> header.name().equals(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }

  @Test
  default void neverReceivesAPlainSecret() {
    String standard;
    try (Hookferry hookferry = start(cipher(key(1)))) {
      standard = configure(hookferry);
    }
    Config config = kept();
    assertSealed(config, key(1), 4);
    assertThat(secrets(config))
        .extracting(s -> s.sealed().text())
        .noneMatch(text -> text.contains(standard.substring(6)))
        .allSatisfy(text -> assertThat(SECRETS).isNotEmpty().noneMatch(text::contains));
  }

  @Test
  default void firstStartWithAMasterKeySealsStoredSecrets() {
    try (Hookferry hookferry = start(Secrets.inTheClear())) {
      configure(hookferry);
      assertThat(hookferry.webhooks().masterKeys().status().unsealed()).isEqualTo(4);
    }
    assertThat(secrets(kept()))
        .hasSize(4)
        .allSatisfy(s -> assertThat(s.sealed().text()).startsWith("plain:"));

    Map<String, String> sent = sent(cipher(key(1)));

    assertSealed(kept(), key(1), 4);
    assertThat(sent).containsEntry("X-Team", SECRETS.get(2)).doesNotContainEntry("signed", "");
  }

  @Test
  default void startWithoutTheKeyChangesNothing() {
    try (Hookferry hookferry = start(cipher(key(1)))) {
      configure(hookferry);
    }
    Config before = kept();
    for (SecretCipher wrong : List.of(Secrets.inTheClear(), cipher(), cipher(key(2)))) {
      assertThatThrownBy(() -> start(wrong))
          .isInstanceOf(MasterKeyException.class)
          .hasMessageContaining(key(1).id())
          .hasMessageNotContaining("s3cr3t");
    }
    assertThat(kept()).isEqualTo(before);
    assertThat(sent(cipher(key(2), key(1)))).containsEntry("X-Team", SECRETS.get(2));
  }

  @Test
  default void rotationSurvivesAnInterruptionAtAnyPoint() {
    SecretCipher first = cipher(key(0));
    try (Hookferry hookferry = start(first)) {
      configure(hookferry);
    }
    int all = 4 + 2 * addEndpoints(first, 230);
    List<MasterKey> keys = new ArrayList<>(List.of(key(0)));
    // Its beginning and its end, and three steps of 100 between them.
    for (int crash = 0; crash < 10; crash++) {
      keys.add(key(keys.size()));
      SecretCipher cipher = cipher(keys.toArray(MasterKey[]::new));
      BreakingStore breaking = new BreakingStore(open(), crash % 2 == 0);
      try (Hookferry hookferry = start(breaking, new ScriptedTransport(), cipher)) {
        breaking.breakAfter(crash / 2);
        assertThatThrownBy(() -> hookferry.webhooks().masterKeys().rotate())
            .isInstanceOf(StoreException.class);
      }
      try (Hookferry hookferry = start(cipher)) {
        MasterKeys masters = hookferry.webhooks().masterKeys();
        boolean begun = crash > 0;
        assertThat(masters.status().stale() == 0).as("ended by itself").isEqualTo(begun);
        if (!begun) {
          assertThat(masters.rotate().rewrapped()).isEqualTo(232);
        }
        assertThatThrownBy(masters::rotate)
            .isInstanceOf(ConflictException.class)
            .hasMessageContaining("add a newer one");
        assertThat(masters.status().unused()).hasSize(crash + 1);
      }
      assertSealed(kept(), keys.get(keys.size() - 1), all);
    }
    assertThat(sent(cipher(keys.get(10)))).containsEntry("X-Team", SECRETS.get(2));
  }

  @Test
  default void credentialsAreUsedAfterARotation() {
    String secret = "an-own-s3cr3t-text";
    Instant now = InstantSource.system().instant();
    Certificate.Pem client = Certificate.until(now.plus(Duration.ofDays(90)));
    EndpointSpec asked =
        EndpointSpec.to(URL)
            .types("*")
            .signatures(SignatureProfile.GITHUB)
            .auth(AuthSpec.bearer("s3cr3t-token"))
            .clientCertificate(client.certificate(), client.key());
    try (Hookferry hookferry = start(cipher(key(1)))) {
      hookferry.webhooks().endpoints().create(SiteId.DEFAULT, asked, SigningSecret.of(secret));
    }
    try (Hookferry hookferry = start(cipher(key(1), key(2)))) {
      assertThat(hookferry.webhooks().masterKeys().rotate().status().stale()).isZero();
    }
    assertSealed(kept(), key(2), 3);
    ScriptedTransport transport = new ScriptedTransport();
    try (Hookferry hookferry = start(open(), transport, cipher(key(2)))) {
      hookferry.webhooks().publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}")).join();
      Poll.until(() -> !transport.requestsTo(URL).isEmpty());
    }
    SignedRequest sent = transport.requestsTo(URL).get(0);
    SigningKey signing = new SigningKey(SigningSecret.of(secret));
    assertThat(header(transport, "X-Hub-Signature-256")).isEqualTo(github(signing, sent));
    assertThat(header(transport, "Authorization")).isEqualTo("Bearer s3cr3t-token");
    assertThat(sent.tls()).isNotNull();
  }

  @Test
  default void aKeyPairSignsAfterARotationOfTheMasterKey() {
    SigningSecret pair = SigningSecret.generate(SecretType.ED25519, new Random(4));
    EndpointSpec asked = EndpointSpec.to(URL).types("*").signatures(SignatureProfile.ED25519);
    try (Hookferry hookferry = start(cipher(key(1)))) {
      hookferry.webhooks().endpoints().create(SiteId.DEFAULT, asked, pair);
    }
    assertThat(secrets(kept()))
        .hasSize(1)
        .allMatch(placed -> placed.context().endsWith("/signingKey/" + pair.forReceiver()))
        .noneMatch(placed -> placed.sealed().text().contains(pair.reveal().substring(5, 40)));
    try (Hookferry hookferry = start(cipher(key(1), key(2)))) {
      assertThat(hookferry.webhooks().masterKeys().rotate().status().stale()).isZero();
    }
    assertSealed(kept(), key(2), 1);

    Map<String, String> sent = sent(cipher(key(2)));

    assertThat(sent.get("signed")).startsWith("v1a,");
    EndpointSecret stored =
        kept().endpoints().values().iterator().next().signing().secrets().get(0);
    assertThat(stored.publicKey()).isEqualTo(pair.publicKey());
  }

  private static String github(SigningKey key, SignedRequest sent) {
    Map<String, String> written = new LinkedHashMap<>();
    SignedMessage.Names names = new SignedMessage.Names("id", "type", "delivery", 1);
    SignedMessage message = SignedMessage.of(names, Instant.EPOCH, sent.body(), Map.of());
    SignatureForm.of(Signature.of(SignatureProfile.GITHUB))
        .sign(message, List.of(key), written::put);
    return written.getOrDefault("X-Hub-Signature-256", "");
  }

  private int addEndpoints(SecretCipher cipher, int count) {
    ConfigSamples samples = new ConfigSamples(new Samples(5));
    Store store = open();
    List<ConfigChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(
          new ConfigChange.PutEndpoint(
              SecretContexts.change(
                  samples.sealableEndpoint(SiteId.DEFAULT),
                  (secret, context) -> cipher.seal("s" + context.hashCode(), context))));
    }
    assertThat(store.config().save(changes, store.config().version())).isPresent();
    store.close();
    return count;
  }
}
