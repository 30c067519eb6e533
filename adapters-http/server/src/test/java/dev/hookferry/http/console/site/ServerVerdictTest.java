package dev.hookferry.http.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.MasterKeys;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EgressState;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.observe.OwnFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerVerdictTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final NodeCondition WELL = new NodeCondition(null, List.of(), List.of());

  private static ServerVerdict verdict(Duration late, NodeCondition condition) {
    MasterKeys.Status keys = new MasterKeys.Status("k", List.of("k"), Map.of(), 0);
    return ServerVerdict.of(3, new Backlog(467, NOW.minus(late)), condition, keys, NOW);
  }

  @Test
  void aServerIsNotHealthyWhileItsBacklogIsLate() {
    assertThat(verdict(Backlog.LATE, WELL))
        .isEqualTo(
            new ServerVerdict(
                "good",
                "This server is healthy",
                "The store responds, delivery is on, and 3 nodes are running."));
    assertThat(verdict(Duration.ofHours(3), WELL))
        .isEqualTo(
            new ServerVerdict(
                "wait", "Deliveries are 3 h late", "The store responds; 3 nodes are running."));
  }

  @Test
  void severalFaultsAreOneSentence() {
    OwnFault resolver = new OwnFault(OwnFault.Kind.RESOLVER, "down", 1, NOW, NOW);
    EgressState eu = new EgressState("eu", List.of(), false, 1, 0, "down", NOW);

    ServerVerdict both =
        verdict(Duration.ofMinutes(16), new NodeCondition(null, List.of(resolver), List.of(eu)));

    assertThat(both.tone()).isEqualTo("bad");
    assertThat(both.title())
        .isEqualTo(
            "The name resolver does not respond; failing egress: eu; deliveries are 16 min late");
  }
}
