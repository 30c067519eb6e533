package dev.hookferry.app.doctor;

import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigKeys;
import dev.hookferry.app.config.reading.ConfigProblem;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.EffectiveConfig;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.config.reading.ValueOrigin;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.store.config.Config;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything that a server with a configuration would need. Starts no server and changes
 * nothing; a server may be running. For a single use by one thread.
 */
public final class Doctor {
  private final Surroundings surroundings;
  private final Consumer<Diagnosis> found;
  private boolean isUsed;

  /**
   * Creates a doctor.
   *
   * @param found is told of each finding as soon as it is known
   */
  public Doctor(Surroundings surroundings, Consumer<Diagnosis> found) {
    this.surroundings = surroundings;
    this.found = found;
  }

  /**
   * Runs all checks, one after the other. Blocks for a few seconds if something does not respond.
   */
  public void examine(ConfigSources sources) {
    LoadedConfig loaded;
    try {
      loaded = ServerConfigReader.read(sources);
    } catch (ConfigException e) {
      e.problems().forEach(this::problem);
      return;
    }
    ServerConfig config = loaded.config();
    found.accept(Diagnosis.ok("configuration", "valid; serve --print-config shows it"));
    Config stored = stored(config);
    check("secrets", () -> new SecretsCheck(config, stored).run(found));
    boolean isOtherwise = isUsed && isDefault(loaded.effective());
    check(
        "names",
        () -> new ReceiversCheck(config.outbound(), surroundings, isOtherwise).run(stored, found));
    boolean isNew = config.store() instanceof InFiles && stored != null && stored.sites().isEmpty();
    check("port", () -> new PortCheck(config.listen(), surroundings.clock(), isNew).run(found));
    check("machine", () -> new MachineCheck(config.outbound(), surroundings).run(found));
  }

  /** Returns whether nothing is configured of what decides which receivers may be called. */
  private static boolean isDefault(EffectiveConfig config) {
    return Stream.of(ConfigKeys.ALLOW_NETWORKS, ConfigKeys.ALLOW_HTTP, ConfigKeys.ALLOW_PORTS)
        .allMatch(key -> config.origin(key).equals(ValueOrigin.DEFAULT));
  }

  private void problem(ConfigProblem problem) {
    found.accept(
        Diagnosis.failure(
            "configuration", problem.toString(), "change that value; the server does not start"));
  }

  /** Returns the stored configuration; null if it cannot be read. */
  private @Nullable Config stored(ServerConfig config) {
    StoreConfig store = config.store();
    StoreCheck check =
        new StoreCheck(surroundings.clock(), found, () -> isRunning(config.listen()));
    try {
      Config stored = store.fold(check);
      isUsed = check.isUsed();
      return stored;
    } catch (RuntimeException e) {
      found.accept(
          Diagnosis.failure(
              "store",
              SecretText.masked(Causes.inWords(e)),
              "check store, storeUser and storePassword, and whether the database runs and lets"
                  + " this machine in"));
      return null;
    }
  }

  private static boolean isRunning(ListenConfig listen) {
    InetSocketAddress place = new InetSocketAddress(listen.address(), listen.port());
    return RunningServer.isAt(place, listen.tls());
  }

  /** A check that fails must not keep the others from being made. */
  private void check(String name, Runnable check) {
    try {
      check.run();
    } catch (RuntimeException e) {
      found.accept(
          Diagnosis.failure(
              name,
              "could not be checked: " + SecretText.masked(Causes.inWords(e)),
              "fix the cause and repeat"));
    }
  }
}
