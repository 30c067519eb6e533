package dev.hookferry.site;

import dev.hookferry.event.Sha256;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519Key;
import java.time.Instant;
import java.util.Objects;

/**
 * An Ed25519 key that signs the requests of a site.
 *
 * @param publicKey {@code whpk_} and 32 bytes in base64
 * @param privateKey the sealed key pair
 * @param activeFrom the time from which it signs
 */
public record SiteSigningKey(String publicKey, Sealed privateKey, Instant activeFrom) {
  private static final int KID_LENGTH = 16;

  public SiteSigningKey {
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(privateKey, "privateKey");
    Objects.requireNonNull(activeFrom, "activeFrom");
    var unused = Ed25519Key.publicBytes(publicKey);
  }

  /** Returns the name of the key: 16 hexadecimal digits of the hash of its public key. */
  public String kid() {
    return Sha256.hex(Ed25519Key.publicBytes(publicKey)).substring(0, KID_LENGTH);
  }

  /** Returns a copy with another sealed text of the same key pair. */
  SiteSigningKey with(Sealed other) {
    return new SiteSigningKey(publicKey, other, activeFrom);
  }
}
