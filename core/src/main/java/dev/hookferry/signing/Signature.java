package dev.hookferry.signing;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.internal.argument.StorableTimes;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way to sign requests to an endpoint: a profile with options and an optional end. Immutable.
 *
 * @param profile the signature scheme
 * @param options the options of {@link SignatureFields} that are set, by name; only those in {@link
 *     SignatureProfile#options} are allowed
 * @param until when requests stop being signed this way, or null for no end
 */
public record Signature(
    SignatureProfile profile, Map<String, String> options, @Nullable Instant until) {
  /** The signatures of an endpoint that does not specify any. */
  public static final List<Signature> DEFAULT =
      List.of(of(SignatureProfile.QLM), of(SignatureProfile.STANDARD));

  /** Maximum number of signatures of one endpoint. */
  public static final int MAX = 4;

  private static final Map<SignatureProfile, List<String>> MODES =
      Map.of(
          SignatureProfile.CONVOY, List.of("simple", "advanced"),
          SignatureProfile.OUTPOST, List.of("default", "standard"),
          SignatureProfile.HOOK0, List.of("v1", "v0", "v0-v1"));

  /**
   * Creates a signature.
   *
   * @throws dev.hookferry.refusal.InvalidException if an option is malformed, missing or not
   *     allowed for the profile, or if the end is not in the years 1 to 9999
   */
  public Signature {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(options, "options");
    if (until != null) {
      StorableTimes.checked("until", until, "until");
    }
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    Problems problems = new Problems();
    for (Map.Entry<String, String> option : options.entrySet()) {
      check(problems, profile, option.getKey(), option.getValue());
    }
    if (profile == SignatureProfile.CUSTOM) {
      problems.require(
          options.containsKey("header"), "header", "is missing: the name of the signature header");
    }
    problems.throwIfAny();
  }

  /** Returns a signature without options and without an end. */
  public static Signature of(SignatureProfile profile) {
    return new Signature(profile, Map.of(), null);
  }

  /**
   * Returns a copy that ends at this time.
   *
   * @param end a time in the years 1 to 9999
   * @throws InvalidException if the time is outside those years
   */
  public Signature until(Instant end) {
    return new Signature(profile, options, Objects.requireNonNull(end, "end"));
  }

  /**
   * Returns a copy with an additional option.
   *
   * @throws dev.hookferry.refusal.InvalidException if the option is malformed or not allowed for
   *     the profile
   */
  public Signature with(String option, String value) {
    Objects.requireNonNull(option, "option");
    Objects.requireNonNull(value, "value");
    Map<String, String> more = new LinkedHashMap<>(options);
    more.put(option, value);
    return new Signature(profile, more, until);
  }

  /** Returns whether this signature is still used at this time. */
  public boolean isActive(Instant now) {
    Objects.requireNonNull(now, "now");
    return until == null || now.isBefore(until);
  }

  /** Returns whether this signature has neither options nor an end. */
  public boolean isPlain() {
    return options.isEmpty() && until == null;
  }

  /**
   * Returns whether a recorded request would still verify later because the signature does not
   * cover the time.
   */
  public boolean isReplayable() {
    String mode = option("mode", "");
    return profile.signsBodyAlone()
        && !option("content", "body").contains("timestamp")
        && !mode.equals("advanced")
        && !mode.equals("standard");
  }

  /**
   * Returns whether requests are always signed with Ed25519, using the endpoint's own key pair or,
   * if it has none, the site's key.
   */
  public boolean isEd25519() {
    return profile == SignatureProfile.ED25519
        || (profile == SignatureProfile.HTTP_MESSAGE_SIGNATURES
            && HttpMessageSignature.isEd25519(this));
  }

  /**
   * Returns whether the endpoint's secret may be a key pair: the profile either signs with it or
   * uses a different key.
   */
  public boolean acceptsKeyPair() {
    return isEd25519() || profile.acceptsKeyPair();
  }

  /**
   * Checks that a secret can sign this way.
   *
   * @throws InvalidException if the secret is a key pair but the signature is an HMAC, or if the
   *     signature needs a {@code whsec_} secret and this is not one
   */
  public void requireFit(SigningSecret secret) {
    Objects.requireNonNull(secret, "secret");
    if (secret.type() == SecretType.ED25519) {
      Problems.check(
          problems ->
              problems.require(
                  acceptsKeyPair(),
                  "secret",
                  "must not be a key pair (whsk_) for the signature "
                      + profile.code()
                      + ", whose receivers verify with a shared secret; use such a secret, or only"
                      + " the signatures standard, svix, ed25519 and qlm"));
    } else if (needsStandardSecret()) {
      requireStandard(secret);
    }
  }

  private void requireStandard(SigningSecret secret) {
    try {
      Objects.requireNonNull(secret.standard());
    } catch (InvalidException e) {
      throw InvalidException.of(
          "secret",
          "must be whsec_ followed by 24 to 75 bytes in base64 for the signature "
              + profile.code()
              + "; use such a secret, or other signatures");
    }
  }

  /** Returns whether the HMAC key is the bytes encoded in a {@code whsec_} secret. */
  public boolean needsStandardSecret() {
    return (profile.needsStandardSecret() && !isEd25519())
        || option("key", "").equals("base64")
        || (profile == SignatureProfile.OUTPOST && option("mode", "").equals("standard"));
  }

  /**
   * Returns the names of the headers sent with this signature, starting with the signature header.
   */
  public List<String> headers() {
    return SignatureForms.of(this).headers();
  }

  /** Returns an option, or the fallback if it is not set. */
  String option(String name, String fallback) {
    return options.getOrDefault(name, fallback);
  }

  /**
   * Parses a signature in text form: a profile, its options and its end, separated by spaces, such
   * as {@code custom header=X-Acme-Digest encoding=base64 until=2031-01-31T00:00:00Z}.
   *
   * @throws InvalidException if the text is malformed, or an option or the end is invalid
   */
  public static Signature parse(String text) {
    Objects.requireNonNull(text, "text");
    String[] words = text.strip().split("\\s+", -1);
    FieldKind<String> profiles = SignatureFields.PROFILE.kind();
    SignatureProfile profile =
        SignatureProfile.find(words[0])
            .orElseThrow(() -> InvalidException.of("profile", profiles.rule()));
    Map<String, String> options = new LinkedHashMap<>();
    for (String word : List.of(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw InvalidException.of(
            "options", "must be like header=X-Acme-Digest, separated by spaces, not " + word);
      }
      options.put(word.substring(0, equals), word.substring(equals + 1));
    }
    String end = options.remove("until");
    return new Signature(profile, options, end == null ? null : time(end));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw InvalidException.of("until", SignatureFields.UNTIL.kind().rule());
    }
  }

  /** Returns the text form that {@link #parse} accepts. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(profile.code());
    options.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return until == null ? text.toString() : text.append(" until=").append(until).toString();
  }

  private static void check(
      Problems problems, SignatureProfile profile, String name, String value) {
    if (!profile.options().contains(name)) {
      String has =
          profile.options().isEmpty()
              ? "has no options"
              : "has the options " + String.join(", ", profile.options());
      problems.add(name, "is not an option of " + profile.code() + ", which " + has);
      return;
    }
    for (FieldSpec<String> option : SignatureFields.OPTIONS) {
      problems.require(
          !option.name().equals(name) || option.kind().allows(value), name, option.kind().rule());
    }
    List<String> modes = MODES.getOrDefault(profile, List.of());
    problems.require(
        !name.equals("mode") || modes.contains(value),
        name,
        "must be " + String.join(" or ", modes) + " for " + profile.code());
    checkAlgorithm(problems, profile, name, value);
    boolean isCustom = profile == SignatureProfile.CUSTOM;
    problems.require(
        !value.equals(isCustom ? "id.type.timestamp.body" : "id.timestamp.body"),
        name,
        "must be body, timestamp.body or "
            + (isCustom ? "id.timestamp.body" : "id.type.timestamp.body"));
    problems.require(
        !name.equals("prefix") || value.chars().allMatch(c -> 0x20 < c && c < 0x7f),
        name,
        "must be visible ASCII without spaces");
  }

  private static void checkAlgorithm(
      Problems problems, SignatureProfile profile, String name, String value) {
    problems.require(
        !value.equals("hmac-sha1") || profile == SignatureProfile.OUTPOST,
        name,
        "must be hmac-sha256 or hmac-sha512; hmac-sha1 is for outpost only");
    boolean isMessage = profile == SignatureProfile.HTTP_MESSAGE_SIGNATURES;
    problems.require(
        !name.equals("algorithm")
            || (isMessage
                ? List.of("hmac-sha256", "ed25519").contains(value)
                : !value.equals("ed25519")),
        name,
        isMessage ? "must be hmac-sha256 or ed25519" : "must be an HMAC");
  }
}
