package dev.hookferry.app.doctor;

import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.StoreConfig.InMemory;
import dev.hookferry.app.secrets.MasterKeyFile;
import dev.hookferry.app.secrets.MasterKeySources;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SecretContexts.BoundSecret;
import dev.hookferry.store.config.Config;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks that there is a master key, and that it opens the stored secrets. */
final class SecretsCheck {
  private static final String NAME = "secrets";

  /** Stands for the key of a secret that is not encrypted. */
  private static final String PLAIN = "";

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
      EnvelopeCipher cipher = new EnvelopeCipher(MasterKeySources.of(config, random), random);
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
      String newest = keys.get(keys.size() - 1);
      return stored == null
          ? Diagnosis.ok(NAME, "master key " + newest + "; the stored secrets were not read")
          : sealed(secrets, cipher, newest);
    }
    if (config.store() instanceof InFiles || config.store() instanceof InMemory) {
      return Diagnosis.ok(NAME, "no master key yet; serve creates one");
    }
    return Diagnosis.warning(
        NAME,
        "no master key: secrets are stored unencrypted",
        "generate one with hookferry master-keys add FILE, and set secrets.masterKeyFile");
  }

  /** Returns the finding about secrets that can be opened, by the keys that seal them. */
  private Diagnosis sealed(List<BoundSecret> secrets, EnvelopeCipher cipher, String newest) {
    List<String> keys =
        secrets.stream().map(secret -> cipher.keyOf(secret.sealed()).orElse(PLAIN)).toList();
    List<String> older =
        keys.stream().filter(key -> !key.equals(newest) && !key.equals(PLAIN)).toList();
    if (!older.isEmpty()) {
      return older(new TreeSet<>(older), counted(older.size(), keys.size()), newest);
    }
    int plain = Collections.frequency(keys, PLAIN);
    if (plain > 0) {
      return Diagnosis.warning(
          NAME,
          counted(plain, keys.size()) + " not encrypted yet",
          "restart the server with master key " + newest + ", which encrypts them");
    }
    String opened =
        keys.isEmpty()
            ? "; no secrets are stored yet"
            : "; all stored secrets (" + keys.size() + ") are sealed with it";
    return Diagnosis.ok(NAME, "master key " + newest + opened);
  }

  private Diagnosis older(Set<String> keys, String which, String newest) {
    String names = String.join(", ", keys);
    String place = own(keys);
    return Diagnosis.warning(
        NAME,
        (which + " sealed with " + names + (place.isEmpty() ? "" : " (" + place + ")"))
            + (", not with the newest master key " + newest),
        "run hookferry master-keys rotate, and keep "
            + (place.isEmpty() ? names : place)
            + " until then");
  }

  private static String counted(int some, int all) {
    return some + " of " + all + " stored secrets " + (some == 1 ? "is" : "are");
  }

  /** Returns the path of the server's own key file if it contains all these keys; else empty. */
  private String own(Set<String> keys) {
    if (!(config.store() instanceof InFiles files)) {
      return "";
    }
    MasterKeyFile own = new MasterKeyFile(files.directory().resolve(MasterKeySources.OWN_FILE));
    boolean isThere =
        own.exists() && own.read().stream().map(MasterKey::id).toList().containsAll(keys);
    return isThere ? own.path().toString() : "";
  }

  private static List<BoundSecret> secrets(Config config) {
    return Stream.concat(
            config.sites().values().stream().flatMap(SecretContexts::in),
            config.endpoints().values().stream().flatMap(SecretContexts::in))
        .toList();
  }
}
