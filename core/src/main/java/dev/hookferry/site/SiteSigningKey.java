package dev.hookferry.site;

import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Ed25519PublicKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key that signs the requests of a site.
 *
 * @param publicKey {@code whpk_} and 32 bytes in base64
 * @param privateKey the sealed key pair; if a signer has it, the sealed name of the key
 * @param activeFrom the time from which it signs
 * @param signer the name of the signer that has the private key, or null if Hookferry has it
 */
public record SiteSigningKey(
    String publicKey, Sealed privateKey, Instant activeFrom, @Nullable String signer) {
  public SiteSigningKey {
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(privateKey, "privateKey");
    Objects.requireNonNull(activeFrom, "activeFrom");
    var unused = Ed25519Key.publicBytes(publicKey);
  }

  /** Creates a key whose private half is here. */
  public SiteSigningKey(String publicKey, Sealed privateKey, Instant activeFrom) {
    this(publicKey, privateKey, activeFrom, null);
  }

  /** Returns the name of the key: 16 hexadecimal digits of the hash of its public key. */
  public String kid() {
    return new Ed25519PublicKey(publicKey).kid();
  }

  /** Returns a copy with the given sealed text of the same key pair. */
  SiteSigningKey with(Sealed sealed) {
    return new SiteSigningKey(publicKey, sealed, activeFrom, signer);
  }

  /** Returns a copy that signs from another time on. */
  public SiteSigningKey from(Instant time) {
    Objects.requireNonNull(time, "time");
    return new SiteSigningKey(publicKey, privateKey, time, signer);
  }
}
