package dev.hookferry.secret;

import dev.hookferry.event.Payload;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Format of sealed texts: {@code sealed:1:KEY:WRAPPED:SECRET}, where 1 is the format version.
 *
 * @param keyId the master key that wraps the data key
 * @param wrapped the data key, encrypted by {@link AesGcm}
 * @param secret the secret, encrypted by {@link AesGcm}
 */
record SealedText(String keyId, Payload wrapped, Payload secret) {
  private static final String BEGINNING = "sealed:";
  private static final String VERSION = BEGINNING + "1:";
  private static final Pattern FORM =
      Pattern.compile("sealed:1:(mk_[0-9a-f]{12}):([A-Za-z0-9_-]+):([A-Za-z0-9_-]+)");

  /** Parses a sealed text; empty if it has a different format. */
  static Optional<SealedText> read(Sealed sealed) {
    Matcher matcher = FORM.matcher(sealed.text());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      return Optional.of(
          new SealedText(
              matcher.group(1),
              Payload.wrap(decoder.decode(matcher.group(2))),
              Payload.wrap(decoder.decode(matcher.group(3)))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the name of the key without decoding the rest; empty if the text is not sealed. */
  static Optional<String> keyId(Sealed sealed) {
    if (!isSealed(sealed)) {
      return Optional.empty();
    }
    // The text may have a future format or be damaged, but must not be treated as unsealed.
    String[] parts = sealed.text().split(":", 4);
    return Optional.of(parts.length < 3 ? "unknown" : parts[2]);
  }

  /** Returns whether the text was sealed, by any version of Hookferry. */
  static boolean isSealed(Sealed sealed) {
    return sealed.text().startsWith(BEGINNING);
  }

  Sealed write() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return new Sealed(
        VERSION
            + keyId
            + ':'
            + encoder.encodeToString(wrapped.unsafeBytes())
            + ':'
            + encoder.encodeToString(secret.unsafeBytes()));
  }

  @Override
  public String toString() {
    return VERSION + keyId;
  }
}
