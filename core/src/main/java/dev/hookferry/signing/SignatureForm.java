package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recipe for a signature: an HMAC per secret, each over a string and the body, joined in one
 * header. Where Standard Webhooks allows it, a key pair signs with Ed25519 instead. Immutable and
 * thread-safe.
 */
public final class SignatureForm {
  /** Version prefix of an HMAC in Standard Webhooks, which uses a different one for Ed25519. */
  static final String HMAC_VERSION = "v1,";

  private final String header;
  private final boolean isDecoded;
  private final Order order;
  private final boolean isBodyEscaped;
  private final List<Digest> digests;
  private final List<Companion> companions;

  /**
   * The digests with one algorithm, one per secret. Texts may contain the placeholders of {@link
   * SignedMessage}.
   *
   * @param before text before the first digest in the header
   * @param between text between two digests; null to sign only with the newest secret
   * @param text the text that is signed before the body
   * @param isCompact whether the body is signed without the white space between its tokens
   * @param algorithm the Java name of the HMAC algorithm
   * @param isBase64 whether the digest is encoded in base64 rather than lower-case hexadecimal
   */
  record Digest(
      String before,
      @Nullable String between,
      String text,
      boolean isCompact,
      String algorithm,
      boolean isBase64) {
    String of(SigningKey key, boolean isDecoded, SignedMessage message) {
      byte[] hmac = key.hmac(algorithm, isDecoded, message.fill(text), message.body(isCompact));
      return isBase64 ? Base64.getEncoder().encodeToString(hmac) : HexFormat.of().formatHex(hmac);
    }
  }

  /** An additional header of a signature; its value may contain placeholders. */
  record Companion(String name, String value) {}

  /** The order of the digests of several secrets. */
  enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST,
    /** The newest first, then the rest, oldest first. */
    NEWEST_THEN_OLDEST
  }

  /** Properties of a form other than its digests. */
  record Traits(boolean isDecoded, Order order, boolean isBodyEscaped) {}

  SignatureForm(String header, Traits traits, List<Digest> digests, List<Companion> companions) {
    this.header = header;
    isDecoded = traits.isDecoded();
    order = traits.order();
    isBodyEscaped = traits.isBodyEscaped();
    this.digests = List.copyOf(digests);
    this.companions = List.copyOf(companions);
  }

  /**
   * Returns the form of a signature. The forms of {@code qlm}, {@code ed25519} and {@code
   * http-message-signatures} have no digests and only name the headers.
   */
  public static SignatureForm of(Signature signature) {
    return SignatureForms.of(Objects.requireNonNull(signature, "signature"));
  }

  /** Returns the names of the headers, starting with the signature header. */
  List<String> headers() {
    return Stream.concat(Stream.of(header), companions.stream().map(Companion::name)).toList();
  }

  /** Returns the body to send with this signature. */
  public Payload body(Payload published) {
    Objects.requireNonNull(published, "published");
    return isBodyEscaped ? CompactJson.escaped(published) : published;
  }

  /**
   * Signs a message.
   *
   * @param keys the active secrets, newest first; at least one
   * @param headers receives the name and value of each header
   */
  public void sign(
      SignedMessage message, List<SigningKey> keys, BiConsumer<String, String> headers) {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(headers, "headers");
    List<SigningKey> ordered = new ArrayList<>(Objects.requireNonNull(keys, "keys"));
    switch (order) {
      case NEWEST_FIRST -> {}
      case OLDEST_FIRST -> Collections.reverse(ordered);
      case NEWEST_THEN_OLDEST -> Collections.reverse(ordered.subList(1, ordered.size()));
    }
    for (Companion companion : companions) {
      headers.accept(companion.name(), message.fill(companion.value()));
    }
    StringBuilder value = new StringBuilder(96);
    for (Digest digest : digests) {
      value.append(message.fill(digest.before()));
      String between = digest.between();
      if (between == null) {
        value.append(digest.of(keys.get(0), isDecoded, message));
        continue;
      }
      String separator = "";
      for (SigningKey key : ordered) {
        value.append(separator);
        append(value, digest, key, message);
        separator = between;
      }
    }
    headers.accept(header, value.toString());
  }

  /**
   * Appends the signature with one secret; a key pair's signature has a different version prefix.
   */
  private void append(StringBuilder value, Digest digest, SigningKey key, SignedMessage message) {
    Ed25519Signer signer = key.signer();
    if (signer == null || !digest.before().equals(HMAC_VERSION)) {
      value.append(digest.of(key, isDecoded, message));
      return;
    }
    byte[] signed =
        signer.sign().apply(Ed25519Key.message(message.fill(digest.text()), message.body(false)));
    value.setLength(value.length() - HMAC_VERSION.length());
    value.append(Ed25519Key.versioned(signed));
  }

  String header() {
    return header;
  }

  boolean isDecoded() {
    return isDecoded;
  }

  List<Digest> digests() {
    return digests;
  }

  List<Companion> companions() {
    return companions;
  }
}
