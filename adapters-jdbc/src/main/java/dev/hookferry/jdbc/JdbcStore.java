package dev.hookferry.jdbc;

import dev.hookferry.port.AttemptLog;
import dev.hookferry.port.AuditLog;
import dev.hookferry.port.ConfigStore;
import dev.hookferry.port.DeliveryStore;
import dev.hookferry.port.Flights;
import dev.hookferry.port.ReplayStore;
import dev.hookferry.port.Store;
import dev.hookferry.port.StoreException;
import dev.hookferry.port.StoreFacts;
import dev.hookferry.port.TallyStore;
import java.security.SecureRandom;

/**
 * A store in an SQL database: PostgreSQL or MariaDB, which several processes can share, or H2 in a
 * file, which one process has for itself. Thread-safe.
 *
 * <p>Everything is in tables whose names begin with {@code hookferry_}, in the schema that the
 * connection begins in. A lost connection is found again; while the database is away, calls fail
 * with {@link StoreException} after a few seconds.
 */
public final class JdbcStore implements Store {
  private final Database database;
  private final DeliveryStore deliveries;
  private final AttemptLog log;
  private final ConfigStore config;
  private final AuditLog audit;
  private final ReplayStore replays;
  private final TallyStore tallies;
  private final Flights flights;
  private final Facts facts;

  private JdbcStore(Database database, Owners owners, Facts facts) {
    this.database = database;
    this.facts = facts;
    Retention retention = database.dialect().retention(database);
    retention.prepare(database.look(database::now));
    deliveries = new JdbcDeliveries(database, owners, retention);
    flights = new JdbcFlights(database);
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
    String layout = new Schema(options, dialect).migrate();
    Database database = new Database(dialect, options);
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
    Owners owners = new Owners(database, options.ownerTimeout(), new SecureRandom());
    if (!dialect.isShared()) {
      owners.giveUpAll();
    }
    return new JdbcStore(database, owners, new Facts(database, layout, options.ownerTimeout()));
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public Flights flights() {
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
  public StoreFacts facts() {
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
