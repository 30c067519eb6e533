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
  /** Whose way of signing it is. */
  public static final FieldSpec<String> PROFILE =
      FieldSpec.of(
              "profile",
              FieldKind.choice(SignatureProfile.class, SignatureProfile::code),
              "Whose way of signing this is.")
          .example("github");

  /** When it ends. */
  public static final FieldSpec<Instant> UNTIL =
      FieldSpec.of(
              "until",
              FieldKind.time(),
              "When requests are no longer signed this way; absent for no end.")
          .example(Instant.parse("2031-01-31T00:00:00Z"));

  private static final FieldSpec<String> MODE =
      FieldSpec.of(
          "mode",
          FieldKind.choice("simple", "advanced", "default", "standard", "v0", "v1", "v0-v1"),
          "convoy: simple or advanced; outpost: default or standard; hook0: v1, v0 or v0-v1. The"
              + " first of each is its default.");

  private static final FieldSpec<String> HEADER =
      FieldSpec.of(
          "header",
          FieldKind.text(1, 128),
          "The header of the signature: required for custom, else the sender's own by default.");

  private static final FieldSpec<String> ALGORITHM =
      FieldSpec.of(
              "algorithm",
              FieldKind.choice("hmac-sha256", "hmac-sha512", "hmac-sha1"),
              "The hash of the HMAC; hmac-sha1 for outpost only.")
          .fallback("hmac-sha256");

  private static final FieldSpec<String> ENCODING =
      FieldSpec.of("encoding", FieldKind.choice("hex", "base64"), "How the digest is written.")
          .fallback("hex");

  private static final FieldSpec<String> CONTENT =
      FieldSpec.of(
              "content",
              FieldKind.choice(
                  "body", "timestamp.body", "id.timestamp.body", "id.type.timestamp.body"),
              "What is signed, joined by dots. Times are Unix seconds: for custom those of"
                  + " webhook-timestamp, for outpost those in the signature's header.")
          .fallback("body");

  private static final FieldSpec<String> PREFIX =
      FieldSpec.of(
          "prefix",
          FieldKind.text(0, 64),
          "What stands before the digest, such as sha512=. An outpost signature with a prefix holds"
              + " the digest of the newest secret alone.");

  private static final FieldSpec<String> KEY =
      FieldSpec.of(
              "key",
              FieldKind.choice("text", "base64"),
              "Whether the key is the text of the secret, or what its base64 after whsec_ encodes.")
          .fallback("text");

  private static final FieldSpec<String> VERSIONS =
      FieldSpec.of(
              "versions",
              FieldKind.pattern(
                  "^(sha256|sha512)-(hex|base64)(,(sha256|sha512)-(hex|base64)){0,4}$"),
              "convoy: hashes and encodings of v1, v2 and so on, separated by commas.")
          .fallback("sha256-hex");

  private static final FieldSpec<String> HEADER_PREFIX =
      FieldSpec.of(
          "headerPrefix",
          FieldKind.text(0, 64),
          "outpost: how its header names begin; X-Outpost- by default, Webhook- in standard mode.");

  private static final FieldSpec<String> ID_HEADER =
      FieldSpec.of(
          "idHeader",
          FieldKind.text(0, 128),
          "outpost: the header of the event's id; empty for none.");

  private static final FieldSpec<String> TIMESTAMP_HEADER =
      FieldSpec.of(
          "timestampHeader",
          FieldKind.text(0, 128),
          "outpost: the header of the time; empty for none.");

  private static final FieldSpec<String> TYPE_HEADER =
      FieldSpec.of(
          "typeHeader",
          FieldKind.text(0, 128),
          "outpost: the header of the event type; empty for none.");

  /** Every option, in the order of the tables. */
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
          TYPE_HEADER);

  /** All of them. */
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
              TYPE_HEADER)
          .named(
              "Signature",
              "A profile, an optional end, and the options of profiles that have any. A profile"
                  + " without either may be written as a string.")
          .requiring(PROFILE);

  private SignatureFields() {}

  /**
   * Returns the signature that these values make; null without a valid profile.
   *
   * @throws dev.hookferry.refusal.InvalidException if an option does not go with the profile
   */
  public static @Nullable Signature signature(FieldValues given) {
    Objects.requireNonNull(given, "given");
    SignatureProfile profile = SignatureProfile.find(given.get(PROFILE, "")).orElse(null);
    if (profile == null) {
      return null;
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (FieldSpec<String> option : OPTIONS) {
      String value = given.get(option);
      if (value != null) {
        options.put(option.name(), value);
      }
    }
    return new Signature(profile, options, given.get(UNTIL));
  }
}
