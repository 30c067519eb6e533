package dev.hookferry.spring.autoconfigure;

import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.SchemaMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of an embedded Hookferry, bound from the properties {@code hookferry.*}. Settings that
 * the server also has share its names and defaults. Delivery settings are in {@link
 * HookferryDeliveryProperties}.
 *
 * @param enabled whether to embed Hookferry
 * @param eventTypes event types of the application, declared at the default site when it starts
 * @param node name of this process among the nodes of a store, 1 to 200 characters; host name,
 *     process id and random digits by default
 * @param retention how long events and their log are kept; 0 to keep them forever
 * @param auditRetention how long the audit log is kept; 0 to keep it forever
 * @param store where data is stored
 * @param secrets how secrets are stored
 * @param outbound which targets webhooks may have
 * @param outbox how events are published in the application's transactions
 */
@ConfigurationProperties("hookferry")
public record HookferryProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue List<String> eventTypes,
    @Nullable String node,
    @DefaultValue("90d") Duration retention,
    @DefaultValue("365d") Duration auditRetention,
    @DefaultValue StoreProperties store,
    @DefaultValue SecretsProperties secrets,
    @DefaultValue OutboundProperties outbound,
    @DefaultValue OutboxProperties outbox) {

  /** A kind of store. */
  public enum StoreType {
    /**
     * Tables in the database of the application's {@code DataSource}; memory if that is an
     * in-memory H2 database.
     */
    JDBC,
    /** A directory of files; needs {@code hookferry-adapters-file}. */
    FILE,
    /** Memory, lost when the process ends; for tests. */
    MEMORY
  }

  /** When to create the tables of the outbox. */
  public enum OutboxSchema {
    /** At every start, if they are missing. */
    ALWAYS,
    /** Only in an in-memory H2 database, if they are missing. */
    EMBEDDED,
    /** Never: the application's own migrations create them. */
    NEVER
  }

  /**
   * The store.
   *
   * @param type the kind of store
   * @param schema schema of the tables (on MariaDB, a database). The default is {@code hookferry},
   *     or on MariaDB the database of the connection; an empty value means the default schema of
   *     the connection
   * @param tablePrefix prefix of the table names: a-z, 0-9 and _, ending with _
   * @param schemaMode whether to migrate the tables with Flyway, to check them, or neither
   * @param poolSize maximum number of connections borrowed from the DataSource at once, 2 to 200;
   *     the pool must also have enough for the application itself
   * @param directory directory of the file store; created if missing
   * @param ownerTimeout how long a process may be silent before others take over its deliveries
   */
  public record StoreProperties(
      @DefaultValue("jdbc") StoreType type,
      @Nullable String schema,
      @DefaultValue(JdbcStoreOptions.TABLE_PREFIX) String tablePrefix,
      @DefaultValue("migrate") SchemaMode schemaMode,
      @DefaultValue("6") int poolSize,
      @DefaultValue("hookferry-data") String directory,
      @DefaultValue("12s") Duration ownerTimeout) {}

  /**
   * The protection of stored secrets. One of the two must be chosen, unless the application has a
   * {@code MasterKeySource} or {@code SecretCipher} bean.
   *
   * @param masterKeys master keys that encrypt secrets, each 32 random bytes in base64, newest last
   * @param inTheClear whether to store secrets unencrypted; anyone who can read the store can then
   *     forge signatures
   */
  public record SecretsProperties(
      @DefaultValue List<String> masterKeys, @DefaultValue("false") boolean inTheClear) {
    /** Returns a string without the keys. */
    @Override
    public String toString() {
      return "SecretsProperties[masterKeys=" + masterKeys.size() + "]";
    }
  }

  /**
   * The targets that webhooks may have, beyond public addresses over https.
   *
   * @param allowNetworks non-public networks that webhooks may target, such as 10.20.0.0/16
   * @param allowHttp where webhooks may use plain HTTP: true for everywhere, else host names and
   *     networks
   * @param allowPorts ports that webhooks may use although they belong to other protocols
   * @param allowPublic whether webhooks may target the public internet; if not, only allowed
   *     networks
   * @param egresses egresses, which endpoints choose by name
   * @param defaultEgress name of the egress for endpoints that choose none; if not set, they
   *     connect directly
   */
  public record OutboundProperties(
      @DefaultValue List<String> allowNetworks,
      @DefaultValue List<String> allowHttp,
      @DefaultValue List<Integer> allowPorts,
      @DefaultValue("true") boolean allowPublic,
      @DefaultValue List<EgressProperties> egresses,
      @Nullable String defaultEgress) {}

  /**
   * A route for outgoing connections, with exactly one of proxy, sourceAddress and direct.
   *
   * @param name name by which endpoints choose it
   * @param proxy one or two proxies, such as http://proxy.internal:3128 or socks5://10.0.0.9:1080
   * @param user user name for the proxies
   * @param password password for the proxies
   * @param trustedCa CA certificates in PEM, one of which must have issued the certificates of
   *     https proxies
   * @param sourceAddress local address that connections are made from
   * @param direct whether connections are made directly although another egress is the default
   */
  public record EgressProperties(
      String name,
      @DefaultValue List<String> proxy,
      @Nullable String user,
      @Nullable String password,
      @Nullable String trustedCa,
      @Nullable String sourceAddress,
      @DefaultValue("false") boolean direct) {
    /** Returns only the name. */
    @Override
    public String toString() {
      return "EgressProperties[" + name + "]";
    }
  }

  /**
   * Publishing in the application's transactions.
   *
   * @param table the table that events are inserted into, with or without its schema
   * @param initializeSchema when to create that table and the one of rejected rows
   * @param requireTransaction whether publishing without a transaction fails; if not, such an event
   *     is committed immediately
   * @param relay whether this process moves rows of the table into Hookferry
   * @param poll longest pause between two polls, 50 ms to 1 min; commits in this process are
   *     relayed immediately
   * @param listen whether to listen for PostgreSQL notifications, which immediately report commits
   *     in other processes; needs the trigger of {@code hookferry outboxes ddl --notify}
   */
  public record OutboxProperties(
      @DefaultValue("hookferry_outbox") String table,
      @DefaultValue("embedded") OutboxSchema initializeSchema,
      @DefaultValue("true") boolean requireTransaction,
      @DefaultValue("true") boolean relay,
      @DefaultValue("1s") Duration poll,
      @DefaultValue("false") boolean listen) {}
}
