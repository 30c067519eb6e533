package dev.hookferry.app.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.auditor.Acknowledged;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Clients that publish without a pause, retry an event until it is acknowledged, and record the
 * replies.
 */
final class LoadClients implements AutoCloseable {
  /** Payloads that something on the way might stumble over, each legal JSON. */
  private static final List<String> ODD =
      List.of(
          "{\"nul\":\"a\\u0000b\",\"half\":\"\\ud800\"}",
          "{\"n\":1e400,\"m\":-0.0,\"big\":123456789012345678901234567890}",
          "{\"line\":\"\\r\\n\\u2028\",\"ctl\":\"\\u0001\\u001f\\u007f\"}",
          "{\"\":{\"'; DROP TABLE hookferry_event; --\":\"$1 ? :x %s ${y} \\\\\"}}",
          "{\"emoji\":\"\uD83D\uDE00\",\"bom\":\"\uFEFF\",\"long\":\""
              + "é".repeat(20_000)
              + "\"}");

  /** How long every fourth event is put off. */
  private static final int LATER_MILLIS = 1_500;

  /** Every so many events have an ordering key. */
  private static final int KEYED = 8;

  /** How many ordering keys there are; all clients use the same ones. */
  private static final int KEYS = 12;

  private final Set<EventId> offered = ConcurrentHashMap.newKeySet();
  private final Map<EventId, Acknowledged> acknowledged = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final IntFunction<Tenant> servers;
  private final int pauseMillis;
  private volatile @Nullable AssertionError failure;

  /**
   * Clients that publish until they are closed.
   *
   * @param servers gives the server to use for the n-th try
   */
  LoadClients(int count, int pauseMillis, IntFunction<Tenant> servers) {
    this.servers = servers;
    this.pauseMillis = pauseMillis;
    for (int i = 0; i < count; i++) {
      String prefix = "load-" + i + "-";
      Thread thread = new Thread(() -> publishAll(prefix), "load " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void publishAll(String prefix) {
    try {
      for (int n = 0; ended.getCount() > 0; n++) {
        String odd = n % 25 == 0 ? ODD.get(n / 25 % ODD.size()) : "{\"n\":" + n + "}";
        String options = n % 4 == 0 ? later() : n % KEYED == 1 ? key(n / KEYED % KEYS) : "";
        publish(new EventId(prefix + n), odd, options);
        if (ended.await(pauseMillis, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String later() {
    return ",\"deliverAt\":\"" + Instant.now().plusMillis(LATER_MILLIS) + "\"";
  }

  private static String key(int number) {
    return ",\"orderingKey\":\"key " + number + "\"";
  }

  private void publish(EventId id, String data, String options) throws InterruptedException {
    offered.add(id);
    Instant begun = Instant.now();
    String body =
        "{\"id\":\"%s\",\"type\":\"license_created\",\"data\":%s%s}"
            .formatted(id.value(), data, options);
    for (int tries = 0; ended.getCount() > 0; tries++) {
      try {
        JsonNode receipt = servers.apply(tries).publish(body);
        Payload part = Payload.wrap(data.getBytes(StandardCharsets.UTF_8));
        acknowledged.put(
            id,
            new Acknowledged(id, receipt.path("deliveries").asInt(-1), part, begun, Instant.now()));
        return;
      } catch (ApiException e) {
        if (e.status() != 0 && e.status() != 503) {
          failure = new AssertionError(id + ": " + e.getMessage(), e);
          return;
        }
        refused.incrementAndGet();
        boolean unused = ended.await(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** How many events clients were told to be kept. */
  int count() {
    AssertionError refused = failure;
    if (refused != null) {
      throw refused;
    }
    return acknowledged.size();
  }

  /** How many tries had no answer, or a 503. */
  int refusals() {
    return refused.get();
  }

  List<EventId> offered() {
    return List.copyOf(offered);
  }

  List<Acknowledged> acknowledged() {
    return List.copyOf(acknowledged.values());
  }

  @Override
  public void close() {
    ended.countDown();
    for (Thread thread : threads) {
      try {
        thread.join(70_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
