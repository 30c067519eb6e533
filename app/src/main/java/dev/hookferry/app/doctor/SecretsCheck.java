package dev.hookferry.app.doctor;

import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.StoreConfig.InMemory;
import dev.hookferry.app.secrets.MasterKeyPlaces;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SecretContexts.BoundSecret;
import dev.hookferry.store.config.Config;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks that there is a master key, and that it opens the stored secrets. */
final class SecretsCheck {
  private static final String NAME = "secrets";

  private final ServerConfig config;
  private final @Nullable Config stored;

  /**
   * Creates the check.
   *
   * @param stored the stored configuration; null if it was not read
   */
  SecretsCheck(ServerConfig config, @Nullable Config stored) {
    this.config = config;
    this.stored = stored;
  }

  void run(Consumer<Diagnosis> found) {
    try {
      SecureRandom random = new SecureRandom();
      EnvelopeCipher cipher = new EnvelopeCipher(MasterKeyPlaces.of(config, random), random);
      found.accept(judged(cipher));
    } catch (MasterKeyException | IllegalArgumentException e) {
      found.accept(
          Diagnosis.failure(NAME, Remedies.problem(e), Remedies.of(e).orElse(Remedies.MASTER_KEY)));
    }
  }

  private Diagnosis judged(EnvelopeCipher cipher) {
    List<BoundSecret> secrets = stored == null ? List.of() : secrets(stored);
    secrets.forEach(
        secret -> {
          String unused = cipher.open(secret.sealed(), secret.context());
        });
    List<String> keys = cipher.keys();
    if (!keys.isEmpty()) {
      String opened =
          stored == null
              ? "; the stored secrets were not read"
              : "; it opens all " + secrets.size() + " stored secrets";
      return Diagnosis.ok(NAME, "master key " + keys.get(keys.size() - 1) + opened);
    }
    if (config.store() instanceof InFiles || config.store() instanceof InMemory) {
      return Diagnosis.ok(NAME, "no master key yet; serve makes one");
    }
    return Diagnosis.warning(
        NAME,
        "no master key: secrets are stored unencrypted",
        "make one with hookferry master-keys add FILE, and set secrets.masterKeyFile");
  }

  private static List<BoundSecret> secrets(Config config) {
    return Stream.concat(
            config.sites().values().stream().flatMap(SecretContexts::in),
            config.endpoints().values().stream().flatMap(SecretContexts::in))
        .toList();
  }
}
