package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SettingsByName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The secrets in an endpoint's form, as typed.
 *
 * @param secret an existing secret for a new endpoint, or empty for a new one
 * @param secretType the kind of a new one; empty for a shared secret
 * @param qlmSecret its own QLM key, the mask for the current one, or empty for the site's
 */
public record SecretsForm(String secret, String secretType, String qlmSecret) {
  /** A form in which nothing is typed. */
  public static final SecretsForm EMPTY = new SecretsForm("", "", "");

  /** Returns a form filled with an endpoint's present values. */
  static SecretsForm of(Endpoint endpoint) {
    return new SecretsForm(
        "", "", endpoint.signing().qlmSecret() == null ? "" : SettingsByName.MASK);
  }

  /** Returns the form that a browser submitted. */
  static SecretsForm of(FormValues form) {
    return new SecretsForm(form.text("secret"), form.text("secretType"), form.text("qlmSecret"));
  }

  /** Returns whether a new secret is to be a key pair. */
  public boolean isKeyPair() {
    return type() == SecretType.ED25519;
  }

  /** Returns the kind of a new secret. */
  SecretType type() {
    return secretType.equals(SecretType.ED25519.code()) ? SecretType.ED25519 : SecretType.HMAC;
  }

  /**
   * Returns a new secret of a kind; null if that is the kind that is generated anyway.
   *
   * @param code the kind, as typed
   */
  static @Nullable SigningSecret generated(String code, SecretType usual) {
    return Stream.of(SecretType.values())
        .filter(type -> type != usual && type.code().equals(code))
        .findFirst()
        .map(type -> SigningSecret.generate(type, new SecureRandom()))
        .orElse(null);
  }

  /** Returns the typed secret of a new endpoint; null if it is empty or invalid. */
  @Nullable SigningSecret validSecret() {
    try {
      return secret.isEmpty() ? null : SigningSecret.of(secret);
    } catch (InvalidException e) {
      return null;
    }
  }

  /**
   * Adds the values to those of a specification.
   *
   * @throws InvalidException if the secret is malformed
   */
  FieldValues addTo(FieldValues values) {
    if (!secret.isEmpty()) {
      var unused = SigningSecret.of(secret);
    }
    if (qlmSecret.isEmpty()) {
      return values.withReset(EndpointFields.QLM_SECRET);
    }
    return isMask(qlmSecret) ? values : values.with(EndpointFields.QLM_SECRET, qlmSecret);
  }

  private static boolean isMask(String typed) {
    return typed.equals(SettingsByName.MASK);
  }

  /** Returns the minute until which old secrets of an endpoint also sign; empty if none does. */
  static String oldUntil(Endpoint endpoint, Instant now) {
    Instant until = endpoint.signing().oldSecretsUntil();
    return until == null ? "" : DisplayTime.of(until, now).minute();
  }
}
