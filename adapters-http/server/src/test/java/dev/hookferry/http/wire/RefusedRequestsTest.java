package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.StoreException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An outage of the store, which refuses every request, must not fill the log. */
class RefusedRequestsTest {
  private static final String PATH = "/api/v1/sites/default/events";

  private final Logger logger = Logger.getLogger("dev.hookferry.http");
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private long nanos = Long.MAX_VALUE - 5;
  private final RefusedRequests refused = new RefusedRequests(() -> nanos);
  private final StoreException down =
      new StoreException("jdbc:x: no connection", new ConnectException("Connection \"refused\""));

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void oneLineAMinuteNamesTheCauseAndCountsTheOthers() {
    for (int i = 0; i < 13; i++) {
      refused.failed(PATH, down);
    }
    refused.timedOut(PATH);
    refused.failed("", new QueryTimeoutException("too slow", new IllegalStateException()));
    nanos += Duration.ofMinutes(1).toNanos();
    refused.failed(PATH, down);

    String unavailable =
        "WARNING request refused: store unavailable path="
            + PATH
            + " cause=\"Connection 'refused'\"";
    assertThat(lines)
        .containsExactly(
            unavailable,
            "WARNING request refused: store did not respond in time path=" + PATH,
            "WARNING request refused: store failed cause=\"too slow\"",
            unavailable + " suppressed=12");
  }

  @Test
  void countsAreNotLostOnceTheStoreIsBackOrTheServerStops() {
    refused.failed(PATH, down);
    refused.failed(PATH, down);
    refused.failed(PATH, down);
    refused.logLeftOut();
    assertThat(lines).hasSize(1);
    nanos += Duration.ofMinutes(1).toNanos();
    refused.logLeftOut();
    refused.logLeftOut();
    assertThat(lines)
        .hasSize(2)
        .last()
        .isEqualTo("WARNING request refused: store unavailable suppressed=2");
    refused.timedOut(PATH);
    refused.timedOut(PATH);
    refused.logAllLeftOut();
    assertThat(lines)
        .hasSize(4)
        .last()
        .isEqualTo("WARNING request refused: store did not respond in time suppressed=1");
  }
}
