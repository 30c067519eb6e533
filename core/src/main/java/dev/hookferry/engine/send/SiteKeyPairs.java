package dev.hookferry.engine.send;

import dev.hookferry.engine.effect.Sending;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signers;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Ed25519Signer;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSigningKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The Ed25519 keys of sites, ready to sign. Thread-safe. */
final class SiteKeyPairs {
  private final SecretCipher cipher;
  private final @Nullable Signers signers;
  private final Map<SiteId, Opened> opened = new ConcurrentHashMap<>();

  /**
   * Creates an empty cache of keys.
   *
   * @param signers sign with the keys that are kept outside the store; null to omit their
   *     signatures
   */
  SiteKeyPairs(SecretCipher cipher, @Nullable Signers signers) {
    this.cipher = cipher;
    this.signers = signers;
  }

  /**
   * A key in stored form, with its signer.
   *
   * @param signer blocks if a key management service has the key
   */
  private record Opened(SiteSigningKey key, Ed25519Signer signer) {}

  /** Returns the key that signs an attempt; null if there is none, or it is to be omitted. */
  @Nullable Ed25519Signer of(Sending sending) {
    SiteSigningKey key = active(sending);
    if (key == null || (key.signer() != null && signers == null)) {
      return null;
    }
    Site site = sending.site();
    Opened pair = opened.get(site.id());
    if (pair == null || !pair.key().equals(key)) {
      String context = SecretContexts.signingKey(site.id(), key.publicKey());
      String text = cipher.open(key.privateKey(), context);
      pair = new Opened(key, new Ed25519Signer(key.kid(), signing(key, text)));
      opened.put(site.id(), pair);
    }
    return pair.signer();
  }

  private UnaryOperator<byte[]> signing(SiteSigningKey key, String opened) {
    String signer = key.signer();
    if (signer == null || signers == null) {
      return Ed25519Key.parse(opened)::sign;
    }
    return message -> signers.sign(signer, opened, message);
  }

  /** Returns the name of the external signer that holds the active key; null if none does. */
  static @Nullable String signerOf(Sending sending) {
    SiteSigningKey key = active(sending);
    return key == null ? null : key.signer();
  }

  private static @Nullable SiteSigningKey active(Sending sending) {
    return sending.site().settings().signingKeys().activeAt(sending.startedAt()).orElse(null);
  }

  /** Drops the keys of a site that changed. */
  void forget(SiteId site) {
    opened.remove(site);
  }
}
