package dev.hookferry.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.file.FileStore;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.port.AttemptLog;
import dev.hookferry.port.DeliveryQuery;
import dev.hookferry.port.PageRequest;
import dev.hookferry.port.Store;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long every list and filter takes in a full store. Runs when it is asked for by its name, not
 * with the tests; the properties are in the manual's chapter on performance.
 */
@EnabledIfSystemProperty(
    named = SearchBench.STORE,
    matches = "(file|jdbc):.+",
    disabledReason = "-D" + SearchBench.STORE + " names no store")
final class SearchBench {
  static final String STORE = "bench.store";

  private static final List<String> TABLES =
      List.of("hookferry_event", "hookferry_delivery", "hookferry_attempt");

  private static final int FAR = 20;
  private static final int REPEATS = 5;

  private final String place = System.getProperty(STORE, "");
  private final Instant begin =
      LocalDate.now(ZoneOffset.UTC).atStartOfDay().toInstant(ZoneOffset.UTC).minus(Crowd.SPAN);
  private final Receivers receivers = new Receivers(begin);

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void measure() {
    try (Store store = open()) {
      if (store.log().deliveries(DeliveryQuery.all(Receivers.SITE)).data().isEmpty()) {
        fill(store);
      }
    }
    List<Question> questions;
    try (Store store = open()) {
      questions = new Questions(store.log(), receivers, begin).all();
    }
    List<String> lines = new ArrayList<>();
    try (Store store = open()) {
      for (Question question : questions) {
        lines.add(measured(store.log(), question));
        System.out.println(lines.get(lines.size() - 1));
      }
    }
    assertThat(lines).isNotEmpty();
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
        () -> upkeep("hookferry_delivery_queue"));
    System.out.println(crowd);
    TABLES.forEach(this::upkeep);
  }

  /** As PostgreSQL's autovacuum does, which may be off where this runs. */
  private void upkeep(String table) {
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

  /**
   * The first look and the middle of others, at the first page and, if there is one, a later one.
   */
  private static String measured(AttemptLog log, Question question) {
    StringBuilder line = new StringBuilder(question.name());
    double cold = millis(log, question, PageRequest.FIRST);
    int found = question.ask(log, PageRequest.FIRST).data().size();
    line.append(String.format(Locale.ROOT, "\t%d\t%.1f", found, cold));
    for (PageRequest page : question.pages(log, FAR)) {
      double[] times = new double[REPEATS];
      Arrays.setAll(times, i -> millis(log, question, page));
      Arrays.sort(times);
      line.append(String.format(Locale.ROOT, "\t%.1f", times[REPEATS / 2]));
    }
    return line.toString();
  }

  private static double millis(AttemptLog log, Question question, PageRequest page) {
    long start = System.nanoTime();
    question.ask(log, page);
    return (System.nanoTime() - start) / 1e6;
  }

  private Store open() {
    return place.startsWith("file:")
        ? FileStore.open(Path.of(place.substring("file:".length())), InstantSource.system())
        : JdbcStore.open(JdbcStoreOptions.of(place));
  }
}
