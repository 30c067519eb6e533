package dev.hookferry.jdbc.config;

import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import dev.hookferry.store.session.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Stores sessions in a table, with times in milliseconds since 1970. Thread-safe. */
public final class JdbcSessions implements SessionStore {
  private static final String SELECT = "SELECT * FROM hookferry_session WHERE ";
  private static final String DELETE = "DELETE FROM hookferry_session WHERE ";

  private final Database database;
  private final RowReader reading;

  public JdbcSessions(Database database) {
    this.database = database;
    reading = new RowReader(database.dialect());
  }

  @Override
  public void add(SessionEntry entry) {
    int unused =
        database.change(
            (handle, withAllChecks) ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO hookferry_session (hash, id, kind, site, subject, key_id,
                          created, used, expires, body)
                        VALUES (:hash, :id, :kind, :site, :subject, :key, :created, :used,
                          :expires, :body)
                        """)
                    .bind("hash", entry.hash())
                    .bind("id", entry.id())
                    .bind("kind", entry.kind())
                    .bind("site", text(entry.site()))
                    .bind("subject", entry.subject())
                    .bind("key", text(entry.key()))
                    .bind("created", entry.createdAt().toEpochMilli())
                    .bind("used", entry.usedAt().toEpochMilli())
                    .bind("expires", entry.expiresAt().toEpochMilli())
                    .bind("body", entry.text())
                    .execute());
  }

  @Override
  public Optional<SessionEntry> find(String hash) {
    return database.query(handle -> find(handle, hash));
  }

  private Optional<SessionEntry> find(Handle handle, String hash) {
    return handle.createQuery(SELECT + "hash = :hash").bind("hash", hash).map(entry()).findOne();
  }

  /** If transactions race to delete a row, exactly one succeeds. */
  @Override
  public Optional<SessionEntry> take(String hash) {
    return database.change(
        (handle, withAllChecks) -> {
          Optional<SessionEntry> found = find(handle, hash);
          boolean deleted =
              found.isPresent()
                  && handle.createUpdate(DELETE + "hash = :hash").bind("hash", hash).execute() == 1;
          return deleted ? found : Optional.empty();
        });
  }

  @Override
  public boolean extend(String hash, Instant usedAt, Instant expiresAt) {
    return database.change(
        (handle, withAllChecks) ->
            handle
                    .createUpdate(
                        """
                        UPDATE hookferry_session SET used = :used, expires = :expires
                        WHERE hash = :hash
                        """)
                    .bind("used", usedAt.toEpochMilli())
                    .bind("expires", expiresAt.toEpochMilli())
                    .bind("hash", hash)
                    .execute()
                == 1);
  }

  @Override
  public List<SessionEntry> list(SessionFilter filter, @Nullable UUID before, int limit) {
    Map<String, Object> values = values(filter);
    List<String> conditions = conditions(filter);
    if (before != null) {
      conditions.add("id < :before");
      values.put("before", before);
    }
    String sql = SELECT + String.join(" AND ", conditions) + " ORDER BY id DESC LIMIT :limit";
    return database.query(
        handle -> handle.createQuery(sql).bindMap(values).bind("limit", limit).map(entry()).list());
  }

  @Override
  public int remove(SessionFilter filter) {
    String sql = DELETE + String.join(" AND ", conditions(filter));
    return database.change(
        (handle, withAllChecks) -> handle.createUpdate(sql).bindMap(values(filter)).execute());
  }

  @Override
  public int purge(Instant now) {
    return database.change(
        (handle, withAllChecks) ->
            handle
                .createUpdate(DELETE + "expires <= :now")
                .bind("now", now.toEpochMilli())
                .execute());
  }

  private static List<String> conditions(SessionFilter filter) {
    List<String> conditions = new ArrayList<>();
    values(filter)
        .keySet()
        .forEach(
            column ->
                conditions.add(
                    column.equals("expires") ? "expires > :expires" : column + " = :" + column));
    return conditions;
  }

  /** Returns the values that a filter requires, by column. */
  private static Map<String, Object> values(SessionFilter filter) {
    Map<String, Object> values = new LinkedHashMap<>();
    put(values, "kind", filter.kind());
    put(values, "site", text(filter.site()));
    put(values, "key_id", text(filter.key()));
    put(values, "id", filter.id());
    put(values, "subject", filter.subject());
    Instant alive = filter.aliveAt();
    put(values, "expires", alive == null ? null : alive.toEpochMilli());
    return values;
  }

  private static void put(Map<String, Object> values, String column, @Nullable Object value) {
    if (value != null) {
      values.put(column, value);
    }
  }

  private static @Nullable String text(@Nullable Object id) {
    return id == null ? null : id.toString();
  }

  private RowMapper<SessionEntry> entry() {
    return (row, context) -> {
      String site = row.getString("site");
      String key = row.getString("key_id");
      return new SessionEntry(
          reading.uuid(row, "id"),
          row.getString("hash"),
          row.getString("kind"),
          site == null ? null : new SiteId(site),
          row.getString("subject"),
          key == null ? null : KeyId.parse(key),
          Instant.ofEpochMilli(row.getLong("created")),
          Instant.ofEpochMilli(row.getLong("used")),
          Instant.ofEpochMilli(row.getLong("expires")),
          row.getString("body"));
    };
  }
}
