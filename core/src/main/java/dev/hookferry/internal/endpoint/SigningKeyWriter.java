package dev.hookferry.internal.endpoint;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.runtime.TimedCall;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signer;
import dev.hookferry.signer.SignerException;
import dev.hookferry.signer.Signers;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSigningKey;
import dev.hookferry.site.SiteSigningKeys;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Creates the Ed25519 keys of sites. Not thread-safe. */
public final class SigningKeyWriter {
  /** Time limit for a signer to create a key. */
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final SecretCipher cipher;
  private final RandomGenerator random;
  private final Signers signers;
  private @Nullable SiteSigningKey prepared;

  public SigningKeyWriter(SecretCipher cipher, RandomGenerator random, Signers signers) {
    this.cipher = cipher;
    this.random = random;
    this.signers = signers;
  }

  /**
   * Creates a key without storing it. Blocks while an external signer creates it, so do not call
   * this while the configuration is locked.
   *
   * @throws OverloadedException if the signer creates none
   */
  public SiteSigningKey create(SiteId site, Instant activeFrom) {
    String signer = signers.creator();
    return signer == null ? sealed(site, activeFrom) : remote(site, activeFrom, signer);
  }

  private SiteSigningKey remote(SiteId site, Instant activeFrom, String signer) {
    try {
      Signer.Key key = TimedCall.of(LIMIT, () -> signers.newKey(site));
      String context = SecretContexts.signingKey(site, key.publicKey());
      return new SiteSigningKey(
          key.publicKey(), cipher.seal(key.name(), context), activeFrom, signer);
    } catch (SignerException e) {
      throw OverloadedException.soon(e.reason() + "; nothing was changed");
    }
  }

  private SiteSigningKey sealed(SiteId site, Instant activeFrom) {
    Ed25519Key key = Ed25519Key.generate(random);
    String context = SecretContexts.signingKey(site, key.publicKey());
    return new SiteSigningKey(key.publicKey(), cipher.seal(key.reveal(), context), activeFrom);
  }

  /**
   * Has the external signer, if any, create the first key of a site if an endpoint will need it.
   * Blocks; call it before the change.
   *
   * @param signatures the requested signatures of the endpoint
   * @param type the type of its secret; a key pair makes the site's key unnecessary
   * @throws OverloadedException if the signer creates none
   */
  public void prepare(
      Config config, SiteId site, List<Signature> signatures, SecretType type, Instant now) {
    if (signers.creator() != null
        && type == SecretType.HMAC
        && signatures.stream().anyMatch(Signature::isEd25519)
        && isWithoutKey(config, site)) {
      prepared = create(site, now);
    }
  }

  private static boolean isWithoutKey(Config config, SiteId id) {
    Site site = config.sites().get(id);
    return site != null && site.settings().signingKeys().all().isEmpty();
  }

  /**
   * Returns the changes that store an endpoint and, if it needs one, the first key of its site.
   *
   * @throws ConflictException if an external signer would have to create the key now
   */
  public List<ConfigChange> changes(Config config, Endpoint endpoint, Instant now) {
    ConfigChange put = new ConfigChange.PutEndpoint(endpoint);
    Site site = config.sites().get(endpoint.site());
    boolean isSigned = endpoint.signing().usesSiteKeyAt(now);
    if (site == null || !isSigned || !isWithoutKey(config, site.id())) {
      return List.of(put);
    }
    SiteSigningKey key = prepared;
    if (key == null && signers.creator() != null) {
      throw new ConflictException("the site was just recreated; try again");
    }
    Site keyed = with(site, key == null ? sealed(site.id(), now) : key, now);
    return List.of(new ConfigChange.PutSite(keyed), put);
  }

  /**
   * Returns the site with an additional key.
   *
   * @throws ConflictException if a key is already waiting to sign, or this key already exists
   */
  public static Site with(Site site, SiteSigningKey key, Instant now) {
    SiteSigningKeys keys = site.settings().signingKeys();
    return site.with(site.settings().withSigningKeys(keys.with(key, now)));
  }
}
