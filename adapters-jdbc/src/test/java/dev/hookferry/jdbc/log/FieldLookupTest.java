package dev.hookferry.jdbc.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.store.model.RandomQueries;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.jdbc.H2File;
import dev.hookferry.jdbc.MariaDb;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.query.EventQuery;
import dev.hookferry.store.AttemptLog;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that are hardly looked for among the newest events are found in their own table. */
final class FieldLookupTest {
  @Test
  void findsTheSameInH2(@TempDir Path folder) {
    try (TestDatabase database = new H2File(folder)) {
      findsTheSame(database);
    }
  }

  @Test
  void findsTheSameInMariaDb() {
    try (TestDatabase database = new MariaDb()) {
      findsTheSame(database);
    }
  }

  private static void findsTheSame(TestDatabase database) {
    try (TestNode node = new TestNode(database.url())) {
      PostgresPageReaderTest.fill(node);
      Event oldest = oldest(node.store.log());
      Map<String, String> fields = oldest.options().searchFields();
      EventQuery query = EventQuery.ofSite(Samples.SITE).fields(fields);
      try (Database looking = database.connectAsStore()) {
        AttemptLog log =
            new JdbcLog(looking, SqlRetention.of(looking), new PlainPageReader(looking), 5);
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
          new RandomQueries(
                  node.store, PostgresPageReaderTest.around(node.store, log), Samples.SITE, random)
              .compare();
        }
        assertThat(log.events(query).data()).contains(oldest);
      }
      assertThat(database.query("SELECT event_id FROM hookferry_event_field")).hasSize(400);
      long gone = node.store.log().purge(StoreHarness.FAR_AHEAD);
      assertThat(gone).isBetween(1L, 199L);
      assertThat(database.query("SELECT event_id FROM hookferry_event_field"))
          .hasSize((int) (400 - 2 * gone));
    }
  }

  private static Event oldest(AttemptLog log) {
    var all = log.events(EventQuery.ofSite(Samples.SITE).limit(500)).data();
    return all.get(all.size() - 1);
  }
}
