package dev.hookferry.signing;

import java.util.Locale;

/** The kind of secret by which an endpoint's requests are signed. */
public enum SecretType {
  /** A string that sender and receiver share, such as {@code whsec_} and bytes in base64. */
  HMAC,
  /** A key pair, {@code whsk_}: receivers have its public key only, {@code whpk_}. */
  ED25519;

  /** Returns the name in requests, such as {@code ed25519}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
