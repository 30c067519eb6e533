package dev.hookferry.app.demo;

import dev.hookferry.Webhooks;
import dev.hookferry.jdbc.outbox.OutboxDialect;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.jdbc.outbox.OutboxRelay;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** In-memory database of a shop with an outbox: some rows become events, some are rejected. */
final class DemoOutbox implements AutoCloseable {
  private static final List<List<String>> ROWS =
      List.of(
          List.of("license_created", "{\"ActivationKey\":\"HF4T0-D0500\"}"),
          List.of("license_released", "{\"ActivationKey\":\"HF4T0-D0501\"}"),
          List.of("licence_created", "{\"ActivationKey\":\"HF4T0-D0502\",\"Customer\":\"Zoë\"}"),
          List.of("license_deleted", "{\"ActivationKey\":\"HF4T0-D0503\""),
          List.of("order created", "{\"Order\":7}"));

  /** URL of the database; unique per demo, because several may run in one process. */
  private final String url =
      "jdbc:h2:mem:shop" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1";

  private final OutboxRelay relay;

  DemoOutbox(Webhooks webhooks) {
    try (Connection connection = DriverManager.getConnection(url)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(OutboxDialect.H2.ddl());
      }
      insert(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the demo's outbox could not be created", e);
    }
    relay = OutboxRelay.start(webhooks, OutboxOptions.of(url).withName("shop"));
  }

  private static void insert(Connection connection) throws SQLException {
    String sql = "INSERT INTO hookferry_outbox (type, data) VALUES (?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (List<String> row : ROWS) {
        insert.setString(1, row.get(0));
        insert.setString(2, row.get(1));
        insert.addBatch();
      }
      int[] unused = insert.executeBatch();
    }
  }

  @Override
  public void close() {
    relay.close();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      throw new IllegalStateException("the demo's outbox could not be closed", e);
    }
  }
}
