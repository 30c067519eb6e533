package dev.hookferry.app.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.secret.MasterKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server in this process on some store, and a receiver. */
final class ServerFixture implements AutoCloseable {
  static final String KEY = "test-admin-key-0123456789-0123456789";
  static final MasterKey MASTER_KEY = MasterKey.generate(new java.util.Random(1));
  private static final AtomicInteger SITES = new AtomicInteger();

  private final String store;
  private final Map<String, String> environment;
  private final Inbox inbox = new Inbox();
  private final EchoProxy proxy = new EchoProxy();
  private Server server;

  ServerFixture(String store) {
    this(store, environment(store));
  }

  private ServerFixture(String store, Map<String, String> environment) {
    this.store = store;
    this.environment = environment;
    server = start(store, environment, proxy);
  }

  /** The same where secrets are kept as they are. */
  static ServerFixture withoutMasterKey(String store) {
    return new ServerFixture(store, Map.of("HOOKFERRY_ADMIN_KEY", KEY));
  }

  private static Server start(String store, Map<String, String> environment, EchoProxy proxy) {
    Map<String, List<String>> flags = new HashMap<>();
    flags.put("--store", List.of(store));
    flags.put("--port", List.of("0"));
    flags.put("--allow-network", List.of("127.0.0.0/8"));
    flags.put("--allow-http", List.of("true"));
    flags.put("--egress", List.of(proxy.egress()));
    return Server.start(
        ServerConfigReader.read(
                new ConfigSources(java.nio.file.Path.of("target"), null, environment, flags))
            .config());
  }

  /** A store in files has a key file of its own; databases are given a key. */
  private static Map<String, String> environment(String store) {
    return store.startsWith("jdbc:")
        ? Map.of("HOOKFERRY_ADMIN_KEY", KEY, "HOOKFERRY_MASTER_KEY", MASTER_KEY.reveal())
        : Map.of("HOOKFERRY_ADMIN_KEY", KEY);
  }

  /** One more node on the same store. */
  Server another() {
    return start(store, environment, proxy);
  }

  /** Everything that is in the store, byte for byte. */
  void dump(Marker into) {
    StoreDump.of(store, into);
  }

  /** A clean stop and a new start on the same store. */
  void restart() {
    server.close();
    server = start(store, environment, proxy);
  }

  Server server() {
    return server;
  }

  Inbox inbox() {
    return inbox;
  }

  ApiClient client(String key) {
    return new ApiClient(server.address(), key);
  }

  /** A new site that retries after a second, so that tests need not wait long. */
  Tenant tenant() {
    String site = "t" + SITES.incrementAndGet() + "-" + ProcessHandle.current().pid();
    var unused =
        client(KEY).post(Path.of("sites"), JsonNodeFactory.instance.objectNode().put("id", site));
    Tenant tenant = new Tenant(client(KEY), site);
    tenant.changeSettings("{'webHookMaxRetries': 2, 'webHookRetryInterval': 1}");
    return tenant;
  }

  /** The same site after a restart, which may have changed the port. */
  Tenant again(Tenant before) {
    String site = before.path().text().split("/")[2];
    return new Tenant(client(KEY), site);
  }

  @Override
  public void close() {
    server.close();
    inbox.close();
    proxy.close();
  }
}
