package dev.hookferry.jdbc;

import dev.hookferry.jdbc.config.JdbcConfig;
import dev.hookferry.jdbc.config.JdbcReplays;
import dev.hookferry.jdbc.config.JdbcSessions;
import dev.hookferry.jdbc.config.JdbcTallies;
import dev.hookferry.jdbc.database.ConnectionSource;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.database.DatabaseInfo;
import dev.hookferry.jdbc.database.Schema;
import dev.hookferry.jdbc.delivery.JdbcDeliveries;
import dev.hookferry.jdbc.delivery.JdbcInFlightJournal;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.jdbc.inspection.JdbcInspection;
import dev.hookferry.jdbc.log.JdbcAudit;
import dev.hookferry.jdbc.log.JdbcLog;
import dev.hookferry.jdbc.log.SqlRetention;
import dev.hookferry.jdbc.owner.NodeLiveness;
import dev.hookferry.jdbc.transfer.JdbcSource;
import dev.hookferry.jdbc.transfer.TransferDatabases;
import dev.hookferry.jdbc.transfer.TransferState;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.session.SessionStore;
import dev.hookferry.store.transfer.SnapshotStore;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A store in an SQL database: PostgreSQL or MariaDB, which several processes can share, or H2 in a
 * file, which only one process can open. Thread-safe.
 *
 * <p>All tables have names that begin with {@code hookferry_} or another prefix. They are in the
 * configured schema. The default is {@code hookferry} in an application's database, and the default
 * schema of the connection if the store has a URL. Lost connections are re-established; while the
 * database is unavailable, calls fail with {@link StoreException} after a few seconds.
 */
public final class JdbcStore implements SnapshotStore {
  private final Database database;
  private final DeliveryStore deliveries;
  private final AttemptLog log;
  private final ConfigStore config;
  private final AuditLog audit;
  private final ReplayStore replays;
  private final TallyStore tallies;
  private final SessionStore sessions;
  private final InFlightJournal inFlight;
  private final DatabaseInfo info;

  private JdbcStore(Database database, NodeLiveness owners, DatabaseInfo facts) {
    this.database = database;
    this.info = facts;
    SqlRetention retention = SqlRetention.of(database);
    retention.prepare(database.query(database::now));
    JdbcConfig changes = new JdbcConfig(database);
    config = changes;
    deliveries = new JdbcDeliveries(database, owners, retention, changes::changesLost);
    inFlight = new JdbcInFlightJournal(database);
    log = new JdbcLog(database, retention);
    audit = new JdbcAudit(database);
    replays = new JdbcReplays(database);
    tallies = new JdbcTallies(database);
    sessions = new JdbcSessions(database);
  }

  /**
   * Opens the store at the URL of the options, with its own connection pool. Migrates or checks the
   * tables first, depending on the {@link SchemaMode}. Blocks until the database replies.
   *
   * @throws StoreException if the database cannot be reached, its tables do not meet the schema
   *     mode or were set up by an incompatible newer version, or it is H2 and in use by another
   *     process
   * @throws InvalidException if the options have no URL
   */
  public static JdbcStore open(JdbcStoreOptions options) {
    Objects.requireNonNull(options, "options");
    return open(ConnectionSource.of(options.connection()), options);
  }

  /**
   * Opens the store in the database of an application's connection pool. Migrates or checks the
   * tables first, depending on the {@link SchemaMode}. Blocks until the database replies.
   *
   * <p>The store has its own transactions: it borrows a connection for each, at most {@link
   * JdbcStoreOptions#withPoolSize} at once, and returns it without an open transaction and with its
   * original auto-commit mode, isolation level and session settings. It does not take part in the
   * application's transactions; for that, see {@link dev.hookferry.jdbc.outbox.Outbox}. The pool
   * must hand out connections that no transaction manager controls. Closing the store does not
   * close the pool.
   *
   * @throws StoreException as {@link #open(JdbcStoreOptions)}
   * @throws InvalidException if it is not a supported database, a setting of H2 would endanger
   *     accepted events, or the options have a URL or a user
   */
  public static JdbcStore open(DataSource dataSource, JdbcStoreOptions options) {
    Objects.requireNonNull(dataSource, "dataSource");
    Objects.requireNonNull(options, "options");
    options.requireNoConnection();
    return open(ConnectionSource.of(dataSource, options.poolSize()), options);
  }

  private static JdbcStore open(ConnectionSource source, JdbcStoreOptions options) {
    TableNames names = options.names(source.dialect());
    String layout = prepare(source, names, options.schemaMode());
    Database database = new Database(source.dialect(), source.pool(), names);
    try {
      TransferState.requireFinished(database, options.place());
      return open(database, options, layout);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static String prepare(ConnectionSource source, TableNames names, SchemaMode mode) {
    Schema schema = new Schema(source, names);
    return switch (mode) {
      case MIGRATE -> schema.migrate();
      case VALIDATE -> schema.validate();
      case NONE -> schema.requireSchema();
    };
  }

  private static JdbcStore open(Database database, JdbcStoreOptions options, String layout) {
    Dialect dialect = database.dialect();
    database.reserve();
    NodeLiveness owners = new NodeLiveness(database, options.ownerTimeout(), new SecureRandom());
    if (!dialect.isShared()) {
      owners.evictAll();
    }
    return new JdbcStore(
        database, owners, new DatabaseInfo(database, layout, options.ownerTimeout()));
  }

  /**
   * Opens the content of a store that no process uses, to be read as a whole. Changes nothing in
   * the database.
   *
   * @throws dev.hookferry.refusal.ConflictException if a process is using the store; the message
   *     names the process
   * @throws StoreException as for {@link #open}, or if the tables are missing or of another version
   */
  public static TransferSource openSource(JdbcStoreOptions options) {
    Objects.requireNonNull(options, "options");
    ConnectionSource source = ConnectionSource.of(options.connection());
    TableNames names = options.names(source.dialect());
    String layout = new Schema(source, names).validateForTransfer();
    return TransferDatabases.source(
        new Database(source.dialect(), source.pool(), names),
        options.place(),
        layout,
        options.ownerTimeout());
  }

  /**
   * Opens an empty store to be filled from another one, or a store whose transfer is unfinished.
   * Migrates or checks the tables first, depending on the {@link SchemaMode}.
   *
   * @throws StoreException as for {@link #open}
   */
  public static TransferTarget openTarget(JdbcStoreOptions options) {
    Objects.requireNonNull(options, "options");
    ConnectionSource source = ConnectionSource.of(options.connection());
    TableNames names = options.names(source.dialect());
    String unused = prepare(source, names, options.schemaMode());
    return TransferDatabases.target(
        new Database(source.dialect(), source.pool(), names), options.place());
  }

  /**
   * Inspects the database that a store is in or would be in. Changes nothing; servers may be using
   * the store. Blocks until the database replies.
   *
   * @param clock the clock to compare with the database's
   * @throws StoreException if the database cannot be reached, or its tables are of a version that
   *     this Hookferry cannot use
   * @throws InvalidException if the options have no URL, or an H2 URL that would create a missing
   *     database
   */
  public static JdbcInspection inspect(JdbcStoreOptions options, InstantSource clock) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(clock, "clock");
    ConnectionSource source = ConnectionSource.of(options.connection());
    if (!source.dialect().isShared()) {
      throw InvalidException.of("url", "must be the URL of a PostgreSQL or MariaDB database");
    }
    return DatabaseInspector.of(source, options.names(source.dialect()), clock);
  }

  @Override
  public TransferSource snapshot() {
    JdbcSource source = new JdbcSource(database, info.read().kind(), false, () -> {});
    try {
      checkSnapshot();
      return source;
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  @Override
  public void checkSnapshot() {
    String newer = info.newerTables();
    if (newer != null) {
      throw new ConflictException(newer + "; take the backup with the newer version of Hookferry");
    }
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public InFlightJournal inFlightJournal() {
    return inFlight;
  }

  @Override
  public AttemptLog log() {
    return log;
  }

  @Override
  public ConfigStore config() {
    return config;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public ReplayStore replays() {
    return replays;
  }

  @Override
  public TallyStore tallies() {
    return tallies;
  }

  @Override
  public Optional<SessionStore> sessions() {
    return Optional.of(sessions);
  }

  @Override
  public StoreInfo info() {
    return info.read();
  }

  @Override
  public int parallelCommits() {
    return database.parallelCommits();
  }

  @Override
  public boolean isShared() {
    return database.dialect().isShared();
  }

  @Override
  public void close() {
    database.close();
  }
}
