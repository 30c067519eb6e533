package dev.hookferry.jdbc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.event.Event;
import dev.hookferry.jdbc.H2File;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.commit.Batch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transfer that leaves out the past reads each event with a pending delivery once. */
final class PendingEventsTest {
  @Test
  void readsEachEventBeforeATimeOnceWhateverThePage(@TempDir Path folder) {
    try (TestDatabase database = new H2File(folder);
        TestNode node = new TestNode(database.url());
        Database looking = database.connectAsStore()) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Event event = node.samples.event();
        node.commit(Batch.of(StoreHarness.free(event, node.samples.delivery(event))));
        events.add(event);
      }
      Instant before = events.get(4).acceptedAt();

      for (int limit = 1; limit < 7; limit++) {
        assertThat(all(looking, before, limit))
            .as("%d at a time", limit)
            .isEqualTo(events.subList(0, 4));
      }
    }
  }

  private static List<Event> all(Database database, Instant before, int limit) {
    return database.query(
        handle -> {
          PendingEvents pages =
              new PendingEvents(
                  handle, database.dialect(), new RowReader(database.dialect()), before);
          List<Event> found = new ArrayList<>();
          List<StoredEventPages.EventRow> page = pages.page(null, limit);
          while (!page.isEmpty()) {
            page.forEach(row -> found.add(row.stored().event()));
            page = pages.page(page.get(page.size() - 1).key(), limit);
          }
          return found;
        });
  }
}
