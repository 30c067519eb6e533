package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An error, such as a lack of memory, must not end the relay unseen. */
final class RelayErrorTest {
  private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
  private final List<LogRecord> lines = new CopyOnWriteArrayList<>();

  @Test
  void anErrorIsShownAndLoggedAndTheRelayContinues() throws SQLException {
    Logger logger = Logger.getLogger("dev.hookferry.outbox");
    Level before = logger.getLevel();
    Handler handler = new Lines();
    logger.addHandler(handler);
    logger.setLevel(Level.WARNING);
    try (TestDatabase database = new H2OutboxTest.InMemory("errors");
        OutboxScene scene = new OutboxScene(database, "hookferry_outbox")) {
      error.set(new OutOfMemoryError("Java heap space"));
      OutboxOptions options = OutboxOptions.of(failing(database));
      try (OutboxRelay relay = OutboxRelay.start(scene.hookferry.webhooks(), options)) {
        scene.insert(1);
        Poll.until(() -> relay.problem() != null);
        assertThat(relay.problem()).isEqualTo("java.lang.OutOfMemoryError: Java heap space");
        error.set(null);
        scene.awaitEmpty();
        Poll.until(() -> relay.problem() == null);
      }
      assertThat(scene.events()).hasSize(1);
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(before);
    }
    assertThat(lines)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getMessage()).startsWith("outbox failing");
              assertThat(line.getThrown()).isNull();
            });
  }

  /** Returns a pool that fails with the error while there is one. */
  private DataSource failing(TestDatabase database) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              Throwable now = error.get();
              if (now != null) {
                throw now;
              }
              return database.connect();
            });
  }

  /** Notes the lines of a log. */
  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord line) {
      lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
