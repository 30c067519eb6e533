package dev.hookferry.jdbc.transfer;

import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.log.JdbcAudit;
import dev.hookferry.jdbc.transfer.TablePart.KeyedRecord;
import dev.hookferry.jdbc.transfer.TablePart.RowQuery;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Queries for all tables except those of events. */
final class SmallTables {
  private static final String FIRST_ID = new UUID(0, 0).toString();

  private final RowReader reading;
  private final JdbcAudit audit;

  SmallTables(RowReader reading, JdbcAudit audit) {
    this.reading = reading;
    this.audit = audit;
  }

  RowQuery config(ConfigEntry.Kind kind) {
    String sql =
        """
        SELECT id, site, body FROM hookferry_config_entry
        WHERE kind = '%s' AND id > :after AND body IS NOT NULL ORDER BY id LIMIT 1000
        """
            .formatted(kind.code());
    return new RowQuery(
        sql,
        "",
        key -> key,
        (row, context) -> {
          String site = row.getString("site");
          ConfigEntry entry =
              new ConfigEntry(
                  kind,
                  row.getString("id"),
                  site == null ? null : new SiteId(site),
                  row.getString("body"));
          return new KeyedRecord(entry.id(), checked(entry));
        });
  }

  /** Checks that this version can read an entry, so that damage is not copied unnoticed. */
  private static StoredConfig checked(ConfigEntry entry) {
    Object unused = entry.change();
    return new StoredConfig(entry);
  }

  RowQuery replays() {
    RowMapper<KeyedRecord> mapper =
        (row, context) -> {
          UUID id = reading.uuid(row, "id");
          ReplayStore.ReplayEntry kept =
              new ReplayStore.ReplayEntry(id, row.getLong("revision"), row.getString("job"));
          return new KeyedRecord(id.toString(), new StoredReplay(kept));
        };
    return new RowQuery(
        "SELECT id, revision, job FROM hookferry_replay WHERE id > :after ORDER BY id LIMIT 1000",
        FIRST_ID,
        UUID::fromString,
        mapper);
  }

  RowQuery audit(@Nullable Instant since) {
    String recent = since == null ? "" : " AND noted_at >= :since";
    RowMapper<KeyedRecord> mapper =
        (row, context) -> {
          StoredAuditEntry entry = new StoredAuditEntry(audit.entry().map(row, context));
          return new KeyedRecord(entry.entry().id().value().toString(), entry);
        };
    return new RowQuery(
        "SELECT * FROM hookferry_audit WHERE id > :after" + recent + " ORDER BY id LIMIT 1000",
        FIRST_ID,
        UUID::fromString,
        mapper,
        since);
  }

  /** Returns the query for tallies, which reads all rows with the same name together. */
  RowQuery tallies() {
    RowMapper<KeyedRecord> mapper =
        (row, context) -> {
          TallyStore.Tally tally =
              new TallyStore.Tally(
                  reading.uuid(row, "writer"),
                  row.getString("name"),
                  Instant.ofEpochSecond(row.getLong("starts")),
                  Instant.ofEpochSecond(row.getLong("ends")),
                  row.getString("counted"));
          Instant written = Instant.ofEpochSecond(row.getLong("written"));
          return new KeyedRecord(tally.name(), new StoredTally(tally, written));
        };
    return new RowQuery(
        """
        SELECT name, starts, writer, ends, written, counted FROM hookferry_tally
        WHERE name = (SELECT min(name) FROM hookferry_tally WHERE name > :after)
        ORDER BY starts, writer
        """,
        "",
        key -> key,
        mapper);
  }
}
