package dev.hookferry.jdbc.transfer;

import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferRecord;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The rows of a small table in the order of a key. */
final class TablePart implements RecordPart {
  private final Handle handle;
  private final RowQuery rows;
  private String after;

  /**
   * The query that reads the rows.
   *
   * @param sql selects rows with a key greater than {@code :after}, ordered by key
   * @param first a key that is less than any other
   * @param decode decodes the text of a key as a value that can be bound
   * @param mapper maps a row
   * @param since value of {@code :since}, or null if there is no such parameter
   */
  record RowQuery(
      String sql,
      String first,
      KeyDecoder decode,
      RowMapper<KeyedRecord> mapper,
      @Nullable Instant since) {
    RowQuery(String sql, String first, KeyDecoder decode, RowMapper<KeyedRecord> mapper) {
      this(sql, first, decode, mapper, null);
    }
  }

  /** Decodes the text of a key. */
  @FunctionalInterface
  interface KeyDecoder {
    Object of(String key);
  }

  /** A record with the text of its key. */
  record KeyedRecord(String key, TransferRecord stored) {}

  /** Creates a part that begins after a key, or with the first row if the key is null. */
  TablePart(Handle handle, RowQuery rows, @Nullable String after) {
    this.handle = handle;
    this.rows = rows;
    this.after = after == null ? rows.first() : after;
  }

  @Override
  public @Nullable TransferBatch next() {
    Query query = handle.createQuery(rows.sql()).bind("after", rows.decode().of(after));
    if (rows.since() != null) {
      query.bind("since", rows.since());
    }
    List<KeyedRecord> found = query.map(rows.mapper()).list();
    if (found.isEmpty()) {
      return null;
    }
    after = found.get(found.size() - 1).key();
    return new TransferBatch(found.stream().map(KeyedRecord::stored).toList(), after);
  }
}
