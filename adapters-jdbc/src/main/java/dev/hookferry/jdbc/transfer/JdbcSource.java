package dev.hookferry.jdbc.transfer;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.database.DatabaseSnapshot;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.log.JdbcAudit;
import dev.hookferry.jdbc.transfer.PartReader.NamedPart;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The content of a database as seen by one transaction. */
public final class JdbcSource implements TransferSource {
  /** The earliest and the latest time that every supported database can represent. */
  private static final Instant BEGINNING = Instant.parse("1000-01-01T00:00:00Z");

  private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Database database;
  private final DatabaseSnapshot snapshot;
  private final boolean ownersAreDead;
  private final Runnable onClose;
  private final TransferOrigin origin;

  /**
   * Begins the transaction.
   *
   * @param store the name of the store, for messages
   * @param ownersAreDead whether no process uses the store
   * @param onClose runs when the source is closed
   */
  public JdbcSource(Database database, String store, boolean ownersAreDead, Runnable onClose) {
    this.database = database;
    this.ownersAreDead = ownersAreDead;
    this.onClose = onClose;
    snapshot = database.snapshot();
    try {
      origin = snapshot.read(handle -> origin(handle, store));
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  private static TransferOrigin origin(Handle handle, String store) {
    long version = number(handle, "SELECT version FROM hookferry_config");
    long events = number(handle, "SELECT count(*) FROM hookferry_event");
    long finals = number(handle, "SELECT count(*) FROM hookferry_delivery");
    long pending = number(handle, "SELECT count(*) FROM hookferry_delivery_queue");
    long attempts =
        number(handle, "SELECT COALESCE(sum(attempts), 0) FROM hookferry_delivery_queue");
    long audit = number(handle, "SELECT count(*) FROM hookferry_audit");
    String state =
        "config=%d events=%d final=%d pending=%d attempts=%d audit=%d"
            .formatted(version, events, finals, pending, attempts, audit);
    return new TransferOrigin(store, state, version, finals + pending);
  }

  private static long number(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(Long.class).one();
  }

  @Override
  public TransferOrigin origin() {
    return origin;
  }

  @Override
  public TransferReader read(TransferHistory history, @Nullable String after) {
    List<NamedPart> parts = new ArrayList<>();
    Handle handle = snapshot.handle();
    RowReader reading = new RowReader(database.dialect());
    SmallTables tables = new SmallTables(reading, new JdbcAudit(database));
    for (ConfigEntry.Kind kind : ConfigEntry.Kind.values()) {
      parts.add(
          new NamedPart(kind.code(), from -> new TablePart(handle, tables.config(kind), from)));
    }
    parts.add(new NamedPart("replay", from -> new TablePart(handle, tables.replays(), from)));
    if (!history.equals(TransferHistory.NONE)) {
      Instant since = history.equals(TransferHistory.ALL) ? null : history.since();
      parts.add(new NamedPart("audit", from -> new TablePart(handle, tables.audit(since), from)));
    }
    parts.add(new NamedPart("tally", from -> new TablePart(handle, tables.tallies(), from)));
    addEvents(parts, history, reading);
    return new PartReader(snapshot, parts, after);
  }

  private void addEvents(List<NamedPart> parts, TransferHistory history, RowReader reading) {
    Handle handle = snapshot.handle();
    EventQueries queries = queries(handle);
    EventParts content = new EventParts(handle, database.dialect(), queries, ownersAreDead);
    if (!history.equals(TransferHistory.ALL)) {
      Instant before = history.equals(TransferHistory.NONE) ? FOREVER : history.since();
      StoredEventPages pages = new PendingEvents(handle, database.dialect(), reading, before);
      parts.add(new NamedPart("pending", from -> new EventPart(pages, content, key(from))));
    }
    if (!history.equals(TransferHistory.NONE)) {
      Instant since = history.equals(TransferHistory.ALL) ? BEGINNING : history.since();
      StoredEventPages pages = new RecentEvents(handle, queries, since);
      parts.add(new NamedPart("event", from -> new EventPart(pages, content, key(from))));
    }
  }

  /**
   * Returns the fastest queries for a connection. COPY needs a connection of PostgreSQL's driver,
   * which the application's pool may hide.
   */
  private EventQueries queries(Handle handle) {
    Dialect dialect = database.dialect();
    return dialect.canCopy(handle) ? new CopyQueries(handle) : new PlainQueries(handle, dialect);
  }

  private static @Nullable EventKey key(@Nullable String from) {
    return from == null ? null : EventKey.parse(from);
  }

  @Override
  public void close() {
    try {
      snapshot.close();
    } finally {
      onClose.run();
    }
  }
}
