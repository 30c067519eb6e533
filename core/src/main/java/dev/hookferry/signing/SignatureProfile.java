package dev.hookferry.signing;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Named signature schemes, including those of other senders, whose receivers then need no change.
 * Each profile also sends that sender's headers: ids, times and event types under its names.
 */
public enum SignatureProfile {
  /** Standard Webhooks: {@code webhook-signature}, HMAC-SHA256 over id, time and body. */
  STANDARD(true, false, ""),
  /** {@code X-QLM-Signature}: a plain hash over body and secret. */
  QLM(false, true, ""),
  /** Svix: as {@link #STANDARD} under the names {@code svix-id} and so on. */
  SVIX(true, false, ""),
  /** GitHub: {@code X-Hub-Signature-256}, hexadecimal, over the body alone. */
  GITHUB(false, true, ""),
  /** Stripe: {@code Stripe-Signature: t=…,v1=…} over time and body. */
  STRIPE(false, false, ""),
  /** Shopify: {@code X-Shopify-Hmac-SHA256}, base64, over the body alone. */
  SHOPIFY(false, true, ""),
  /** Slack: {@code X-Slack-Signature: v0=…} over version, time and body. */
  SLACK(false, false, ""),
  /** Convoy, over the body without white space; {@code mode} is simple or advanced. */
  CONVOY(false, true, "mode header versions"),
  /** Outpost, whose body is compacted and escaped before it is signed and sent. */
  OUTPOST(
      false,
      true,
      "mode header headerPrefix idHeader timestampHeader typeHeader algorithm encoding content"
          + " prefix"),
  /** Hook0; {@code mode} is v1, which also signs the headers, v0, or v0-v1. */
  HOOK0(false, false, "mode header"),
  /** WebhookX: {@code Webhookx-Signature: v1=…} over time and body. */
  WEBHOOKX(false, false, ""),
  /** Standard Webhooks with the Ed25519 key of the endpoint or its site: {@code v1a,…}. */
  ED25519(false, false, ""),
  /** HTTP Message Signatures (RFC 9421) over method, URL, body digest and event id. */
  HTTP_MESSAGE_SIGNATURES(true, false, "algorithm keyid"),
  /** Custom HMAC in a header of your choice. */
  CUSTOM(false, true, "header algorithm encoding content prefix key");

  private final boolean needsStandardSecret;
  private final boolean signsBodyAlone;
  private final String options;

  SignatureProfile(boolean needsStandardSecret, boolean signsBodyAlone, String options) {
    this.needsStandardSecret = needsStandardSecret;
    this.signsBodyAlone = signsBodyAlone;
    this.options = options;
  }

  /** Returns the name in requests and responses, such as {@code github}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the profile with this code. */
  public static Optional<SignatureProfile> find(String code) {
    Objects.requireNonNull(code, "code");
    return Stream.of(values()).filter(profile -> profile.code().equals(code)).findFirst();
  }

  /** Returns the names of the options that it takes. */
  public List<String> options() {
    return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
  }

  /**
   * Returns whether its key is the bytes that a {@code whsec_} secret encodes. Otherwise the key is
   * the text of the secret in any form.
   */
  boolean needsStandardSecret() {
    return needsStandardSecret;
  }

  /**
   * Returns whether a key pair of the endpoint may sign it: Standard Webhooks and Svix write
   * Ed25519 alongside HMAC signatures, and QLM's hash has a key of its own.
   */
  boolean takesKeyPair() {
    return this == STANDARD || this == SVIX || this == QLM;
  }

  /** Returns whether it signs no time unless an option says so. */
  boolean signsBodyAlone() {
    return signsBodyAlone;
  }
}
