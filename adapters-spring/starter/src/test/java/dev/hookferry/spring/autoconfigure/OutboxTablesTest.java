package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.jdbc.outbox.Outbox;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.spring.autoconfigure.HookferryProperties.OutboxProperties;
import dev.hookferry.spring.autoconfigure.HookferryProperties.OutboxSchema;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxTablesTest {
  private static final OutboxProperties OPTIONS =
      new OutboxProperties(
          OutboxOptions.TABLE, OutboxSchema.ALWAYS, true, true, Duration.ofSeconds(1), false);

  /** A bean that is lazy is created within the transaction of its first user. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void creatingTablesCommitsNoTransactionOfTheApplication(boolean isThere) {
    try (HikariDataSource database = new HikariDataSource()) {
      database.setJdbcUrl(StarterApplication.database());
      JdbcTemplate jdbc = new JdbcTemplate(database);
      jdbc.execute("CREATE TABLE orders (id int)");
      if (isThere) {
        OutboxTables.initialize(database, Outbox.standard(), OPTIONS);
      }
      new TransactionTemplate(new DataSourceTransactionManager(database))
          .executeWithoutResult(
              status -> {
                jdbc.update("INSERT INTO orders VALUES (7)");
                OutboxTables.initialize(
                    new TransactionAwareDataSourceProxy(database), Outbox.standard(), OPTIONS);
                status.setRollbackOnly();
              });
      assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM orders", Integer.class)).isZero();
      assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM hookferry_outbox", Integer.class))
          .isZero();
    }
  }
}
