package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.HttpTargets;
import dev.hookferry.app.config.RetentionConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.http.options.Rates;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.Network;
import dev.hookferry.secret.MasterKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All configuration keys with their defaults and descriptions. */
public final class ConfigKeys {
  static final ConfigKey<Integer> PORT =
      key("port", ValueKind.number(0, 65_535), 8087, "The API's port; 0 for any free port.");
  static final ConfigKey<String> BIND =
      key(
          "bind",
          ValueKind.text("ADDRESS", "an address of this machine"),
          "127.0.0.1",
          "The address to listen on; 0.0.0.0 for all, which requires TLS or behindProxy.");
  static final ConfigKey<Boolean> BEHIND_PROXY =
      key(
          "behindProxy",
          ValueKind.toggle(),
          false,
          "A reverse proxy terminates TLS and reports the caller in X-Forwarded-For.");
  static final ConfigKey<String> TLS_CERT =
      new ConfigKey<>(
          "listen.tls.cert",
          ValueKind.text("FILE", "a file"),
          "",
          "--tls-cert",
          "The server's certificate chain, PEM; reloaded when it changes.");
  static final ConfigKey<String> TLS_KEY =
      new ConfigKey<>(
          "listen.tls.key",
          ValueKind.text("FILE", "a file"),
          "",
          "--tls-key",
          "The certificate's private key, PEM (PKCS #8, unencrypted); reloaded when it changes.");
  static final ConfigKey<String> ADMIN_KEY =
      secret(
          "adminKey",
          ValueKind.text("KEY", "a key"),
          "The admin key, at least 32 characters; if no key exists, one is generated and shown.");
  static final ConfigKey<Duration> BODY_TIMEOUT =
      key(
          "bodyTimeout",
          Durations.between("100ms", "10m"),
          "30s",
          "How long a request body may take to arrive; after that, the response is 408.");
  static final ConfigKey<StoreConfig> STORE =
      key(
          "store",
          StoreConfig.FORM,
          "file:./hookferry-data",
          "Where data is stored: file:DIR, memory, a JDBC URL of PostgreSQL, MariaDB or H2, or"
              + " SCHEME:… of a custom store.");
  static final ConfigKey<String> STORE_USER =
      key(
          "storeUser",
          ValueKind.text("NAME", "a name"),
          "",
          "The database user, if not in the URL.");
  static final ConfigKey<String> STORE_PASSWORD =
      secret(
          "storePassword",
          ValueKind.text("PASSWORD", "a password"),
          "The database user's password.");
  static final ConfigKey<String> MASTER_KEY_FILE =
      new ConfigKey<>(
          "secrets.masterKeyFile",
          ValueKind.text("FILE", "a file"),
          "",
          "--master-key-file",
          "A file with the master keys that seal stored secrets; only its owner may read it.");
  static final ConfigKey<List<MasterKey>> MASTER_KEY =
      new ConfigKey<>(
          "masterKey",
          ValueKind.list("KEY", "master keys", MasterKey::parse),
          "",
          null,
          "The master key itself, 32 random bytes in base64; comma-separated, the newest last.");
  static final ConfigKey<Duration> OWNER_TIMEOUT =
      key(
          "ownerTimeout",
          Durations.between("10s", "10m"),
          "12s",
          "How long a node may be silent before other nodes take over its deliveries.");
  static final ConfigKey<String> NODE =
      key(
          "node",
          ValueKind.line("NAME", "a name", 200),
          "",
          "This node's name in a shared store; empty for host/process id/random.");
  public static final ConfigKey<List<Network>> ALLOW_NETWORKS =
      new ConfigKey<>(
          "outbound.allowNetworks",
          ValueKind.list("CIDR", "networks such as 10.20.0.0/16", Network::parse),
          "",
          "--allow-network",
          "Non-public networks that webhooks may target.");
  public static final ConfigKey<HttpTargets> ALLOW_HTTP =
      new ConfigKey<>(
          "outbound.allowHttp",
          HttpTargets.FORM,
          "",
          "--allow-http",
          "Where webhooks may use plain HTTP: true for everywhere, else hosts and networks.");
  public static final ConfigKey<List<Integer>> ALLOW_PORTS =
      new ConfigKey<>(
          "outbound.allowPorts",
          ValueKind.list("PORT", "ports from 1 to 65535", ConfigKeys::port),
          "",
          "--allow-port",
          "Ports of other protocols that webhooks may also use.");
  static final ConfigKey<Boolean> ALLOW_PUBLIC =
      new ConfigKey<>(
          "outbound.allowPublic",
          ValueKind.toggle(),
          "true",
          "--allow-public",
          "Whether webhooks may target the public internet; if not, only allowed networks.");
  static final ConfigKey<Boolean> NO_DELIVERY =
      key(
          "noDelivery",
          ValueKind.toggle(),
          false,
          "Accepts and shows events but sends nothing, for a restored or staging copy.");
  static final ConfigKey<Duration> ATTEMPT_TIMEOUT =
      key(
          "attemptTimeout",
          Durations.between("100ms", "30s"),
          "15s",
          "Time limit of one attempt, from the DNS lookup to the end of the response.");
  static final ConfigKey<RetentionConfig> RETENTION =
      key(
          "retention",
          RetentionConfig.FORM,
          "90d",
          "How long events and their log are kept after the event was accepted, or forever; an event"
              + " with a pending delivery is kept until that ends.");
  static final ConfigKey<RetentionConfig> AUDIT_RETENTION =
      key(
          "auditRetention",
          RetentionConfig.FORM,
          "365d",
          "How long the audit log is kept, or forever.");
  static final ConfigKey<Integer> IN_FLIGHT =
      limit(
          "inFlight",
          LoadLimits.DEFAULT.inFlight(),
          "Maximum requests in flight to fast endpoints, plus the same number to slow ones.");
  static final ConfigKey<Integer> WINDOW =
      limit("window", LoadLimits.DEFAULT.window(), "Maximum requests in flight to one endpoint.");
  static final ConfigKey<Integer> CONNECTIONS =
      key(
          "limits.connections",
          ValueKind.number(0, 1_000_000),
          0,
          "Maximum open connections to receivers; 0 for 4000, or 4 times inFlight if higher.");
  static final ConfigKey<Integer> CONNECTIONS_PER_HOST =
      key(
          "limits.connectionsPerHost",
          ValueKind.number(0, 1_000_000),
          0,
          "Maximum open connections to one host and port; 0 for limits.connections only.");
  static final ConfigKey<Integer> LANE =
      limit(
          "lane",
          LoadLimits.DEFAULT.lane(),
          "Length of a lane, the queue in memory of one endpoint's deliveries; others wait in the store.");
  static final ConfigKey<Integer> OWNED =
      limit("owned", LoadLimits.DEFAULT.owned(), "Maximum deliveries in memory.");
  static final ConfigKey<Integer> OWNED_MEBIBYTES =
      key(
          "limits.ownedMebibytes",
          ValueKind.number(0, 1_000_000),
          0,
          "Maximum MiB of the payloads of deliveries in memory; 0 for 64, or a sixteenth of the heap if lower.");
  static final ConfigKey<Integer> OPEN_PUBLISHES =
      limit(
          "openPublishes",
          LoadLimits.DEFAULT.openPublishes(),
          "Maximum events waiting for their commit; more are rejected with 503.");
  static final ConfigKey<Integer> BATCH =
      limit("batch", LoadLimits.DEFAULT.batch(), "Maximum entries per commit.");

  static final ConfigKey<Integer> KEY_RATE =
      key(
          "limits.keyRate",
          ValueKind.number(0, 1_000_000),
          Rates.DEFAULT.perKey(),
          "Requests per second per API key; more get 429; 0 for unlimited.");
  static final ConfigKey<Integer> KEY_BURST =
      limit(
          "keyBurst",
          Rates.DEFAULT.burst(),
          "Requests a key may send in a burst above limits.keyRate.");
  static final ConfigKey<Integer> FAILED_LOGINS =
      limit(
          "failedLogins",
          Rates.DEFAULT.failedLogins(),
          "Invalid keys per minute and address before 429 replaces 401.");

  private static final List<ConfigKey<?>> SERVER =
      List.of(
          PORT,
          BIND,
          BEHIND_PROXY,
          ProxyKeys.USER_HEADER,
          TLS_CERT,
          TLS_KEY,
          ADMIN_KEY,
          BODY_TIMEOUT,
          STORE,
          STORE_USER,
          STORE_PASSWORD,
          StoreKeys.SCHEMA,
          StoreKeys.TABLE_PREFIX,
          StoreKeys.SCHEMA_MODE,
          MASTER_KEY_FILE,
          MASTER_KEY,
          SignerKeys.SIGNERS,
          OutboxKeys.OUTBOXES,
          OWNER_TIMEOUT,
          NODE,
          ALLOW_NETWORKS,
          ALLOW_HTTP,
          ALLOW_PORTS,
          ALLOW_PUBLIC,
          EgressKeys.EGRESSES,
          EgressKeys.DEFAULT_EGRESS,
          NO_DELIVERY,
          ATTEMPT_TIMEOUT,
          RETENTION,
          AUDIT_RETENTION,
          DeliveryKeys.BLOCKED_KEY_ALERT,
          DeliveryKeys.DISABLE_FAILING_AFTER,
          DeliveryKeys.STOP_GRACE,
          LogKeys.FORMAT,
          LogKeys.LEVEL,
          LogKeys.LEVELS,
          LogKeys.CONFIG,
          MetricsKeys.ENDPOINTS,
          MetricsKeys.BUSIEST);

  private static final List<ConfigKey<?>> LIMITS =
      List.of(
          IN_FLIGHT,
          WINDOW,
          CONNECTIONS,
          CONNECTIONS_PER_HOST,
          LANE,
          OWNED,
          OWNED_MEBIBYTES,
          OPEN_PUBLISHES,
          BATCH,
          KEY_RATE,
          KEY_BURST,
          FAILED_LOGINS);

  /** All keys, in the order of the documentation. */
  public static final List<ConfigKey<?>> ALL =
      Stream.of(SERVER, PortalKeys.ALL, OtelKeys.ALL, AlertKeys.ALL, LIMITS)
          .flatMap(List::stream)
          .toList();

  private ConfigKeys() {}

  private static <T> ConfigKey<T> key(
      String name, ValueKind<T> form, Object fallback, String help) {
    return new ConfigKey<>(name, form, fallback.toString(), flag(name), help);
  }

  private static ConfigKey<String> secret(String name, ValueKind<String> form, String help) {
    return new ConfigKey<>(name, form, "", null, help);
  }

  private static ConfigKey<Integer> limit(String name, int fallback, String help) {
    return key("limits." + name, ValueKind.number(1, 1_000_000), fallback, help);
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    ValueKind.require(port >= 1 && port <= 65_535);
    return port;
  }

  private static String flag(String name) {
    return "--"
        + name.replace('.', '-').replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
