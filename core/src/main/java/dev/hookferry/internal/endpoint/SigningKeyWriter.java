package dev.hookferry.internal.endpoint;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Signature;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSigningKey;
import dev.hookferry.site.SiteSigningKeys;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Creates the Ed25519 keys of sites. */
public final class SigningKeyWriter {
  private final SecretCipher cipher;
  private final RandomGenerator random;

  public SigningKeyWriter(SecretCipher cipher, RandomGenerator random) {
    this.cipher = cipher;
    this.random = random;
  }

  /** Returns the changes that store an endpoint, and the first key of its site if it needs one. */
  public List<ConfigChange> changes(Config config, Endpoint endpoint, Instant now) {
    ConfigChange put = new ConfigChange.PutEndpoint(endpoint);
    Site site = config.sites().get(endpoint.site());
    boolean isSigned = endpoint.signing().signatures().stream().anyMatch(Signature::usesSiteKey);
    return site != null && isSigned && site.settings().signingKeys().all().isEmpty()
        ? List.of(new ConfigChange.PutSite(with(site, now, now)), put)
        : List.of(put);
  }

  /** Returns the site with a further key, which signs from {@code activeFrom} on. */
  public Site with(Site site, Instant activeFrom, Instant now) {
    SiteId id = site.id();
    Ed25519Key key = Ed25519Key.generate(random);
    Sealed sealed = cipher.seal(key.reveal(), SecretContexts.signingKey(id, key.publicKey()));
    SiteSigningKeys keys = site.settings().signingKeys();
    return site.with(
        site.settings()
            .withSigningKeys(
                keys.with(new SiteSigningKey(key.publicKey(), sealed, activeFrom), now)));
  }
}
