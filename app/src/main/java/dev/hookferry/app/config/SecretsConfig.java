package dev.hookferry.app.config;

import dev.hookferry.secret.MasterKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configured master keys; at most one of the two is set.
 *
 * @param masterKeyFile a file of keys, or null
 * @param masterKeys the keys themselves, the newest last; may be empty
 */
public record SecretsConfig(@Nullable Path masterKeyFile, List<MasterKey> masterKeys) {
  public SecretsConfig {
    masterKeys = List.copyOf(masterKeys);
  }
}
