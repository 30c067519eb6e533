package dev.hookferry.app.config.reading;

import dev.hookferry.access.KeyText;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.app.config.SecretsConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.http.options.Rates;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.observe.LoadLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the configuration from flags, environment, file and defaults, in order of precedence. */
public final class ServerConfigReader {
  private static final int ADMIN_KEY_LENGTH = 32;

  /**
   * Twice {@code inFlight} for requests to fast and slow endpoints, doubled for idle connections.
   */
  private static final int CONNECTIONS_PER_REQUEST = 4;

  private static final String OPEN =
      "is reachable from other machines but TLS is off: set a certificate (--tls-cert and"
          + " --tls-key), or use a TLS proxy in front and set behindProxy (--behind-proxy), or ";

  private ServerConfigReader() {}

  /** Returns the default configuration. */
  public static ServerConfig defaults() {
    return read(ConfigSources.none()).config();
  }

  /**
   * Reads all sources.
   *
   * @throws ConfigException if there are problems; lists all of them
   */
  public static LoadedConfig read(ConfigSources sources) {
    CollectedValues collected = new CollectedValues();
    readFile(sources, collected);
    EnvironmentSource.read(sources.environment(), collected);
    readFlags(sources.flags(), collected);
    EffectiveConfig effective = collected.effective();
    InetAddress address = address(effective, collected);
    check(effective, address, collected);
    LogKeys.check(effective, collected);
    AlertKeys.check(effective, outbound(effective).policy(), collected);
    collected.throwIfAny();
    return new LoadedConfig(config(effective, address), effective, collected.ignored());
  }

  private static void readFile(ConfigSources sources, CollectedValues target) {
    Path named = sources.file();
    ValueOrigin origin = ValueOrigin.flag(ConfigSources.FILE_FLAG);
    String variable = sources.environment().get(ConfigSources.FILE_VARIABLE);
    if (named == null && variable != null) {
      named = Path.of(variable);
      origin = ValueOrigin.variable(ConfigSources.FILE_VARIABLE);
    }
    Path defaultFile = sources.directory().resolve(ConfigSources.FILE);
    if (named != null && named.toString().isEmpty()) {
      target.problem(origin, "", "is empty; name a file, or leave it out");
    } else if (named != null && !Files.exists(named)) {
      target.problem(origin, "", "no such file: " + named);
    } else if (named != null && Files.isDirectory(named)) {
      target.problem(origin, "", named + " is a directory");
    } else if (named != null) {
      FileSource.read(named, target);
    } else if (Files.isDirectory(defaultFile)) {
      target.problem(ValueOrigin.file(defaultFile), "", "is a directory; a file is expected here");
    } else if (Files.exists(defaultFile)) {
      FileSource.read(defaultFile, target);
    }
  }

  private static void readFlags(Map<String, List<String>> flags, CollectedValues target) {
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String flag = key.flag();
      List<String> texts = flag == null ? null : flags.get(flag);
      if (flag != null && texts != null) {
        target.put(key, texts, ValueOrigin.flag(flag));
      }
    }
  }

  private static InetAddress address(EffectiveConfig values, CollectedValues problems) {
    String text = values.get(ConfigKeys.BIND);
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      problems.require(
          false, ConfigKeys.BIND, "must be an address of this machine (got " + text + ")");
      return InetAddress.getLoopbackAddress();
    }
  }

  private static void check(EffectiveConfig values, InetAddress address, CollectedValues problems) {
    checkAddresses(values, address, problems);
    ProxyKeys.check(values, problems);
    checkTls(values, problems);
    String adminKey = values.get(ConfigKeys.ADMIN_KEY);
    problems.require(
        adminKey.isEmpty()
            || (adminKey.length() >= ADMIN_KEY_LENGTH && KeyText.isPlausible(adminKey)),
        ConfigKeys.ADMIN_KEY,
        adminKey.startsWith("hf_")
            ? "must not begin with hf_ unless it is a complete Hookferry key"
            : "must have at least 32 characters, visible ASCII without spaces");
    problems.require(
        values.get(ConfigKeys.MASTER_KEY).isEmpty()
            || values.get(ConfigKeys.MASTER_KEY_FILE).isEmpty(),
        ConfigKeys.MASTER_KEY,
        "cannot be combined with secrets.masterKeyFile; put all keys into one of the two");
    boolean database =
        values.get(ConfigKeys.STORE) instanceof InDatabase
            || values.get(ConfigKeys.STORE) instanceof Custom
            || problems.isRefused(ConfigKeys.STORE);
    for (ConfigKey<String> key : List.of(ConfigKeys.STORE_USER, ConfigKeys.STORE_PASSWORD)) {
      problems.require(
          database || values.get(key).isEmpty(),
          key,
          "applies only to a database; store is not one");
    }
    problems.require(
        values.get(ConfigKeys.STORE_PASSWORD).isEmpty()
            || !values.get(ConfigKeys.STORE_USER).isEmpty(),
        ConfigKeys.STORE_PASSWORD,
        "requires storeUser");
    StoreKeys.check(values, problems);
    EgressKeys.check(values, problems);
  }

  private static void checkAddresses(
      EffectiveConfig values, InetAddress address, CollectedValues problems) {
    boolean isSafe =
        values.get(ConfigKeys.BEHIND_PROXY) || !values.get(ConfigKeys.TLS_CERT).isEmpty();
    problems.require(
        address.isLoopbackAddress() || isSafe, ConfigKeys.BIND, OPEN + "bind to 127.0.0.1");
    problems.require(
        isSafe
            || values.get(PortalKeys.LISTEN).stream()
                .allMatch(place -> place.getAddress().isLoopbackAddress()),
        PortalKeys.LISTEN,
        OPEN + "give a port of 127.0.0.1");
  }

  private static void checkTls(EffectiveConfig values, CollectedValues problems) {
    Map<ConfigKey<String>, ConfigKey<String>> needed =
        Map.of(ConfigKeys.TLS_CERT, ConfigKeys.TLS_KEY, ConfigKeys.TLS_KEY, ConfigKeys.TLS_CERT);
    needed.forEach(
        (key, other) -> {
          String file = values.get(key);
          problems.require(
              file.isEmpty() || Files.isReadable(Path.of(file)),
              key,
              "must be a file that can be read (got " + file + ")");
          problems.require(
              file.isEmpty() || !values.get(other).isEmpty(),
              key,
              "requires " + other.name() + " as well");
        });
  }

  private static ServerConfig config(EffectiveConfig values, InetAddress address) {
    return new ServerConfig(
        new ListenConfig(
            address,
            values.get(ConfigKeys.PORT),
            values.get(ConfigKeys.BEHIND_PROXY),
            values.get(ProxyKeys.USER_HEADER),
            tls(values),
            secret(values.get(ConfigKeys.ADMIN_KEY)),
            values.get(ConfigKeys.BODY_TIMEOUT),
            Rates.DEFAULT
                .withPerKey(values.get(ConfigKeys.KEY_RATE))
                .withBurst(values.get(ConfigKeys.KEY_BURST))
                .withFailedLogins(values.get(ConfigKeys.FAILED_LOGINS)),
            PortalKeys.config(values)),
        store(values),
        values.get(OutboxKeys.OUTBOXES),
        secrets(values),
        outbound(values),
        new DeliveryConfig(
            values.get(ConfigKeys.NODE),
            values.get(ConfigKeys.OWNER_TIMEOUT),
            values.get(ConfigKeys.ATTEMPT_TIMEOUT),
            values.get(DeliveryKeys.STOP_GRACE),
            values.get(ConfigKeys.RETENTION),
            values.get(ConfigKeys.AUDIT_RETENTION),
            values.get(DeliveryKeys.BLOCKED_KEY_ALERT),
            values.get(DeliveryKeys.DISABLE_FAILING_AFTER),
            values.get(ConfigKeys.NO_DELIVERY),
            limits(values)),
        LogKeys.config(values),
        MetricsKeys.config(values),
        AlertKeys.config(values));
  }

  private static OutboundConfig outbound(EffectiveConfig values) {
    int connections = values.get(ConfigKeys.CONNECTIONS);
    if (connections == 0) {
      int needed = CONNECTIONS_PER_REQUEST * values.get(ConfigKeys.IN_FLIGHT);
      connections = Math.max(HttpTransportOptions.DEFAULT_CONNECTIONS, needed);
    }
    int perHost = values.get(ConfigKeys.CONNECTIONS_PER_HOST);
    return new OutboundConfig(
        values.get(ConfigKeys.ALLOW_NETWORKS),
        values.get(ConfigKeys.ALLOW_HTTP),
        values.get(ConfigKeys.ALLOW_PORTS),
        values.get(ConfigKeys.ALLOW_PUBLIC),
        connections,
        perHost == 0 ? connections : perHost,
        values.get(EgressKeys.EGRESSES),
        values.get(EgressKeys.DEFAULT_EGRESS));
  }

  private static SecretsConfig secrets(EffectiveConfig values) {
    String file = values.get(ConfigKeys.MASTER_KEY_FILE);
    return new SecretsConfig(
        file.isEmpty() ? null : Path.of(file),
        values.get(ConfigKeys.MASTER_KEY),
        values.get(SignerKeys.SIGNERS));
  }

  private static @Nullable TlsFiles tls(EffectiveConfig values) {
    String certificate = values.get(ConfigKeys.TLS_CERT);
    return certificate.isEmpty()
        ? null
        : TlsFiles.of(Path.of(certificate), Path.of(values.get(ConfigKeys.TLS_KEY)));
  }

  private static StoreConfig store(EffectiveConfig values) {
    String user = values.get(ConfigKeys.STORE_USER);
    return values
        .get(ConfigKeys.STORE)
        .with(user.isEmpty() ? null : user, secret(values.get(ConfigKeys.STORE_PASSWORD)))
        .with(StoreKeys.tables(values));
  }

  private static LoadLimits limits(EffectiveConfig values) {
    long mebibytes = values.get(ConfigKeys.OWNED_MEBIBYTES);
    return LoadLimits.DEFAULT
        .inFlight(values.get(ConfigKeys.IN_FLIGHT))
        .window(values.get(ConfigKeys.WINDOW))
        .lane(values.get(ConfigKeys.LANE))
        .owned(values.get(ConfigKeys.OWNED))
        .ownedBytes(mebibytes == 0 ? LoadLimits.DEFAULT.ownedBytes() : mebibytes << 20)
        .openPublishes(values.get(ConfigKeys.OPEN_PUBLISHES))
        .batch(values.get(ConfigKeys.BATCH));
  }

  private static @Nullable SecretText secret(String text) {
    return text.isEmpty() ? null : new SecretText(text);
  }
}
