package dev.hookferry.jdbc.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.H2File;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.commit.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large backlog is counted every few seconds only, a small one each time. */
final class BacklogCountTest {
  private static final Duration FRESH = Duration.ofSeconds(5);

  @Test
  void countsALargeBacklogEveryFiveSeconds(@TempDir Path folder) {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    try (TestDatabase database = new H2File(folder);
        TestNode node = new TestNode(database.url());
        Database looking = database.connectAsStore()) {
      BacklogCount backlog = new BacklogCount(looking, nanos::get);
      Event event = node.samples.event();
      add(node, event, 9_999);
      assertThat(backlog.count(all -> true)).isEqualTo(new Backlog(9_999, event.acceptedAt()));
      add(node, node.samples.event(), 1);
      assertThat(backlog.count(all -> true)).isEqualTo(new Backlog(10_000, event.acceptedAt()));
      add(node, node.samples.event(), 1);
      assertThat(backlog.count(all -> true)).isEqualTo(new Backlog(10_001, event.acceptedAt()));

      add(node, node.samples.event(), 1);
      nanos.addAndGet(FRESH.toNanos() - 1);
      assertThat(backlog.count(all -> true).pending()).as("counted a moment ago").isEqualTo(10_001);
      nanos.addAndGet(1);
      assertThat(backlog.count(all -> true).pending()).isEqualTo(10_002);
    }
  }

  @Test
  void largeCountServesAnySetOfActiveEndpoints(@TempDir Path folder) {
    try (TestDatabase database = new H2File(folder);
        TestNode node = new TestNode(database.url());
        Database looking = database.connectAsStore()) {
      BacklogCount backlog = new BacklogCount(looking, () -> 0);
      Event first = node.samples.event();
      EndpointId held = node.samples.endpoint();
      EndpointId active = node.samples.endpoint();
      add(node, first, held, 10_001);
      node.samples.pass(Duration.ofMinutes(10));
      Event second = node.samples.event();
      add(node, second, active, 1);

      assertThat(backlog.count(active::equals)).isEqualTo(new Backlog(10_002, second.acceptedAt()));
      assertThat(backlog.count(held::equals)).isEqualTo(new Backlog(10_002, first.acceptedAt()));
      assertThat(backlog.count(none -> false)).isEqualTo(new Backlog(10_002, null));
    }
  }

  private static void add(TestNode node, Event event, int deliveries) {
    add(node, event, node.samples.endpoint(), deliveries);
  }

  private static void add(TestNode node, Event event, EndpointId endpoint, int deliveries) {
    Delivery[] all =
        Stream.generate(() -> node.samples.delivery(event, endpoint))
            .limit(deliveries)
            .toArray(Delivery[]::new);
    node.commit(Batch.of(StoreHarness.free(event, all)));
  }
}
