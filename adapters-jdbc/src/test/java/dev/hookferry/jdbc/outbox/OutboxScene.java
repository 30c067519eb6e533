package dev.hookferry.jdbc.outbox;

import dev.hookferry.Hookferry;
import dev.hookferry.ScriptedSchemas;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An outbox in a database, and a Hookferry with its store in memory. */
final class OutboxScene implements AutoCloseable {
  private static final String THREAD = "hookferry-outbox-outbox";

  final TestDatabase database;
  final OutboxOptions options;
  final Outbox outbox;
  final UnreliableStore store =
      new UnreliableStore(new MemoryStore(InstantSource.system(), Duration.ofDays(1)));
  final Hookferry hookferry =
      Hookferry.builder(store, new ScriptedTransport())
          .secrets(Secrets.inTheClear())
          .schemas(new ScriptedSchemas())
          .build()
          .start();

  OutboxScene(TestDatabase database, String table) throws SQLException {
    this.database = database;
    options = OutboxOptions.of(database.url()).withTable(table);
    outbox = Outbox.of(options);
    try (Connection connection = database.connect()) {
      outbox.createTables(connection);
    }
  }

  OutboxRelay relay() {
    return relay("outbox", Duration.ofSeconds(10));
  }

  OutboxRelay relay(String name, Duration drain) {
    return OutboxRelay.start(hookferry.webhooks(), options.withName(name).withDrain(drain));
  }

  /** Inserts a row with plain SQL, as other languages do. */
  void insert(String type, String data) {
    String sql = "INSERT INTO %s (type, data) VALUES (?, ?)".formatted(options.table());
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, type);
      insert.setString(2, data);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Inserts rows with valid events, in one transaction; returns their ids in order. */
  List<EventId> insert(int rows) throws SQLException {
    List<EventId> ids = new ArrayList<>();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      NewEvent event = NewEvent.of("license_created", "{}");
      for (int i = 0; i < rows; i++) {
        ids.add(outbox.publish(connection, SiteId.DEFAULT, event));
      }
      connection.commit();
    }
    return ids;
  }

  /** Waits until no relay with the default name has a thread any more. */
  static void awaitNoThread() {
    Poll.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(THREAD)));
  }

  void awaitEmpty() {
    Poll.until(() -> count(options.table()) == 0);
  }

  long count(String table) {
    return Long.parseLong(database.query("SELECT COUNT(*) FROM " + table).get(0));
  }

  long rejected() {
    return count(options.table() + "_rejected");
  }

  /** Returns the events of the default site, oldest first. */
  List<Event> events() {
    List<Event> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<Event> page =
          hookferry
              .webhooks()
              .events()
              .list(EventQuery.ofSite(SiteId.DEFAULT).limit(PageRequest.MAX_LIMIT).after(cursor));
      all.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    Collections.reverse(all);
    return all;
  }

  @Override
  public void close() {
    store.release();
    hookferry.close();
  }
}
