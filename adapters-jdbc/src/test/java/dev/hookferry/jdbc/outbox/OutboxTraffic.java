package dev.hookferry.jdbc.outbox;

import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Writers that commit and roll back at random, while two relays are closed, abandoned and restarted
 * at random. Ends with one relay running until the scene is closed.
 */
final class OutboxTraffic {
  private static final int TRANSACTIONS = 60;
  private static final int MAX_ROWS = 8;
  private static final int MAX_NANOS = 4_000_000;

  private final OutboxScene scene;
  private final int writers;
  private final RandomGenerator chance;
  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private volatile boolean writing = true;

  OutboxTraffic(OutboxScene scene, int writers, RandomGenerator chance) {
    this.scene = scene;
    this.writers = writers;
    this.chance = chance;
  }

  Set<String> committed() {
    return committed;
  }

  void run() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> relays = new ArrayList<>();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        SplittableRandom own = new SplittableRandom(chance.nextLong());
        all.add(threads.submit(writer(own)));
      }
      for (int i = 0; i < 2; i++) {
        SplittableRandom own = new SplittableRandom(chance.nextLong());
        relays.add(threads.submit(relay("relay-" + i, own)));
      }
      for (Future<?> writer : all) {
        writer.get();
      }
      writing = false;
      for (Future<?> relay : relays) {
        relay.get();
      }
    } finally {
      threads.shutdownNow();
    }
    OutboxRelay unused = scene.relay("last", Duration.ofSeconds(1));
  }

  private Callable<Void> writer(SplittableRandom own) {
    return () -> {
      try (Connection connection = scene.database.connect()) {
        connection.setAutoCommit(false);
        for (int i = 0; i < TRANSACTIONS; i++) {
          transaction(connection, own);
        }
      }
      return null;
    };
  }

  private void transaction(Connection connection, SplittableRandom own) throws Exception {
    List<String> ids = new ArrayList<>();
    int rows = 1 + own.nextInt(MAX_ROWS);
    for (int i = 0; i < rows; i++) {
      NewEvent event = NewEvent.of("license_created", "{\"i\":" + own.nextInt() + "}");
      EventId id = scene.outbox.publish(connection, SiteId.DEFAULT, event);
      ids.add(id.value());
    }
    // Others commit in the meantime, with larger ids.
    LockSupport.parkNanos(own.nextInt(MAX_NANOS));
    if (own.nextInt(3) == 0) {
      connection.rollback();
    } else {
      connection.commit();
      committed.addAll(ids);
    }
  }

  private Callable<Void> relay(String name, SplittableRandom own) {
    return () -> {
      while (writing) {
        // Without time to drain, it is abandoned in the middle of its batch.
        Duration drain = own.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(5);
        OutboxRelay relay = scene.relay(name, drain);
        LockSupport.parkNanos(10L * own.nextInt(MAX_NANOS));
        relay.close();
      }
      return null;
    };
  }
}
