package dev.hookferry.app.config;

import dev.hookferry.secret.MasterKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configured master keys and signers; at most one of file and keys is set.
 *
 * @param masterKeyFile a file with the master keys, or null
 * @param masterKeys the keys themselves, the newest last; may be empty
 * @param signers the services that hold sites' Ed25519 keys; the last one creates new keys
 */
public record SecretsConfig(
    @Nullable Path masterKeyFile, List<MasterKey> masterKeys, List<SignerConfig> signers) {
  public SecretsConfig {
    masterKeys = List.copyOf(masterKeys);
    signers = List.copyOf(signers);
  }

  /** Creates a configuration without signers. */
  public SecretsConfig(@Nullable Path masterKeyFile, List<MasterKey> masterKeys) {
    this(masterKeyFile, masterKeys, List.of());
  }
}
