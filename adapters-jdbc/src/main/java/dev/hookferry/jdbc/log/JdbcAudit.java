package dev.hookferry.jdbc.log;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AuditLog;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The audit log in a table. Thread-safe. */
public final class JdbcAudit implements AuditLog {
  private static final int CHUNK = 1_000;

  private final Database database;
  private final Dialect dialect;
  private final RowReader reading;

  public JdbcAudit(Database database) {
    this.database = database;
    dialect = database.dialect();
    reading = new RowReader(dialect);
  }

  @Override
  public void append(List<AuditEntry> entries) {
    database.change(
        (handle, withAllChecks) -> {
          insert(dialect, handle, entries);
          return entries.size();
        });
  }

  /** Adds entries in a running transaction. */
  public static void insert(Dialect dialect, Handle handle, List<AuditEntry> entries) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.uuid("id"),
            ColumnRows.time("noted_at"),
            ColumnRows.uuid("key_id"),
            ColumnRows.text("actor"),
            ColumnRows.text("address"),
            ColumnRows.text("action"),
            ColumnRows.text("site"),
            ColumnRows.text("target"),
            ColumnRows.text("changes"));
    for (AuditEntry entry : entries) {
      Actor by = entry.actor();
      rows.add(
          entry.id().value(),
          entry.at(),
          by.key() == null ? null : by.key().value(),
          by.name(),
          by.address(),
          entry.action().code(),
          entry.site() == null ? null : entry.site().value(),
          entry.target(),
          FieldChange.write(entry.changes()));
    }
    dialect.insert(handle, "hookferry_audit", rows);
  }

  @Override
  public Page<AuditEntry> entries(AuditQuery query) {
    AuditId after = Cursors.read(query.page(), AuditId::parse);
    WhereClause where =
        new WhereClause()
            .and("1 = 1")
            .and("site = :site", "site", query.site() == null ? null : query.site().value())
            .and("key_id = :key", "key", query.key() == null ? null : query.key().value())
            .and("target = :target", "target", query.target())
            .inList(
                "action",
                !query.actions().isEmpty(),
                "actions",
                query.actions().stream().map(AuditAction::code).toList())
            .within("noted_at", query.at())
            .and("id < :after", "after", after == null ? null : after.value());
    String sql =
        "SELECT * FROM hookferry_audit WHERE " + where.sql() + " ORDER BY id DESC LIMIT :rows";
    List<AuditEntry> rows =
        database.query(
            handle ->
                where
                    .bindTo(handle.createQuery(sql))
                    .bind("rows", Cursors.rows(query.page()))
                    .map(entry())
                    .list());
    return Cursors.page(rows, query.page(), entry -> entry.id().toString());
  }

  /** Returns a mapper for rows with all columns. */
  public RowMapper<AuditEntry> entry() {
    return (row, context) -> {
      UUID key = dialect.readUuid(row, "key_id");
      String site = row.getString("site");
      return new AuditEntry(
          new AuditId(reading.uuid(row, "id")),
          reading.time(row, "noted_at"),
          new Actor(
              key == null ? null : new KeyId(key),
              row.getString("actor"),
              row.getString("address")),
          AuditAction.fromCode(row.getString("action")).orElseThrow(),
          site == null ? null : new SiteId(site),
          row.getString("target"),
          FieldChange.read(row.getString("changes")));
    };
  }

  /** Removes old entries in small transactions, so that no lock is held for long. */
  @Override
  public long purge(Instant before) {
    long count = 0;
    int some;
    do {
      some = database.change((handle, withAllChecks) -> purge(handle, before));
      count += some;
    } while (some == CHUNK);
    return count;
  }

  private int purge(Handle handle, Instant before) {
    List<UUID> old =
        handle
            .createQuery(
                "SELECT id FROM hookferry_audit WHERE noted_at < :before ORDER BY id LIMIT :chunk")
            .bind("before", before)
            .bind("chunk", CHUNK)
            .map((row, context) -> reading.uuid(row, "id"))
            .list();
    ColumnRows ids = ColumnRows.of(ColumnRows.uuid("id"));
    old.forEach(ids::add);
    dialect.each(handle, "DELETE FROM hookferry_audit WHERE id = :id", ids);
    return old.size();
  }
}
