package dev.hookferry.app.doctor;

import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigKey;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything that a server with a given configuration needs. Starts no server and changes
 * nothing; a server may be running. For a single use by one thread.
 */
public final class Doctor {
  private static final Pattern STORE_KEYS = Pattern.compile("store.*|masterKey|secrets\\..*");
  private static final Pattern PORT_KEYS =
      Pattern.compile("port|bind|behindProxy|proxyUserHeader|listen\\..*|portal\\..*");

  private final MachineInfo machine;
  private final Consumer<Diagnosis> found;
  private boolean isUsed;

  /**
   * Creates a doctor.
   *
   * @param found receives each finding as soon as it is known
   */
  public Doctor(MachineInfo machine, Consumer<Diagnosis> found) {
    this.machine = machine;
    this.found = found;
  }

  /**
   * Runs all checks, one after the other. Blocks for a few seconds if something does not respond.
   */
  public void examine(ConfigSources sources) {
    try {
      LoadedConfig loaded = ServerConfigReader.read(sources);
      found.accept(Diagnosis.ok("configuration", "valid; serve --print-config shows it"));
      examine(loaded, Set.of());
    } catch (ConfigException e) {
      e.problems().forEach(this::problem);
      examineTheRest(sources, e.problems());
    }
  }

  /** Runs the checks that do not depend on an invalid value; none if a source is unreadable. */
  private void examineTheRest(ConfigSources sources, List<ConfigProblem> problems) {
    Set<String> invalid = problems.stream().map(ConfigProblem::key).collect(Collectors.toSet());
    LoadedConfig rest;
    try {
      rest = ServerConfigReader.read(without(sources, invalid));
    } catch (ConfigException e) {
      return;
    }
    examine(rest, invalid);
  }

  private static ConfigSources without(ConfigSources sources, Set<String> keys) {
    Map<String, List<String>> flags = new HashMap<>(sources.flags());
    Map<String, String> variables = new HashMap<>(sources.environment());
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      if (keys.contains(key.name())) {
        flags.remove(String.valueOf(key.flag()));
        variables.remove(key.variable());
      }
    }
    return new ConfigSources(sources.directory(), sources.file(), variables, flags);
  }

  /**
   * Runs the checks.
   *
   * @param invalid the names of keys whose invalid values were replaced by defaults
   */
  private void examine(LoadedConfig loaded, Set<String> invalid) {
    ServerConfig config = loaded.config();
    boolean isStoreKnown = isUnaffected(invalid, STORE_KEYS);
    Config stored = isStoreKnown ? stored(config) : null;
    if (isStoreKnown) {
      check("secrets", () -> new SecretsCheck(config, stored).run(found));
    }
    boolean isOtherwise = isUsed && isDefault(loaded.effective());
    check(
        "names",
        () -> new ReceiversCheck(config.outbound(), machine, isOtherwise).run(stored, found));
    if (isUnaffected(invalid, PORT_KEYS)) {
      boolean isNew =
          config.store() instanceof InFiles && stored != null && stored.sites().isEmpty();
      check("port", () -> new PortCheck(config.listen(), machine.clock(), isNew).run(found));
    }
    check("otel", () -> new CollectorCheck(config.metrics().otel()).run(found));
    check("machine", () -> new MachineCheck(config.outbound(), machine).run(found));
  }

  private static boolean isUnaffected(Set<String> invalid, Pattern keys) {
    return invalid.stream().noneMatch(key -> keys.matcher(key).matches());
  }

  /** Returns whether all settings that decide which receivers may be called have their defaults. */
  private static boolean isDefault(EffectiveConfig config) {
    return Stream.of(ConfigKeys.ALLOW_NETWORKS, ConfigKeys.ALLOW_HTTP, ConfigKeys.ALLOW_PORTS)
        .allMatch(key -> config.origin(key).equals(ValueOrigin.DEFAULT));
  }

  private void problem(ConfigProblem problem) {
    found.accept(Diagnosis.failure("configuration", problem.toString(), remedy(problem)));
  }

  private static String remedy(ConfigProblem problem) {
    if (!problem.key().isEmpty()) {
      return "change that value; the server does not start";
    }
    return problem.origin().level() == ValueOrigin.Level.FILE
        ? "correct the file; the server does not start with it"
        : "correct the path; the server does not start";
  }

  /**
   * Returns the stored configuration; null if it cannot be read or the store's kind is not read.
   */
  private @Nullable Config stored(ServerConfig config) {
    StoreConfig store = config.store();
    StoreCheck check = new StoreCheck(machine.clock(), found, () -> isRunning(config.listen()));
    try {
      Optional<Config> stored = store.fold(check);
      isUsed = check.isUsed();
      return stored.orElse(null);
    } catch (RuntimeException e) {
      found.accept(
          Diagnosis.failure(
              "store",
              Remedies.problem(e),
              Remedies.of(e)
                  .orElse(
                      "check store, storeUser and storePassword, and whether the database runs and"
                          + " lets this machine in")));
      return null;
    }
  }

  private static boolean isRunning(ListenConfig listen) {
    InetSocketAddress place = new InetSocketAddress(listen.address(), listen.port());
    return RunningServer.isAt(place, listen.tls());
  }

  /** Runs a check and reports a failure to do so, so that the other checks still run. */
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
