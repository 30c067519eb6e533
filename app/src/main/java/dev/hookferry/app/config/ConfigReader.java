package dev.hookferry.app.config;

import dev.hookferry.access.KeyText;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.http.server.Rates;
import dev.hookferry.http.server.TlsFiles;
import dev.hookferry.port.Limits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the configuration together: flags over environment over file over defaults. */
public final class ConfigReader {
  private static final int ADMIN_KEY_LENGTH = 32;

  private ConfigReader() {}

  /**
   * Reads all sources.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static Loaded read(ConfigSources sources) {
    Collected collected = new Collected();
    readFile(sources, collected);
    EnvironmentSource.read(sources.environment(), collected);
    readFlags(sources.flags(), collected);
    Effective effective = collected.effective();
    InetAddress address = address(effective, collected);
    check(effective, address, collected);
    collected.throwIfAny();
    return new Loaded(config(effective, address), effective);
  }

  private static void readFile(ConfigSources sources, Collected into) {
    Path named = sources.file();
    Origin origin = Origin.flag(ConfigSources.FILE_FLAG);
    String variable = sources.environment().get(ConfigSources.FILE_VARIABLE);
    if (named == null && variable != null) {
      named = Path.of(variable);
      origin = Origin.variable(ConfigSources.FILE_VARIABLE);
    }
    Path usual = sources.directory().resolve(ConfigSources.FILE);
    if (named != null && !Files.isRegularFile(named)) {
      into.problem(origin, "", "names " + named + ", where there is no file");
    } else if (named != null) {
      FileSource.read(named, into);
    } else if (Files.isRegularFile(usual)) {
      FileSource.read(usual, into);
    }
  }

  private static void readFlags(Map<String, List<String>> flags, Collected into) {
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String flag = key.flag();
      List<String> texts = flag == null ? null : flags.get(flag);
      if (flag != null && texts != null) {
        into.put(key, texts, Origin.flag(flag));
      }
    }
  }

  private static InetAddress address(Effective values, Collected problems) {
    String text = values.get(ConfigKeys.BIND);
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      problems.require(false, ConfigKeys.BIND, "must be an address of this machine, not " + text);
      return InetAddress.getLoopbackAddress();
    }
  }

  private static void check(Effective values, InetAddress address, Collected problems) {
    problems.require(
        address.isLoopbackAddress()
            || values.get(ConfigKeys.BEHIND_PROXY)
            || !values.get(ConfigKeys.TLS_CERT).isEmpty(),
        ConfigKeys.BIND,
        "can be reached from other machines, and here is no TLS: name a certificate (--tls-cert and"
            + " --tls-key), or put a proxy with TLS in front and set behindProxy (--behind-proxy),"
            + " or bind to 127.0.0.1");
    checkTls(values, problems);
    String adminKey = values.get(ConfigKeys.ADMIN_KEY);
    problems.require(
        adminKey.isEmpty()
            || (adminKey.length() >= ADMIN_KEY_LENGTH && KeyText.isPlausible(adminKey)),
        ConfigKeys.ADMIN_KEY,
        "must have 32 characters or more, visible ASCII without blanks");
    boolean database =
        values.get(ConfigKeys.STORE) instanceof InDatabase || problems.isRefused(ConfigKeys.STORE);
    for (ConfigKey<String> key : List.of(ConfigKeys.STORE_USER, ConfigKeys.STORE_PASSWORD)) {
      problems.require(
          database || values.get(key).isEmpty(), key, "is for databases; store names none");
    }
    problems.require(
        values.get(ConfigKeys.STORE_PASSWORD).isEmpty()
            || !values.get(ConfigKeys.STORE_USER).isEmpty(),
        ConfigKeys.STORE_PASSWORD,
        "needs storeUser: whose password it is");
  }

  private static void checkTls(Effective values, Collected problems) {
    Map<ConfigKey<String>, ConfigKey<String>> needed =
        Map.of(ConfigKeys.TLS_CERT, ConfigKeys.TLS_KEY, ConfigKeys.TLS_KEY, ConfigKeys.TLS_CERT);
    needed.forEach(
        (key, other) -> {
          String file = values.get(key);
          problems.require(
              file.isEmpty() || Files.isReadable(Path.of(file)),
              key,
              "names " + file + ", which cannot be read");
          problems.require(
              file.isEmpty() || !values.get(other).isEmpty(),
              key,
              "needs " + other.name() + " too");
        });
  }

  private static ServerConfig config(Effective values, InetAddress address) {
    return new ServerConfig(
        new ListenConfig(
            address,
            values.get(ConfigKeys.PORT),
            values.get(ConfigKeys.BEHIND_PROXY),
            tls(values),
            secret(values.get(ConfigKeys.ADMIN_KEY)),
            values.get(ConfigKeys.BODY_TIMEOUT),
            new Rates(
                values.get(ConfigKeys.KEY_RATE),
                values.get(ConfigKeys.KEY_BURST),
                values.get(ConfigKeys.FAILED_LOGINS))),
        store(values),
        new OutboundConfig(
            values.get(ConfigKeys.ALLOW_NETWORKS),
            values.get(ConfigKeys.ALLOW_HTTP),
            values.get(ConfigKeys.ALLOW_PORTS)),
        new EngineConfig(
            values.get(ConfigKeys.NODE),
            values.get(ConfigKeys.OWNER_TIMEOUT),
            values.get(ConfigKeys.ATTEMPT_TIMEOUT),
            values.get(ConfigKeys.STOP_GRACE),
            values.get(ConfigKeys.RETENTION),
            values.get(ConfigKeys.AUDIT_RETENTION),
            limits(values)),
        new LogConfig(values.get(ConfigKeys.LOG_FORMAT), values.get(ConfigKeys.LOG_LEVEL)));
  }

  private static @Nullable TlsFiles tls(Effective values) {
    String certificate = values.get(ConfigKeys.TLS_CERT);
    return certificate.isEmpty()
        ? null
        : TlsFiles.of(Path.of(certificate), Path.of(values.get(ConfigKeys.TLS_KEY)));
  }

  private static StoreConfig store(Effective values) {
    StoreConfig store = values.get(ConfigKeys.STORE);
    if (store instanceof InDatabase database) {
      String user = values.get(ConfigKeys.STORE_USER);
      return new InDatabase(
          database.url(),
          user.isEmpty() ? null : user,
          secret(values.get(ConfigKeys.STORE_PASSWORD)));
    }
    return store;
  }

  private static Limits limits(Effective values) {
    return new Limits(
        values.get(ConfigKeys.IN_FLIGHT),
        values.get(ConfigKeys.WINDOW),
        values.get(ConfigKeys.LANE),
        values.get(ConfigKeys.OWNED),
        (long) values.get(ConfigKeys.OWNED_MEBIBYTES) << 20,
        values.get(ConfigKeys.OPEN_PUBLISHES),
        values.get(ConfigKeys.BATCH));
  }

  private static @Nullable Secret secret(String text) {
    return text.isEmpty() ? null : new Secret(text);
  }
}
