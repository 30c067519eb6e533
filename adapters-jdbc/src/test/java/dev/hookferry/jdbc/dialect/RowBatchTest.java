package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.AnyKind;
import dev.hookferry.jdbc.MariaDb;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.delivery.DeliveryQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements that are run for many rows at once. */
final class RowBatchTest {
  /** Else every commit would be rolled back once and written with care. */
  @ParameterizedTest
  @EnumSource
  void reportsWhetherEachStatementChangedARow(AnyKind kind, @TempDir Path folder) {
    try (TestDatabase place = kind.create(folder)) {
      knowsWhetherEachHasChangedARow(place);
    }
  }

  @Test
  void reportsChangesWithoutBulkCounts() {
    try (TestDatabase place = MariaDb.withoutBulkCounts()) {
      knowsWhetherEachHasChangedARow(place);
    }
  }

  private static void knowsWhetherEachHasChangedARow(TestDatabase place) {
    try (TestNode node = new TestNode(place.url());
        Database database = place.connectAsStore()) {
      List<Delivery> deliveries = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        deliveries.add(node.owned(node.samples.endpoint()));
      }

      assertThat(delete(database, deliveries)).containsExactly(1, 1, 1);
      deliveries.set(1, node.owned(node.samples.endpoint()));
      assertThat(delete(database, deliveries)).containsExactly(0, 1, 0);
      assertThat(delete(database, List.of())).isEmpty();
    }
  }

  private static int[] delete(Database database, List<Delivery> deliveries) {
    return database.change(
        (handle, withAllChecks) ->
            new RowBatch(
                    "DELETE FROM hookferry_delivery_queue WHERE site = :site AND id = :id",
                    DeliveryQueue.keys(deliveries))
                .changed(handle, database.dialect()));
  }
}
