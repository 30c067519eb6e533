package dev.hookferry.jdbc;

import dev.hookferry.access.KeyId;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.AuditId;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.AuditLog;
import dev.hookferry.port.AuditQuery;
import dev.hookferry.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The audit log in a table. */
final class JdbcAudit implements AuditLog {
  private static final int CHUNK = 1_000;

  private final Database database;
  private final Dialect dialect;
  private final Reading reading;

  JdbcAudit(Database database) {
    this.database = database;
    dialect = database.dialect();
    reading = new Reading(dialect);
  }

  @Override
  public void append(List<AuditEntry> entries) {
    database.change(
        (handle, careful) -> {
          insert(dialect, handle, entries);
          return entries.size();
        });
  }

  /** Adds entries in a transaction that is under way. */
  static void insert(Dialect dialect, Handle handle, List<AuditEntry> entries) {
    Rows rows =
        Rows.of(
            Rows.uuid("id"),
            Rows.time("noted_at"),
            Rows.uuid("key_id"),
            Rows.text("actor"),
            Rows.text("address"),
            Rows.text("action"),
            Rows.text("site"),
            Rows.text("target"),
            Rows.text("changes"));
    for (AuditEntry entry : entries) {
      Actor by = entry.by();
      rows.add(
          entry.id().value(),
          entry.at(),
          by.key() == null ? null : by.key().value(),
          by.name(),
          by.address(),
          entry.action().word(),
          entry.site() == null ? null : entry.site().value(),
          entry.target(),
          FieldChange.write(entry.changes()));
    }
    dialect.insert(handle, "hookferry_audit", rows);
  }

  @Override
  public Page<AuditEntry> entries(AuditQuery query) {
    AuditId after = Cursors.read(query.page(), AuditId::parse);
    Where where =
        new Where()
            .and("1 = 1")
            .and("site = :site", "site", query.site() == null ? null : query.site().value())
            .and("key_id = :key", "key", query.key() == null ? null : query.key().value())
            .and("target = :target", "target", query.target())
            .within("noted_at", query.at())
            .and("id < :after", "after", after == null ? null : after.value());
    String sql =
        "SELECT * FROM hookferry_audit WHERE " + where.sql() + " ORDER BY id DESC LIMIT :rows";
    List<AuditEntry> rows =
        database.look(
            handle ->
                where
                    .bindTo(handle.createQuery(sql))
                    .bind("rows", Cursors.rows(query.page()))
                    .map(entry())
                    .list());
    return Cursors.page(rows, query.page(), entry -> entry.id().toString());
  }

  private RowMapper<AuditEntry> entry() {
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
          AuditAction.ofWord(row.getString("action")).orElseThrow(),
          site == null ? null : new SiteId(site),
          row.getString("target"),
          FieldChange.read(row.getString("changes")));
    };
  }

  /** In small transactions, so that nobody waits long for it. */
  @Override
  public long forget(Instant before) {
    long count = 0;
    int some;
    do {
      some = database.change((handle, careful) -> forget(handle, before));
      count += some;
    } while (some == CHUNK);
    return count;
  }

  private int forget(Handle handle, Instant before) {
    List<UUID> old =
        handle
            .createQuery(
                "SELECT id FROM hookferry_audit WHERE noted_at < :before ORDER BY id LIMIT :chunk")
            .bind("before", before)
            .bind("chunk", CHUNK)
            .map((row, context) -> reading.uuid(row, "id"))
            .list();
    Rows ids = Rows.of(Rows.uuid("id"));
    old.forEach(ids::add);
    dialect.each(handle, "DELETE FROM hookferry_audit WHERE id = :id", ids);
    return old.size();
  }
}
