package dev.hookferry.signing;

import java.util.Locale;

/** Kind of secret that signs an endpoint's requests. */
public enum SecretType {
  /** A string shared by sender and receiver, such as {@code whsec_} and bytes in base64. */
  HMAC,
  /** A key pair, {@code whsk_}; receivers have only its public key, {@code whpk_}. */
  ED25519;

  /** Returns the name used in the API, such as {@code ed25519}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
