package dev.hookferry.jdbc.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of an ordering key in the order of their ids when several relays share an outbox.
 * A row is deleted once its event is durable. A row must wait if an earlier row of its key is still
 * in the table, unless this relay publishes that row first, because another relay may be publishing
 * it.
 */
final class KeyOrder {
  /**
   * Maximum number of earlier rows to read. Enough for the rows that several relays have locked;
   * limited so that the database uses an index.
   */
  private static final int MAX = 10_000;

  private record Key(String site, String orderingKey) {}

  private final OutboxDialect dialect;
  private final String table;

  KeyOrder(OutboxDialect dialect, String table) {
    this.dialect = dialect;
    this.table = table;
  }

  /**
   * Returns the rows that may be published now; the others stay locked until the transaction ends.
   *
   * @param locked rows that this transaction has locked, oldest first
   * @param ahead rows that this relay publishes before these
   */
  List<OutboxRow> ready(Connection connection, List<OutboxRow> locked, List<OutboxRow> ahead)
      throws SQLException {
    long last = -1;
    for (OutboxRow row : locked) {
      last = key(row) == null ? last : row.id();
    }
    if (last < 0) {
      return locked;
    }
    Set<Long> ours = new HashSet<>();
    locked.forEach(row -> ours.add(row.id()));
    ahead.forEach(row -> ours.add(row.id()));
    Earlier earlier = earlier(connection, last, ours);
    return locked.stream().filter(row -> earlier.permits(key(row), row.id())).toList();
  }

  /**
   * The earlier rows that other relays may be publishing.
   *
   * @param oldest the smallest id of each key
   * @param known the id up to which all such rows are known
   */
  private record Earlier(Map<Key, Long> oldest, long known) {
    boolean permits(@Nullable Key key, long id) {
      return key == null || (id <= known && oldest.getOrDefault(key, Long.MAX_VALUE) > id);
    }
  }

  private static @Nullable Key key(OutboxRow row) {
    String orderingKey = row.options().orderingKey();
    return orderingKey == null ? null : new Key(row.site(), orderingKey);
  }

  private Earlier earlier(Connection connection, long before, Set<Long> ours) throws SQLException {
    Map<Key, Long> oldest = new HashMap<>();
    int read = 0;
    long id = before;
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(dialect.keysBefore(table, before, MAX))) {
      while (found.next()) {
        read++;
        id = found.getLong("id");
        if (!ours.contains(id)) {
          Key key = new Key(OutboxRow.text(found, "site"), OutboxRow.text(found, "ordering_key"));
          oldest.merge(key, id, Math::min);
        }
      }
    }
    return new Earlier(oldest, read < MAX ? before : id);
  }
}
