package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.LoggedLines;
import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.StoreException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An outage of the store, which refuses every request, must not fill the log. */
class RefusedRequestsTest {
  private static final String PATH = "/api/v1/sites/default/events";

  @RegisterExtension private final LoggedLines log = new LoggedLines("dev.hookferry.http");

  private long nanos = Long.MAX_VALUE - 5;
  private final RefusedRequests refused = new RefusedRequests(() -> nanos);
  private final StoreException down =
      new StoreException("jdbc:x: no connection", new ConnectException("Connection \"refused\""));

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
    assertThat(log.all())
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
    refused.logSuppressed();
    assertThat(log.all()).hasSize(1);
    nanos += Duration.ofMinutes(1).toNanos();
    refused.logSuppressed();
    refused.logSuppressed();
    assertThat(log.all())
        .hasSize(2)
        .last()
        .isEqualTo("WARNING request refused: store unavailable suppressed=2");
    refused.timedOut(PATH);
    refused.timedOut(PATH);
    refused.logAllLeftOut();
    assertThat(log.all())
        .hasSize(4)
        .last()
        .isEqualTo("WARNING request refused: store did not respond in time suppressed=1");
  }
}
