package dev.hookferry.jdbc.outbox;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Compares the relay with direct publishing on one PostgreSQL that holds both the store and the
 * outbox, and measures the time from the commit to the request. Not part of the build: {@code mvn
 * test -pl adapters-jdbc -am -Dtest=OutboxBench -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class OutboxBench {
  private static final int EVENTS = 20_000;
  private static final int ROUNDS = 3;
  private static final int TOGETHER = 500;
  private static final int CLIENTS = 64;
  private static final int LATENCIES = 60;
  private static final int COMMITTERS = 8;
  private static final int COMMITS = 2_000;
  private static final String URL = "https://crm.example/hook";
  private static final NewEvent EVENT =
      NewEvent.of("license_created", "{\"pad\":\"" + "x".repeat(1_000) + "\"}");

  private final ScriptedTransport transport = new ScriptedTransport();
  private final BlockingQueue<Long> sent = new LinkedBlockingQueue<>();
  private final SplittableRandom chance = new SplittableRandom(1);

  private final TestDatabase database = Kind.POSTGRES.create();
  private final OutboxOptions options = OutboxOptions.of(database.url());
  private final Hookferry hookferry =
      Hookferry.builder(JdbcStore.open(JdbcStoreOptions.of(database.url())), transport)
          .secrets(Secrets.inTheClear())
          .build()
          .start();
  private final Webhooks webhooks = hookferry.webhooks();
  private final Connection connection = database.connect();

  OutboxBench() throws SQLException {
    Outbox.standard().createTables(connection);
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    hookferry.close();
    database.close();
  }

  @Test
  void throughput() throws SQLException {
    for (int i = 0; i <= ROUNDS; i++) {
      String round = i == 0 ? "warm-up" : "round " + i;
      double one = rate(() -> oneByOne(webhooks));
      double together = rate(() -> together(webhooks));
      insert(connection, EVENTS);
      double relay = rate(() -> relay(webhooks, options));
      System.out.printf(
          "%s: %d clients %,.0f/s, batches of %d %,.0f/s, relay %,.0f/s: %.2f and %.2f of them%n",
          round, CLIENTS, one, TOGETHER, together, relay, relay / one, relay / together);
    }
  }

  @Test
  void latency() throws Exception {
    receive();
    try (OutboxRelay relay = OutboxRelay.start(webhooks, options)) {
      latency("woken", relay::wake);
      latency("polled", () -> {});
    }
  }

  /** Cost of the trigger to the application's commits, and the benefit of listening. */
  @Test
  void notifications() throws Exception {
    receive();
    commits();
    double without = commits();
    execute(OutboxDialect.POSTGRESQL.notifyDdl(OutboxOptions.TABLE).orElseThrow());
    double with = commits();
    execute("TRUNCATE " + OutboxOptions.TABLE);
    System.out.printf(
        "%d connections, a row per commit: %,.0f/s without the trigger, %,.0f/s with it: %.2f%n",
        COMMITTERS, without, with, with / without);
    try (OutboxRelay relay = OutboxRelay.start(webhooks, options.withListen(true))) {
      latency(relay.name() + " notified", () -> {});
    }
  }

  private void receive() {
    transport.responding(
        URL,
        n -> {
          sent.add(System.nanoTime());
          return ScriptedTransport.status(200);
        });
    webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to(URL).types("*"));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    connection.commit();
  }

  private double commits() throws Exception {
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < COMMITTERS; i++) {
      Thread thread = new Thread(this::commit);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return COMMITTERS * COMMITS * 1e9 / (System.nanoTime() - start);
  }

  private void commit() {
    try (Connection own = database.connect()) {
      own.setAutoCommit(false);
      for (int i = 0; i < COMMITS; i++) {
        insert(own, 1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double rate(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return EVENTS * 1e9 / (System.nanoTime() - start);
  }

  private static void oneByOne(Webhooks webhooks) {
    Semaphore free = new Semaphore(CLIENTS);
    for (int i = 0; i < EVENTS; i++) {
      free.acquireUninterruptibly();
      var unused =
          webhooks
              .publish(SiteId.DEFAULT, EVENT)
              .whenComplete((receipt, failure) -> free.release());
    }
    free.acquireUninterruptibly(CLIENTS);
  }

  private static void together(Webhooks webhooks) {
    List<NewEvent> batch = Collections.nCopies(TOGETHER, EVENT);
    for (int i = 0; i < EVENTS; i += TOGETHER) {
      webhooks.publishAll(SiteId.DEFAULT, batch).join();
    }
  }

  private static void insert(Connection connection, int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      Outbox.standard().publish(connection, SiteId.DEFAULT, EVENT);
    }
    connection.commit();
  }

  private static void relay(Webhooks webhooks, OutboxOptions options) {
    try (OutboxRelay relay = OutboxRelay.start(webhooks, options.withName("bench"))) {
      Poll.until(Duration.ofMinutes(2), () -> relay.relayedRows() >= EVENTS);
    }
  }

  private void latency(String name, Runnable wake) throws Exception {
    double[] millis = new double[LATENCIES];
    for (int i = 0; i < LATENCIES; i++) {
      // At any moment of the relay's pause, which is a second after 1.55 seconds without a row.
      LockSupport.parkNanos(Duration.ofMillis(1_600 + chance.nextInt(1_000)).toNanos());
      insert(connection, 1);
      long committed = System.nanoTime();
      wake.run();
      Long at = sent.poll(10, TimeUnit.SECONDS);
      millis[i] = at == null ? Double.POSITIVE_INFINITY : (at - committed) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        "commit to request, %s: p50 %.1f ms, p98 %.1f ms, max %.1f ms%n",
        name, millis[LATENCIES / 2], millis[LATENCIES - 2], millis[LATENCIES - 1]);
  }
}
