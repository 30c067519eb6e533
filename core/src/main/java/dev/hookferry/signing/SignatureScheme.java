package dev.hookferry.signing;

/** Signature schemes that an endpoint can use. */
public enum SignatureScheme {
  /** {@code X-QLM-Signature}: a plain hash over body and secret. */
  QLM,
  /** {@code webhook-signature}: Standard Webhooks, HMAC-SHA256 over id, time and body. */
  STANDARD
}
