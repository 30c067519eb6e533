package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.commit.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two stores in one schema, told apart by the prefix of their tables only. */
final class SideBySideTest {
  @TempDir private Path folder;

  /** The second prefix begins with the first, so that a pattern which is too wide is noticed. */
  @ParameterizedTest
  @EnumSource
  void storesWithDifferentPrefixesAreIndependent(AnyKind kind) {
    try (TestDatabase database = kind.create(folder)) {
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
      try (TestNode first = new TestNode(options, 1);
          TestNode second = new TestNode(options.withTablePrefix("hookferry_two_"), 2)) {
        EndpointId endpoint = first.samples.endpoint();
        Batch batch = first.oneEvent(endpoint);
        Delivery delivery = TestNode.delivery(batch);
        first.commit(batch);

        assertThat(second.claim(endpoint)).isEmpty();
        assertThat(deliveries(second)).isEmpty();
        assertThat(second.store.info().nodes()).hasSize(1);
        second.commit(batch);
        assertThat(second.claim(endpoint)).containsExactly(delivery);
        assertThat(first.claim(endpoint)).containsExactly(delivery);

        second.store.log().purge(TestNode.FAR_AHEAD);
        assertThat(deliveries(first)).containsExactly(delivery);
      }
      try (TestNode first = new TestNode(options, 3)) {
        assertThat(deliveries(first)).hasSize(1);
        assertThat(first.store.info().nodes()).isNotEmpty();
      }
    }
  }

  /** Flyway replaces the prefix in scripts only if a space precedes it. */
  @Test
  void everyNameInAScriptIsReplaced() throws IOException {
    try (Stream<Path> scripts = Files.walk(Path.of("src/main/resources"))) {
      for (Path script : scripts.filter(path -> path.toString().contains("migration")).toList()) {
        if (script.toString().endsWith(".sql")) {
          assertThat(Files.readString(script))
              .as(script.toString())
              .doesNotMatch("(?s).*[^ ]hook.*");
        }
      }
    }
  }

  private static List<Delivery> deliveries(TestNode node) {
    return node.store.log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data();
  }

  @ParameterizedTest
  @EnumSource
  void theSizeIsThatOfItsOwnTables(Kind kind) {
    try (TestDatabase database = kind.create()) {
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
      try (TestNode first = new TestNode(options, 1)) {
        Long alone = first.store.info().bytes();
        new TestNode(options.withTablePrefix("hookferry_two_"), 2).close();
        database.execute("CREATE TABLE hookferry_outbox (id int PRIMARY KEY)");

        assertThat(first.store.info().bytes()).isEqualTo(alone).isPositive();
      }
    }
  }
}
