package dev.hookferry.app.search;

import dev.hookferry.file.FileStore;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A store with the load of four days, the last of which ended at midnight. */
final class FullStore {
  private static final List<String> TABLES =
      List.of("hookferry_event", "hookferry_delivery", "hookferry_attempt");

  private final String place;
  private final Instant begin =
      LocalDate.now(ZoneOffset.UTC).atStartOfDay().toInstant(ZoneOffset.UTC).minus(Crowd.SPAN);
  private final Receivers receivers = new Receivers(begin);

  /** The store of this name; it is filled when it is needed. */
  FullStore(String place) {
    this.place = place;
  }

  /** When the first of the four days began. */
  Instant begin() {
    return begin;
  }

  /** Those who got all of it. */
  Receivers receivers() {
    return receivers;
  }

  /** Fills it with {@code -Dbench.deliveries}, unless there is something in it. */
  void fillIfEmpty() {
    try (Store store = open()) {
      if (store.log().deliveries(DeliveryQuery.ofSite(Receivers.SITE)).data().isEmpty()) {
        fill(store);
      }
    }
  }

  private void fill(Store store) {
    if (isPostgres()) {
      for (int day = 0; day < Crowd.SPAN.toDays(); day++) {
        for (String table : TABLES) {
          run(partition(table, begin.plus(Duration.ofDays(day))));
        }
      }
    }
    Crowd crowd = new Crowd(store, receivers, begin);
    crowd.fill(
        Integer.getInteger("bench.deliveries", 1_000_000),
        () -> maintenance("hookferry_delivery_queue"));
    System.out.println(crowd);
    TABLES.forEach(this::maintenance);
  }

  /** As PostgreSQL's autovacuum does, which may be off where this runs. */
  private void maintenance(String table) {
    if (isPostgres()) {
      run("VACUUM ANALYZE " + table);
    }
  }

  private boolean isPostgres() {
    return place.startsWith("jdbc:postgresql:");
  }

  /** As the store makes them for the days to come. */
  private static String partition(String table, Instant day) {
    LocalDate date = LocalDate.ofInstant(day, ZoneOffset.UTC);
    return "CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')"
        .formatted(
            table,
            DateTimeFormatter.BASIC_ISO_DATE.format(date),
            table,
            day,
            day.plus(Duration.ofDays(1)));
  }

  private void run(String sql) {
    try (Connection connection = DriverManager.getConnection(place);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Opens it. */
  Store open() {
    return place.startsWith("file:")
        ? FileStore.open(Path.of(place.substring("file:".length())), InstantSource.system())
        : JdbcStore.open(JdbcStoreOptions.of(place));
  }
}
