package dev.hookferry.rivals;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Connections for a rival's workers. */
final class Pool {
  private Pool() {}

  /** One for each worker. */
  static HikariDataSource of(String url, int workers) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(workers);
    return new HikariDataSource(config);
  }
}
