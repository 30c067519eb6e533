package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.LogQueryRecorder;
import dev.hookferry.store.QueryTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list takes the same few looks into the log, however long it is. */
class StoreQueryCountTest {
  private final LogQueryRecorder counted = new LogQueryRecorder();
  private final Served served = new Served(options -> options, counted::around);

  @AfterEach
  void close() {
    served.close();
  }

  /** Nothing else looks meanwhile: what is published goes past the log, and nobody replays. */
  @ParameterizedTest
  @CsvSource({
    "/deliveries, deliveries lastAttempts",
    "/deliveries?status=held, deliveries",
    "/attempts?outcome=timeout, attempts",
    "/events?type=license_created, events"
  })
  void aListTakesFewLooks(String list, String few) {
    served.post(
        Served.DEFAULT + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}");
    for (int i = 0; i < 20; i++) {
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
    }

    List<String> looks = counted.of(() -> show(list, 200));

    assertThat(looks).containsExactly(few.split(" ", -1));
    counted.fail(new QueryTimeoutException("it took long; ask for less", new Exception()));
    assertThat(show(list, 503)).contains("it took long; ask for less");
  }

  private String show(String list, int status) {
    Served.Answer answer = served.get(Served.DEFAULT + list);
    assertThat(answer.status()).isEqualTo(status);
    return answer.body();
  }
}
