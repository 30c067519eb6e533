package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** As many connections as the server has places, and more. */
class ConnectionLimitTest {
  /** While a request of a valid key is under way its connection is never closed for another. */
  @Test
  void connectionsBeyondTheLimitWaitUntilOthersAreClosed() {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);
    AtomicReference<BlockableStore> store = new AtomicReference<>();
    List<RawClient> clients = new ArrayList<>();
    try (Served small =
        new Served(
            options -> options.withConnections(4),
            real -> {
              store.set(new BlockableStore(real));
              return store.get();
            })) {
      store
          .get()
          .with(
              () -> {
                begun.incrementAndGet();
                awaitQuietly(gate);
              });
      String request =
          "GET %s/events/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(Served.DEFAULT, small.admin);
      for (int i = 0; i < 12; i++) {
        clients.add(new RawClient(small).write(request));
      }
      Poll.until(() -> begun.get() >= 4);
      assertThat(begun).as("requests at once").hasValue(4);

      gate.countDown();
      assertAnswered(clients);
      assertThat(begun).hasValue(12);
    } finally {
      gate.countDown();
      clients.forEach(RawClient::close);
    }
  }

  /** Closes each connection once its answer is there, which lets the next one in. */
  private static void assertAnswered(List<RawClient> clients) {
    while (!clients.isEmpty()) {
      Poll.until(() -> clients.stream().anyMatch(RawClient::hasAnswer));
      RawClient next = clients.stream().filter(RawClient::hasAnswer).findFirst().orElseThrow();
      assertThat(next.readUntil("}")).startsWith("HTTP/1.1 404 ");
      next.close();
      clients.remove(next);
    }
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
