package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

final class AlertClaimsTest {
  private static final Alert LATE = new Alert(AlertType.BACKLOG_LATE, "backlog", "late", false);
  private static final Alert OVER = new Alert(AlertType.BACKLOG_LATE, "backlog", "fine", true);
  private static final int NODES = 3;

  private final Random random = new Random(1);
  private final ManualClock clock = ManualClock.atNoon();
  private final TallyStore tallies = new MemoryStore(clock, Duration.ofHours(1)).tallies();

  private AlertClaims node(TallyStore store, Runnable pause) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    return new AlertClaims(store, id, clock, pause, (alert, claimedAt) -> {});
  }

  /** A store whose readers wait until all nodes have read. */
  private TallyStore readTogether(Runnable meet) {
    return new TallyStore() {
      @Override
      public void put(List<Tally> all, Instant now) {
        tallies.put(all, now);
      }

      @Override
      public List<Tally> since(Instant time) {
        List<Tally> read = tallies.since(time);
        meet.run();
        return read;
      }
    };
  }

  @Test
  void ofNodesThatNoticeAtTheSameTimeOneTells() throws Exception {
    CyclicBarrier together = new CyclicBarrier(NODES);
    Runnable meet =
        () -> {
          try {
            together.await();
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(NODES);
    List<Future<List<Alert>>> all = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      AlertClaims claims = node(readTogether(meet), meet);
      all.add(threads.submit(() -> claims.won(List.of(LATE))));
    }
    int told = 0;
    for (Future<List<Alert>> won : all) {
      told += won.get().size();
    }
    threads.shutdown();
    assertThat(told).isEqualTo(1);
  }

  @Test
  void nodeThatNoticesLaterDoesNotReportAgain() {
    AlertClaims first = node(tallies, () -> {});
    AlertClaims second = node(tallies, () -> {});
    assertThat(first.won(List.of(LATE))).containsExactly(LATE);
    clock.advance(Duration.ofMinutes(10));
    assertThat(second.won(List.of(LATE, OVER))).containsExactly(OVER);
    assertThat(first.won(List.of(OVER))).isEmpty();
    clock.advance(Duration.ofMinutes(31));
    assertThat(second.won(List.of(LATE))).containsExactly(LATE);
  }

  @Test
  void reportsEveryEndOfARecurringIncident() {
    IncidentTracker tracker = new IncidentTracker(EnumSet.allOf(AlertType.class));
    AlertClaims claims = node(tallies, () -> {});
    Instant noon = clock.instant();
    Map<Integer, Boolean> changes = Map.of(0, true, 25, false, 31, true, 40, false);
    List<String> told = new ArrayList<>();
    for (int second = 0; second < Duration.ofHours(1).toSeconds(); second += 5) {
      Boolean begins = second % 60 == 0 ? changes.get(second / 60) : null;
      if (begins != null && begins) {
        tracker.begun(AlertType.BACKLOG_LATE, "store", "late", clock.instant());
      } else if (begins != null) {
        tracker.over(AlertType.BACKLOG_LATE, "store", "on time", clock.instant());
      }
      for (Alert alert : claims.won(tracker.due(clock.instant()))) {
        told.add(Duration.between(noon, clock.instant()).toMinutes() + " " + alert.line());
      }
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(told)
        .containsExactly(
            "0 Alert: late", "25 Recovered: on time", "31 Alert: late", "40 Recovered: on time");
  }

  /** A node of several, which share the tallies. */
  private final class Node {
    private final String name;
    private final IncidentTracker tracker = new IncidentTracker(EnumSet.allOf(AlertType.class));
    private final AlertClaims claims;

    private Node(String name, long id) {
      this.name = name;
      claims = new AlertClaims(tallies, new UUID(0, id), clock, () -> {}, tracker::lost);
    }

    private List<String> sendDue() {
      return claims.won(tracker.due(clock.instant())).stream()
          .map(alert -> name + " " + alert.line())
          .toList();
    }
  }

  /** Lets two nodes run for some hours; returns what they send, with the minute. */
  private List<String> told(BiConsumer<Node, Node> first, Map<Integer, BiConsumer<Node, Node>> at) {
    Node one = new Node("one", 1);
    Node two = new Node("two", 2);
    Instant noon = clock.instant();
    List<String> told = new ArrayList<>();
    first.accept(one, two);
    for (int second = 0; second < Duration.ofHours(4).toSeconds(); second += 5) {
      if (second % 60 == 0) {
        at.getOrDefault(second / 60, (a, b) -> {}).accept(one, two);
      }
      for (Node node : List.of(one, two)) {
        for (String line : node.sendDue()) {
          told.add(Duration.between(noon, clock.instant()).toMinutes() + " " + line);
        }
      }
      clock.advance(Duration.ofSeconds(5));
    }
    return told;
  }

  private void late(Node node) {
    node.tracker.reopened(AlertType.BACKLOG_LATE, "store", "late", clock.instant());
  }

  private void onTime(Node node) {
    node.tracker.over(AlertType.BACKLOG_LATE, "store", "on time", clock.instant());
  }

  private void exhausted(Node node) {
    node.tracker.happened(AlertType.DELIVERY_EXHAUSTED, "acme", "exhausted", clock.instant());
  }

  @Test
  void reportsARecurrenceOnAnotherNodeAfterHalfAnHour() {
    assertThat(
            told(
                (one, two) -> late(one),
                Map.of(
                    10,
                    (one, two) -> onTime(one),
                    20,
                    (one, two) -> late(two),
                    50,
                    (one, two) -> onTime(two))))
        .containsExactly(
            "0 one Alert: late",
            "10 one Recovered: on time",
            "30 two Alert: late",
            "50 two Recovered: on time");
    assertThat(told((one, two) -> exhausted(one), Map.of(20, (one, two) -> exhausted(two))))
        .containsExactly("0 one Alert: exhausted", "30 two Alert: exhausted");
  }

  @Test
  void incidentNoticedByTwoNodesIsReportedOnce() {
    assertThat(
            told(
                (one, two) -> late(two),
                Map.of(
                    2,
                    (one, two) -> late(one),
                    40,
                    (one, two) -> {
                      onTime(one);
                      onTime(two);
                    })))
        .containsExactly("0 two Alert: late", "40 one Recovered: on time");
  }

  @Test
  void claimsFromBeforeTheClockWasSetBackDoNotCount() {
    assertThat(node(tallies, () -> {}).won(List.of(LATE))).containsExactly(LATE);
    clock.advance(Duration.ofHours(-6));
    AlertClaims other = node(tallies, () -> {});
    assertThat(other.won(List.of(LATE))).containsExactly(LATE);
    assertThat(node(tallies, () -> {}).won(List.of(LATE))).isEmpty();
  }

  @Test
  void whileTheStoreIsNotAvailableEveryNodeTells() {
    TallyStore broken =
        new TallyStore() {
          @Override
          public void put(List<Tally> all, Instant now) {
            throw new StoreException("down");
          }

          @Override
          public List<Tally> since(Instant time) {
            throw new StoreException("down");
          }
        };
    AlertClaims claims = node(broken, () -> {});
    assertThat(claims.won(List.of(LATE))).containsExactly(LATE);
  }
}
