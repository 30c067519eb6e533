package dev.hookferry.jdbc.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.SqlFault;
import java.sql.Connection;
import java.sql.SQLException;

/** The connection pool of a store that is opened by a URL. */
public final class OwnPool implements JdbcPool {
  private final ConnectionSettings settings;
  private final HikariDataSource pool;

  /** Opens a pool of connections to the database. */
  public OwnPool(Dialect dialect, ConnectionSettings settings) {
    this.settings = settings;
    pool = new HikariDataSource(configuration(dialect, settings));
  }

  private static HikariConfig configuration(Dialect dialect, ConnectionSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("hookferry");
    config.setJdbcUrl(dialect.settle(settings.url()));
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(Database.CONNECTION_MILLIS);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(dialect.sessionSql());
    config.setExceptionOverride(new Demotion());
    return config;
  }

  /**
   * Drops connections to a server that has lost the primary role, so that new ones reach the
   * current primary.
   */
  private static final class Demotion implements SQLExceptionOverride {
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException thrown) {
      return SqlFault.isReadOnly(thrown)
          ? SQLExceptionOverride.Override.MUST_EVICT
          : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
  }

  @Override
  public Connection openConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public String place() {
    return settings.place();
  }

  @Override
  public int size() {
    return settings.poolSize();
  }

  @Override
  public void close() {
    pool.close();
  }
}
