package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.SignerConfig;
import dev.hookferry.app.config.value.ValueKind;
import java.util.List;

/** The configuration key of the signers. */
final class SignerKeys {
  static final ConfigKey<List<SignerConfig>> SIGNERS =
      new ConfigKey<>(
          "secrets.signers",
          ValueKind.list(
              "SIGNER", "SCHEME:… of signers on the class path, or sealed", SignerConfig::parse),
          "",
          "--signer",
          "Sources of the sites' Ed25519 keys, such as a KMS; the last one creates new keys.");

  private SignerKeys() {}
}
