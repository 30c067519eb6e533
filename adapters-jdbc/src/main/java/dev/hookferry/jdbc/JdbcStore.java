package dev.hookferry.jdbc;

import dev.hookferry.jdbc.config.JdbcConfig;
import dev.hookferry.jdbc.config.JdbcReplays;
import dev.hookferry.jdbc.config.JdbcTallies;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.database.DatabaseInfo;
import dev.hookferry.jdbc.database.Schema;
import dev.hookferry.jdbc.delivery.JdbcDeliveries;
import dev.hookferry.jdbc.delivery.JdbcInFlightJournal;
import dev.hookferry.jdbc.delivery.NodeLiveness;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.log.JdbcAudit;
import dev.hookferry.jdbc.log.JdbcLog;
import dev.hookferry.jdbc.log.SqlRetention;
import dev.hookferry.jdbc.transfer.JdbcSource;
import dev.hookferry.jdbc.transfer.TransferEnds;
import dev.hookferry.jdbc.transfer.TransferState;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.transfer.SnapshotStore;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * A store in an SQL database: PostgreSQL or MariaDB, which several processes can share, or H2 in a
 * file that only one process opens. Thread-safe.
 *
 * <p>All tables have names that begin with {@code hookferry_}. They are in the configured schema,
 * or in the default schema of the connection. Lost connections are re-established; while the
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
  private final InFlightJournal inFlight;
  private final DatabaseInfo info;

  private JdbcStore(Database database, NodeLiveness owners, DatabaseInfo facts) {
    this.database = database;
    this.info = facts;
    SqlRetention retention = SqlRetention.of(database);
    retention.prepare(database.look(database::now));
    deliveries = new JdbcDeliveries(database, owners, retention);
    inFlight = new JdbcInFlightJournal(database);
    log = new JdbcLog(database, retention);
    config = new JdbcConfig(database);
    audit = new JdbcAudit(database);
    replays = new JdbcReplays(database);
    tallies = new JdbcTallies(database);
  }

  /**
   * Opens the store: creates or migrates its tables, then connects.
   *
   * @throws StoreException if the database cannot be reached, was set up by an incompatible newer
   *     version, or is H2 and in use by another process
   */
  public static JdbcStore open(JdbcStoreOptions options) {
    Objects.requireNonNull(options, "options");
    Dialect dialect = Dialect.of(options.url());
    String layout = new Schema(options.connection(), dialect).migrate();
    Database database = new Database(dialect, options.connection());
    try {
      TransferState.requireFinished(database, options.place());
      return open(database, options, layout);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
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
   * @throws dev.hookferry.refusal.ConflictException if a process uses the store; the message names
   *     it
   * @throws StoreException as for {@link #open}, or if the tables are missing or of an earlier
   *     version
   */
  public static TransferSource openSource(JdbcStoreOptions options) {
    Objects.requireNonNull(options, "options");
    Dialect dialect = Dialect.of(options.url());
    String layout = new Schema(options.connection(), dialect).validate();
    return TransferEnds.source(
        new Database(dialect, options.connection()),
        options.place(),
        layout,
        options.ownerTimeout());
  }

  /**
   * Opens an empty store that is to be filled from another one, or one whose transfer is
   * unfinished. Creates the tables if they are missing.
   *
   * @throws StoreException as for {@link #open}
   */
  public static TransferTarget openTarget(JdbcStoreOptions options) {
    Objects.requireNonNull(options, "options");
    Dialect dialect = Dialect.of(options.url());
    String unused = new Schema(options.connection(), dialect).migrate();
    return TransferEnds.target(new Database(dialect, options.connection()), options.place());
  }

  @Override
  public TransferSource snapshot() {
    return new JdbcSource(database, info.read().kind(), false, () -> {});
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
  public StoreInfo info() {
    return info.read();
  }

  @Override
  public int parallelCommits() {
    return database.dialect().parallelCommits();
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
