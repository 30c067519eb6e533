package dev.hookferry.signing;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a signature. */
public final class SignatureFields {
  /** The signature scheme. */
  public static final FieldSpec<String> PROFILE =
      FieldSpec.of(
              "profile",
              FieldKind.choice(SignatureProfile.class, SignatureProfile::code),
              "Name of the signature scheme.")
          .example("github");

  /** The end of the signature. */
  public static final FieldSpec<Instant> UNTIL =
      FieldSpec.of("until", FieldKind.time(), "End of this signature; absent for none.")
          .example(Instant.parse("2031-01-31T00:00:00Z"));

  private static final FieldSpec<String> MODE =
      FieldSpec.of(
          "mode",
          FieldKind.choice("simple", "advanced", "default", "standard", "v0", "v1", "v0-v1"),
          "Variant of the scheme. convoy: simple (default) or advanced; outpost: default or"
              + " standard; hook0: v1 (default), v0 or v0-v1.");

  private static final FieldSpec<String> HEADER =
      FieldSpec.of(
          "header",
          FieldKind.text(1, 128),
          "Name of the signature header; required for custom. Default: the name that the sender"
              + " uses.");

  private static final FieldSpec<String> ALGORITHM =
      FieldSpec.of(
              "algorithm",
              FieldKind.choice("hmac-sha256", "hmac-sha512", "hmac-sha1", "ed25519"),
              "Hash function of the HMAC; hmac-sha1 for outpost only. http-message-signatures:"
                  + " hmac-sha256, or ed25519 with the key pair of the endpoint or the key of its"
                  + " site.")
          .fallback("hmac-sha256");

  private static final FieldSpec<String> ENCODING =
      FieldSpec.of("encoding", FieldKind.choice("hex", "base64"), "Encoding of the digest.")
          .fallback("hex");

  private static final FieldSpec<String> CONTENT =
      FieldSpec.of(
              "content",
              FieldKind.choice(
                  "body", "timestamp.body", "id.timestamp.body", "id.type.timestamp.body"),
              "Signed parts, joined by dots. Times are Unix seconds: the value of webhook-timestamp"
                  + " for custom, the one in the signature header for outpost.")
          .fallback("body");

  private static final FieldSpec<String> PREFIX =
      FieldSpec.of(
          "prefix",
          FieldKind.text(0, 64),
          "Text before the digest, such as sha512=. With a prefix, an outpost signature contains"
              + " only the digest of the newest secret.");

  private static final FieldSpec<String> KEY =
      FieldSpec.of(
              "key",
              FieldKind.choice("text", "base64"),
              "Key of the HMAC: the secret as text, or the bytes that follow whsec_ in base64.")
          .fallback("text");

  private static final FieldSpec<String> VERSIONS =
      FieldSpec.of(
              "versions",
              FieldKind.pattern(
                  "^(sha256|sha512)-(hex|base64)(,(sha256|sha512)-(hex|base64)){0,4}$"),
              "convoy: hash functions and encodings of v1, v2 and so on, separated by commas.")
          .fallback("sha256-hex");

  private static final FieldSpec<String> HEADER_PREFIX =
      FieldSpec.of(
          "headerPrefix",
          FieldKind.text(0, 64),
          "outpost: prefix of the header names. Default: X-Outpost-, or Webhook- in standard mode.");

  private static final FieldSpec<String> ID_HEADER =
      FieldSpec.of(
          "idHeader",
          FieldKind.text(0, 128),
          "outpost: name of the header with the event id; empty for no header.");

  private static final FieldSpec<String> TIMESTAMP_HEADER =
      FieldSpec.of(
          "timestampHeader",
          FieldKind.text(0, 128),
          "outpost: name of the header with the time; empty for no header.");

  private static final FieldSpec<String> TYPE_HEADER =
      FieldSpec.of(
          "typeHeader",
          FieldKind.text(0, 128),
          "outpost: name of the header with the event type; empty for no header.");

  private static final FieldSpec<String> KEY_ID =
      FieldSpec.of(
          "keyid",
          FieldKind.pattern("^[A-Za-z0-9_.:/-]{1,128}$"),
          "http-message-signatures: the keyid that receivers see. Default: hookferry, or the kid of"
              + " the Ed25519 key.");

  /** All options, in the order of {@link #ALL}. */
  static final List<FieldSpec<String>> OPTIONS =
      List.of(
          MODE,
          HEADER,
          ALGORITHM,
          ENCODING,
          CONTENT,
          PREFIX,
          KEY,
          VERSIONS,
          HEADER_PREFIX,
          ID_HEADER,
          TIMESTAMP_HEADER,
          TYPE_HEADER,
          KEY_ID);

  /** All fields of a signature. */
  public static final FieldTable ALL =
      FieldTable.of(
              "Signature",
              PROFILE,
              UNTIL,
              MODE,
              HEADER,
              ALGORITHM,
              ENCODING,
              CONTENT,
              PREFIX,
              KEY,
              VERSIONS,
              HEADER_PREFIX,
              ID_HEADER,
              TIMESTAMP_HEADER,
              TYPE_HEADER,
              KEY_ID)
          .named(
              "Signature",
              "A profile with its options and an optional end. A profile without options and"
                  + " without an end may be a string.")
          .requiring(PROFILE);

  private SignatureFields() {}

  /**
   * Creates a signature from these values; returns null if they contain no valid profile.
   *
   * @throws dev.hookferry.refusal.InvalidException if an option is invalid or not allowed for the
   *     profile
   */
  public static @Nullable Signature signature(FieldValues values) {
    Objects.requireNonNull(values, "values");
    SignatureProfile profile = SignatureProfile.find(values.get(PROFILE, "")).orElse(null);
    if (profile == null) {
      return null;
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (FieldSpec<String> option : OPTIONS) {
      String value = values.get(option);
      if (value != null) {
        options.put(option.name(), value);
      }
    }
    return new Signature(profile, options, values.get(UNTIL));
  }
}
