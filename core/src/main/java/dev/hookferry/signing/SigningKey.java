package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret prepared for signing with any profile. Thread-safe. */
public final class SigningKey {
  private final SigningSecret secret;
  private final @Nullable Ed25519Signer signer;
  private final Map<Use, Mac> prototypes = new ConcurrentHashMap<>();

  private record Use(String algorithm, boolean isDecoded) {}

  public SigningKey(SigningSecret secret) {
    this.secret = Objects.requireNonNull(secret, "secret");
    Ed25519Key keyPair = secret.keyPair();
    signer = keyPair == null ? null : Ed25519Signer.of(keyPair);
  }

  /** Returns the Ed25519 signer if the secret is a key pair; otherwise null. */
  public @Nullable Ed25519Signer signer() {
    return signer;
  }

  /**
   * Returns the HMAC of a string followed by a body.
   *
   * @param algorithm the Java name, such as {@code HmacSHA256}
   * @param isDecoded whether the key is the bytes encoded after {@code whsec_}, rather than the
   *     text itself
   */
  byte[] hmac(String algorithm, boolean isDecoded, String text, Payload body) {
    Mac mac = copy(prototypes.computeIfAbsent(new Use(algorithm, isDecoded), this::prototype));
    mac.update(text.getBytes(StandardCharsets.UTF_8));
    mac.update(body.unsafeBytes());
    return mac.doFinal();
  }

  private Mac prototype(Use use) {
    try {
      Mac mac = Mac.getInstance(use.algorithm());
      mac.init(new SecretKeySpec(bytes(use.isDecoded()), use.algorithm()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + use.algorithm(), e);
    }
  }

  private byte[] bytes(boolean isDecoded) {
    String text = secret.reveal();
    if (!isDecoded) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String encoded = secret.standard().reveal().substring(StandardSecret.PREFIX.length());
    return Base64.getDecoder().decode(encoded);
  }

  /**
   * Clones a prototype, which is much cheaper than looking up the algorithm and expanding the key.
   */
  private static Mac copy(Mac prototype) {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HMAC cannot be cloned", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
