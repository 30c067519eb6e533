package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.auditor.Audit;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The primary of a replicated PostgreSQL is killed under load, and its standby takes over. */
class FailoverTest {
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime() % 100_000);

  @TempDir private Path folder;

  /** Returns the numbers of nodes: no other node takes over the deliveries of a single one. */
  static IntStream nodes() {
    return Boolean.getBoolean("thorough") ? IntStream.of(2, 1) : IntStream.of(2);
  }

  @ParameterizedTest
  @MethodSource("nodes")
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void synchronousStandbyHasEverythingAcknowledged(int nodes) throws IOException {
    try (ReplicatedPostgres postgres = ReplicatedPostgres.synchronous(folder);
        ChaosRun chaos = new ChaosRun(folder, postgres.url(), nodes, SEED)) {
      chaos.awaitMore(100);
      chaos.strike(
          "failover",
          () -> {
            postgres.killPrimary();
            postgres.promote();
          });
      chaos.awaitMore(100);
      Audit unused =
          chaos.rest("failover, nodes " + nodes + ", seed " + SEED, () -> open(postgres.url()));
    }
  }

  /** The manual's words about standbys that lag. The other tests wait for no restart. */
  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void laggingStandbyLosesOnlyWhatItMissed() throws IOException {
    try (ReplicatedPostgres postgres = ReplicatedPostgres.asynchronous(folder);
        ChaosRun chaos = new ChaosRun(folder, postgres.url(), 1, SEED)) {
      chaos.awaitMore(50);
      postgres.stopStandby();
      chaos.awaitMore(50);
      chaos.strike(
          "failover",
          () -> {
            postgres.killPrimary();
            postgres.startStandbyAlone();
            postgres.promote();
          });
      chaos.awaitMore(50);
      Audit audit = chaos.judge("failover with a lag, seed " + SEED, () -> open(postgres.url()));
      assertThat(audit.lost()).isBetween(40, audit.acknowledged() - 90);
    }
  }

  private static Store open(String url) {
    return JdbcStore.open(JdbcStoreOptions.of(url));
  }
}
