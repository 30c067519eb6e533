package dev.hookferry.site;

import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Ed25519PublicKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key that signs a site's requests.
 *
 * @param publicKey {@code whpk_} and 32 bytes in base64
 * @param privateKey the sealed key pair, or the sealed name of the key if an external signer has
 *     the private key
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

  /** Creates a key whose private key Hookferry has. */
  public SiteSigningKey(String publicKey, Sealed privateKey, Instant activeFrom) {
    this(publicKey, privateKey, activeFrom, null);
  }

  /** Returns the key id: 16 hexadecimal digits of the hash of the public key. */
  public String kid() {
    return new Ed25519PublicKey(publicKey).kid();
  }

  /** Returns a copy with this sealed text of the same key. */
  SiteSigningKey with(Sealed sealed) {
    return new SiteSigningKey(publicKey, sealed, activeFrom, signer);
  }

  /** Returns a copy that signs from this time. */
  public SiteSigningKey from(Instant time) {
    Objects.requireNonNull(time, "time");
    return new SiteSigningKey(publicKey, privateKey, time, signer);
  }
}
