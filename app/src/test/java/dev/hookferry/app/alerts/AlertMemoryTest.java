package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AlertMemoryTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final TallyStore tallies = new MemoryStore(clock, Duration.ofHours(1)).tallies();

  private AlertMemory memory(String node) {
    return new AlertMemory(tallies, node, clock);
  }

  private ReportedIncident open(AlertType type, String about) {
    return new ReportedIncident(type, about, clock.instant(), true);
  }

  @Test
  void aNodeKeepsItsOwnFaults() {
    ReportedIncident fault = open(AlertType.NODE_FAULT, "node 1 resolver");
    memory("node 1").save(List.of(fault));
    assertThat(memory("node 1").load()).containsExactly(fault);
  }

  @Test
  void aNodeNeitherReadsNorRemovesTheFaultsOfOthers() {
    ReportedIncident fault = open(AlertType.NODE_FAULT, "node 1 resolver");
    memory("node 1").save(List.of(fault));
    for (String name : List.of("node 2", "node", "")) {
      AlertMemory other = memory(name);
      assertThat(other.load()).isEmpty();
      other.save(List.of());
    }
    memory("node 2").save(List.of(fault));
    assertThat(memory("node 1").load()).containsExactly(fault);
    assertThat(memory("node 2").load()).isEmpty();
  }

  @Test
  void endedIncidentsAreRemoved() {
    memory("a").save(List.of(open(AlertType.BACKLOG_LATE, "store")));
    AlertMemory other = memory("b");
    assertThat(other.load()).hasSize(1);
    other.save(List.of());
    assertThat(memory("a").load()).isEmpty();
  }

  @Test
  void aNodeThatNoticesAnEndLateDoesNotRemoveWhatHasRecurred() {
    AlertMemory memory = memory("a");
    memory.save(List.of(open(AlertType.BACKLOG_LATE, "store")));
    AlertMemory other = memory("b");
    assertThat(other.load()).hasSize(1);
    clock.advance(Duration.ofHours(1));
    ReportedIncident again = open(AlertType.BACKLOG_LATE, "store");
    memory.save(List.of(again));
    other.save(List.of());
    assertThat(memory("a").load()).containsExactly(again);
  }

  @Test
  void aDamagedRowIsIgnored() {
    ReportedIncident late = open(AlertType.BACKLOG_LATE, "store");
    memory("a").save(List.of(late));
    UUID writer = new UUID(0, 0);
    Instant until = clock.instant().plus(Duration.ofDays(1));
    List<Tally> damaged = new ArrayList<>();
    for (String text : List.of("?", "99999999999999999&a", "x&a", "1&%zz")) {
      String name = "alert:" + damaged.size();
      damaged.add(new Tally(writer, name, Instant.EPOCH, until, "backlog_late&open&" + text));
    }
    tallies.put(damaged, clock.instant());
    assertThat(memory("a").load()).containsExactly(late);
  }

  /** Its name differs from start to start, so nobody would notice the end. */
  @Test
  void aNodeWithoutAConfiguredNameKeepsNoFaults() {
    ReportedIncident late = open(AlertType.BACKLOG_LATE, "store");
    memory("").save(List.of(open(AlertType.NODE_FAULT, "host/1/abcd resolver"), late));
    assertThat(memory("host/1/abcd").load()).containsExactly(late);
  }
}
