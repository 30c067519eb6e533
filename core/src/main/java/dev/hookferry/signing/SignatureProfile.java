package dev.hookferry.signing;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Named signature scheme. Profiles of other senders let existing receivers work unchanged: they
 * also send that sender's headers for ids, times and event types.
 */
public enum SignatureProfile {
  /** Standard Webhooks: {@code webhook-signature}, HMAC-SHA256 over id, time and body. */
  STANDARD(true, false, ""),
  /** {@code X-QLM-Signature}: a plain hash over body and secret. */
  QLM(false, true, ""),
  /** Svix: like {@link #STANDARD}, with the headers {@code svix-id} and so on. */
  SVIX(true, false, ""),
  /** GitHub: {@code X-Hub-Signature-256}, hexadecimal, over the body only. */
  GITHUB(false, true, ""),
  /** Stripe: {@code Stripe-Signature: t=…,v1=…} over time and body. */
  STRIPE(false, false, ""),
  /** Shopify: {@code X-Shopify-Hmac-SHA256}, base64, over the body only. */
  SHOPIFY(false, true, ""),
  /** Slack: {@code X-Slack-Signature: v0=…} over version, time and body. */
  SLACK(false, false, ""),
  /** Convoy, over the body without white space; {@code mode} is simple or advanced. */
  CONVOY(false, true, "mode header versions"),
  /** Outpost; the body is compacted and escaped before it is signed and sent. */
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

  /** Returns the name used in the API, such as {@code github}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the profile with this code; empty if there is none. */
  public static Optional<SignatureProfile> find(String code) {
    Objects.requireNonNull(code, "code");
    return Stream.of(values()).filter(profile -> profile.code().equals(code)).findFirst();
  }

  /** Returns the names of the options that this profile accepts. */
  public List<String> options() {
    return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
  }

  /**
   * Returns whether the key is the bytes encoded in a {@code whsec_} secret. Otherwise, the key is
   * the text of the secret in any form.
   */
  boolean needsStandardSecret() {
    return needsStandardSecret;
  }

  /**
   * Returns whether the endpoint's secret may be a key pair. Standard Webhooks and Svix allow
   * Ed25519 next to HMAC signatures, and QLM's hash uses a separate key.
   */
  boolean acceptsKeyPair() {
    return this == STANDARD || this == SVIX || this == QLM;
  }

  /** Returns whether this profile leaves the time unsigned unless an option includes it. */
  boolean signsBodyAlone() {
    return signsBodyAlone;
  }
}
