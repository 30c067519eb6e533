package dev.hookferry.jdbc.order;

import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Counts the deliveries that wait behind the first one of an ordering key. Counting stops at a
 * limit per key, so a query reads a bounded part of an index, however many deliveries wait.
 * Thread-safe.
 */
public final class WaitingCount {
  /** Keys counted by one statement. */
  private static final int AT_ONCE = 100;

  private static final String ONE_KEY =
      """
      SELECT %1$d AS number, COUNT(*) AS waiting FROM (
        SELECT 1 AS one FROM hookferry_key_waiting WHERE key_queue = :queue%1$d LIMIT %2$d) w%1$d
      """;

  private final Database database;

  public WaitingCount(Database database) {
    this.database = database;
  }

  /** Returns the number of deliveries behind each key, at most {@code max}. */
  public Map<String, Integer> count(EndpointId endpoint, Collection<String> orderingKeys, int max) {
    List<String> keys = new ArrayList<>(orderingKeys);
    return database.list(
        handle -> {
          Map<String, Integer> counts = new HashMap<>();
          for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            count(handle, endpoint, some, max, counts);
          }
          return counts;
        });
  }

  private static void count(
      Handle handle, EndpointId endpoint, List<String> keys, int max, Map<String, Integer> counts) {
    String sql =
        IntStream.range(0, keys.size())
            .mapToObj(number -> ONE_KEY.formatted(number, max))
            .collect(Collectors.joining(" UNION ALL "));
    Query query = handle.createQuery(sql);
    for (int i = 0; i < keys.size(); i++) {
      query.bind("queue" + i, KeyQueueId.of(endpoint, keys.get(i)));
    }
    var unused =
        query
            .map(
                (row, context) -> counts.put(keys.get(row.getInt("number")), row.getInt("waiting")))
            .list();
  }
}
