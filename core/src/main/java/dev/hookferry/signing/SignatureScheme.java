package dev.hookferry.signing;

/** The signatures that an endpoint can get. */
public enum SignatureScheme {
  /** {@code X-QLM-Signature}: a plain hash over body and secret. */
  QLM,
  /** {@code webhook-signature}: Standard Webhooks, HMAC-SHA256 over id, time and body. */
  STANDARD
}
