package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.auditor.Audit;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The primary of a replicated MariaDB goes under load, and its replica takes over. */
class MariaDbFailoverTest {
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime() % 100_000);

  private static final Pattern OUTAGE =
      Pattern.compile("(?:ERROR|INFO ) store (unavailable|available again)");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 1})
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void semiSynchronousReplicaHasEverythingAcknowledged(int nodes) {
    try (ReplicatedMariaDb mariaDb = ReplicatedMariaDb.semiSynchronous(folder);
        ChaosRun chaos = new ChaosRun(folder, mariaDb.url(), nodes, SEED)) {
      chaos.awaitMore(100);
      chaos.strike(
          "failover",
          () -> {
            mariaDb.killPrimary();
            Poll.until(() -> haveAllLogged(chaos, "ERROR store unavailable"));
            mariaDb.promote();
          });
      chaos.awaitMore(100);
      // One node alone may have done all of that.
      awaitAvailable(chaos);
      Audit unused = chaos.rest("failover of MariaDB, seed " + SEED, () -> open(mariaDb.url()));
      for (ServerChild node : chaos.nodes) {
        assertThat(node.log()).doesNotContain("\tat ");
        requireOneLineEach(node);
      }
    }
  }

  /** On a busy machine, a slow replica may be one more outage; each has a beginning and an end. */
  private static void requireOneLineEach(ServerChild node) {
    List<String> told = OUTAGE.matcher(node.log()).results().map(found -> found.group(1)).toList();
    assertThat(told).as(node.log()).hasSizeGreaterThanOrEqualTo(2);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i))
          .as(node.log())
          .isEqualTo(i % 2 == 0 ? "unavailable" : "available again");
    }
    assertThat(told.size() % 2).as(node.log()).isZero();
  }

  private static void awaitAvailable(ChaosRun chaos) {
    try {
      Poll.until(() -> haveAllLogged(chaos, "store available again"));
    } catch (AssertionError e) {
      String logs = chaos.nodes.stream().map(ServerChild::log).collect(Collectors.joining("\n\n"));
      throw new AssertionError(logs, e);
    }
  }

  private static boolean haveAllLogged(ChaosRun chaos, String text) {
    return chaos.nodes.stream().allMatch(node -> node.log().contains(text));
  }

  /** The manual's words about replicas that lag. The other tests wait for no restart. */
  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void laggingReplicaLosesOnlyWhatItMissed() {
    try (ReplicatedMariaDb mariaDb = ReplicatedMariaDb.asynchronous(folder);
        ChaosRun chaos = new ChaosRun(folder, mariaDb.url(), 1, SEED)) {
      chaos.awaitMore(50);
      mariaDb.stopReplication();
      chaos.awaitMore(50);
      chaos.strike(
          "failover",
          () -> {
            mariaDb.killPrimary();
            mariaDb.promote();
          });
      chaos.awaitMore(50);
      Audit audit = chaos.judge("MariaDB with a lag, seed " + SEED, () -> open(mariaDb.url()));
      assertThat(audit.lost()).isBetween(40, audit.acknowledged() - 90);
    }
  }

  /** The old primary lives, and so do connections to it. */
  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void connectionsToAPrimaryThatWasDemotedAreReplaced() {
    try (ReplicatedMariaDb mariaDb = ReplicatedMariaDb.semiSynchronous(folder);
        ChaosRun chaos = new ChaosRun(folder, mariaDb.url(), 2, SEED)) {
      chaos.awaitMore(100);
      chaos.strike(
          "switchover",
          () -> {
            mariaDb.demotePrimary();
            mariaDb.promote();
          });
      chaos.awaitMore(100);
      Audit unused = chaos.rest("switchover of MariaDB, seed " + SEED, () -> open(mariaDb.url()));
    }
  }

  private static Store open(String url) {
    return JdbcStore.open(JdbcStoreOptions.of(url));
  }
}
