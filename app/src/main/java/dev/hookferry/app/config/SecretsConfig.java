package dev.hookferry.app.config;

import dev.hookferry.secret.MasterKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where master keys come from; at most one of the two is given.
 *
 * @param masterKeyFile a file of keys, or null
 * @param masterKeys the keys themselves, the newest last; may be none
 */
public record SecretsConfig(@Nullable Path masterKeyFile, List<MasterKey> masterKeys) {
  public SecretsConfig {
    masterKeys = List.copyOf(masterKeys);
  }
}
