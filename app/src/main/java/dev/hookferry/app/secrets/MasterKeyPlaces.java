package dev.hookferry.app.secrets;

import dev.hookferry.app.config.SecretsConfig;
import dev.hookferry.app.config.ServerConfig;
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
 * Chooses where a server's master keys come from: what is configured; else, for a store in files, a
 * file of our own in its directory; for a store in memory, memory; for a database, nowhere.
 */
public final class MasterKeyPlaces {
  /** The name of the file of our own. */
  public static final String OWN_FILE = "master.key";

  private static final Logger LOG = LoggerFactory.getLogger(MasterKeyPlaces.class);

  private MasterKeyPlaces() {}

  /**
   * The place for a configuration.
   *
   * @param random must be cryptographic
   */
  public static MasterKeySource of(ServerConfig config, RandomGenerator random) {
    MasterKeySource configured = configured(config.secrets());
    if (config.store() instanceof InFiles files) {
      MasterKeyFile own = new MasterKeyFile(files.directory().resolve(OWN_FILE));
      return configured == null ? new Own(own, random) : new Successor(own, configured);
    }
    if (configured != null) {
      return configured;
    }
    return config.store() instanceof InMemory
        ? MasterKeySource.inMemory(random)
        : MasterKeySource.given(List.of());
  }

  private static @Nullable MasterKeySource configured(SecretsConfig secrets) {
    if (secrets.masterKeyFile() != null) {
      return new Operators(new MasterKeyFile(secrets.masterKeyFile()));
    }
    return secrets.masterKeys().isEmpty() ? null : MasterKeySource.given(secrets.masterKeys());
  }

  /** A file that we make and add to. */
  private record Own(MasterKeyFile file, RandomGenerator random) implements MasterKeySource {
    @Override
    public List<MasterKey> read() {
      return file.exists() ? file.read() : List.of();
    }

    @Override
    public Optional<MasterKey> make() {
      MasterKey key = file.add(random);
      LOG.atInfo()
          .addKeyValue("key", key.id())
          .addKeyValue("file", file.path())
          .log("made a master key; without it the secrets in the store are lost: keep a copy");
      return Optional.of(key);
    }
  }

  /** A file that somebody else looks after. */
  private record Operators(MasterKeyFile file) implements MasterKeySource {
    @Override
    public List<MasterKey> read() {
      return file.read();
    }

    @Override
    public Optional<MasterKey> make() {
      return Optional.empty();
    }
  }

  /** Configured keys, in the place of those of our own file, which open what they sealed. */
  private record Successor(MasterKeyFile own, MasterKeySource configured)
      implements MasterKeySource {
    @Override
    public List<MasterKey> read() {
      List<MasterKey> keys = new ArrayList<>(own.exists() ? own.read() : List.of());
      keys.addAll(configured.read());
      return keys;
    }

    @Override
    public Optional<MasterKey> make() {
      return Optional.empty();
    }
  }
}
