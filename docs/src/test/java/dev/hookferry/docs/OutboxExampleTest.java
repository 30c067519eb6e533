package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.outbox.Outbox;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.jdbc.outbox.OutboxRelay;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** An outbox in a product's own database, as the manual shows it. */
class OutboxExampleTest {
  @Test
  void anEventIsPublishedInTheTransactionOfTheProduct() throws SQLException {
    DataSource pool = pool();
    try (Hookferry hookferry = hookferry()) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE licenses (license_key varchar(40))");
        Outbox.standard().createTables(connection);
      }
      EventId id = publish(pool);
      relay(hookferry, pool, id);
    }
  }

  /** Stands for the pool of the product. */
  private static DataSource pool() {
    return (DataSource)
        Proxy.newProxyInstance(
            OutboxExampleTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                DriverManager.getConnection("jdbc:h2:mem:product;DB_CLOSE_DELAY=-1"));
  }

  private static Hookferry hookferry() {
    MemoryStore store = new MemoryStore(InstantSource.system(), Duration.ofDays(1));
    return Hookferry.builder(store, new ScriptedTransport())
        .secrets(Secrets.inTheClear())
        .build()
        .start();
  }

  private static EventId publish(DataSource pool) throws SQLException {
    EventId published;
    // tag::publish
    Outbox outbox = Outbox.standard();
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      saveLicense(connection);
      NewEvent event = NewEvent.of("license_created", "{\"ActivationKey\":\"HF4T0-D0500\"}");
      EventId id = outbox.publish(connection, SiteId.DEFAULT, event);
      connection.commit();
      published = id;
    }
    // end::publish
    return published;
  }

  private static void relay(Hookferry hookferry, DataSource pool, EventId id) {
    // tag::relay
    OutboxRelay relay = OutboxRelay.start(hookferry.webhooks(), OutboxOptions.of(pool));
    relay.wake(); // after a commit, to publish now instead of at the next poll
    // end::relay
    Poll.until(() -> relay.status().relayed() == 1);
    relay.close();
    assertThat(hookferry.webhooks().events().get(SiteId.DEFAULT, id).event().payload().text())
        .contains("HF4T0-D0500");
  }

  private static void saveLicense(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO licenses VALUES ('HF4T0-D0500')");
    }
  }
}
