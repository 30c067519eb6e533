package dev.hookferry.jdbc.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.MariaDb;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.jdbc.database.ConnectionSource;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Retention on a server that cannot turn a subquery of a DELETE into a join. */
final class AttemptRetentionTest {
  private static final int EVENTS = 100;

  @Test
  void readsNoAttemptsButThoseItDeletes() {
    try (TestDatabase place = new MariaDb();
        TestNode node = new TestNode(place.url());
        Database database =
            connect(place.url() + "&sessionVariables=optimizer_switch='semijoin=off'")) {
      for (int i = 0; i < EVENTS; i++) {
        Delivery sent = node.owned(node.samples.endpoint());
        node.commit(
            Batch.of(
                new AttemptResult(
                    sent.delivered(node.samples.now()),
                    node.samples.attempt(sent, node.samples.success()))));
      }
      long before = rowsScanned(database);

      long purged =
          new RowRetention(database, "").purge(node.samples.now().plus(Duration.ofDays(1)));

      assertThat(purged).isEqualTo(EVENTS);
      assertThat(place.query("SELECT COUNT(*) FROM hookferry_attempt")).containsExactly("0");
      assertThat(rowsScanned(database) - before).isLessThan(20 * EVENTS);
    }
  }

  private static Database connect(String url) {
    ConnectionSource source = ConnectionSource.of(new ConnectionSettings(url, null, null, 2));
    return new Database(source.dialect(), source.pool(), TableNames.standard(source.dialect()));
  }

  /** Rows that this thread's connection has read without an index. */
  private static long rowsScanned(Database database) {
    String sql =
        """
        SELECT variable_value FROM information_schema.session_status
        WHERE variable_name = 'HANDLER_READ_RND_NEXT'
        """;
    return database.query(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
