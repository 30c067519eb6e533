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
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import java.security.SecureRandom;

/**
 * A store in an SQL database: PostgreSQL or MariaDB, which several processes can share, or H2 in a
 * file, which one process has for itself. Thread-safe.
 *
 * <p>Everything is in tables whose names begin with {@code hookferry_}, in the schema of the
 * options or the one that the connection begins in. A lost connection is found again; while the
 * database is away, calls fail with {@link StoreException} after a few seconds.
 */
public final class JdbcStore implements Store {
  private final Database database;
  private final DeliveryStore deliveries;
  private final AttemptLog log;
  private final ConfigStore config;
  private final AuditLog audit;
  private final ReplayStore replays;
  private final TallyStore tallies;
  private final InFlightJournal flights;
  private final DatabaseInfo facts;

  private JdbcStore(Database database, NodeLiveness owners, DatabaseInfo facts) {
    this.database = database;
    this.facts = facts;
    SqlRetention retention = SqlRetention.of(database);
    retention.prepare(database.look(database::now));
    deliveries = new JdbcDeliveries(database, owners, retention);
    flights = new JdbcInFlightJournal(database);
    log = new JdbcLog(database, retention);
    config = new JdbcConfig(database);
    audit = new JdbcAudit(database);
    replays = new JdbcReplays(database);
    tallies = new JdbcTallies(database);
  }

  /**
   * Opens the store: makes its tables or brings them up to date, then connects.
   *
   * @throws StoreException if the database cannot be reached, was set up by a newer version, or is
   *     in use by another process although it can be used by one only
   */
  public static JdbcStore open(JdbcStoreOptions options) {
    Dialect dialect = Dialect.of(options.url());
    String layout = new Schema(options.connection(), dialect).migrate();
    Database database = new Database(dialect, options.connection());
    try {
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
      owners.giveUpAll();
    }
    return new JdbcStore(
        database, owners, new DatabaseInfo(database, layout, options.ownerTimeout()));
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public InFlightJournal flights() {
    return flights;
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
  public StoreInfo facts() {
    return facts.read();
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
