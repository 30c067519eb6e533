package dev.hookferry.engine.send;

import dev.hookferry.engine.effect.Sending;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSigningKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The opened Ed25519 keys of sites. Thread-safe. */
final class SiteKeyPairs {
  private final SecretCipher cipher;
  private final Map<SiteId, Opened> opened = new ConcurrentHashMap<>();

  SiteKeyPairs(SecretCipher cipher) {
    this.cipher = cipher;
  }

  /** A key in stored and in opened form. */
  record Opened(SiteSigningKey key, Ed25519Key pair) {}

  /** Returns the key that signs now, or null if the site has none. */
  @Nullable Opened of(Sending sending) {
    Site site = sending.site();
    SiteSigningKey key = site.settings().signingKeys().activeAt(sending.startedAt()).orElse(null);
    if (key == null) {
      return null;
    }
    Opened pair = opened.get(site.id());
    if (pair == null || !pair.key().equals(key)) {
      String context = SecretContexts.signingKey(site.id(), key.publicKey());
      pair = new Opened(key, Ed25519Key.parse(cipher.open(key.privateKey(), context)));
      opened.put(site.id(), pair);
    }
    return pair;
  }

  /** Drops the keys of a site that changed. */
  void forget(SiteId site) {
    opened.remove(site);
  }
}
