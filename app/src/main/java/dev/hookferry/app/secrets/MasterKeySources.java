package dev.hookferry.app.secrets;

import dev.hookferry.app.config.SecretsConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.StoreConfig.InMemory;
import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the source of a server's master keys: the configured one; else, for a file store, a file
 * in its directory; for a memory store, memory; for a database, none.
 */
public final class MasterKeySources {
  /** The name of the file that the server creates itself. */
  public static final String OWN_FILE = "master.key";

  private static final Logger LOG = LoggerFactory.getLogger(MasterKeySources.class);

  private MasterKeySources() {}

  /**
   * Returns the key source for a configuration.
   *
   * @param random a cryptographic generator
   */
  public static MasterKeySource of(ServerConfig config, RandomGenerator random) {
    return of(config.store(), config.secrets(), random);
  }

  /**
   * Returns the key source for a store.
   *
   * @param random a cryptographic generator
   */
  public static MasterKeySource of(
      StoreConfig store, SecretsConfig secrets, RandomGenerator random) {
    MasterKeySource configured = configured(secrets);
    if (store instanceof InFiles files) {
      MasterKeyFile own = new MasterKeyFile(files.directory().resolve(OWN_FILE));
      return configured == null ? new Own(own, random) : new Successor(own, configured);
    }
    if (configured != null) {
      return configured;
    }
    return store instanceof InMemory
        ? MasterKeySource.inMemory(random)
        : MasterKeySource.given(List.of());
  }

  private static @Nullable MasterKeySource configured(SecretsConfig secrets) {
    if (secrets.masterKeyFile() != null) {
      return new Operators(new MasterKeyFile(secrets.masterKeyFile()));
    }
    return secrets.masterKeys().isEmpty() ? null : MasterKeySource.given(secrets.masterKeys());
  }

  /** A file that the server creates and adds keys to. */
  private record Own(MasterKeyFile file, RandomGenerator random) implements MasterKeySource {
    @Override
    public List<MasterKey> read() {
      return file.exists() ? file.read() : List.of();
    }

    @Override
    public Optional<MasterKey> create() {
      MasterKey key = file.add(random);
      LOG.atWarn()
          .addKeyValue("key", key.id())
          .addKeyValue("file", file.path())
          .log("master key generated: keep a copy; without it, the stored secrets cannot be read");
      return Optional.of(key);
    }
  }

  /** A file managed by the operator. */
  private record Operators(MasterKeyFile file) implements MasterKeySource {
    @Override
    public List<MasterKey> read() {
      return file.read();
    }

    @Override
    public Optional<MasterKey> create() {
      return Optional.empty();
    }
  }

  /**
   * Configured keys that replace the server's own file, whose keys still open the secrets that they
   * sealed.
   */
  private record Successor(MasterKeyFile own, MasterKeySource configured)
      implements MasterKeySource {
    @Override
    public List<MasterKey> read() {
      List<MasterKey> keys = new ArrayList<>(own.exists() ? own.read() : List.of());
      keys.addAll(configured.read());
      return keys;
    }

    @Override
    public Optional<MasterKey> create() {
      return Optional.empty();
    }
  }
}
