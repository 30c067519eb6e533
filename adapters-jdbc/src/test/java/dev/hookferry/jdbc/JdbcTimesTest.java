package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.commit.Batch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times are UTC, in whatever zones the process and its sessions are. */
final class JdbcTimesTest {
  /** An hour that does not exist in the first zone and comes twice in the second. */
  private static final Instant ODD_HOUR = Instant.parse("2026-10-25T00:30:00.123Z");

  @ParameterizedTest
  @EnumSource
  void areKeptInUtc(Kind kind) {
    TimeZone before = TimeZone.getDefault();
    try (TestDatabase database = kind.create()) {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      Batch batch = publishInAFarZone(kind, database);
      Delivery delivery = TestNode.delivery(batch);
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));

      try (TestNode other = new TestNode(database.url())) {
        assertThat(other.store.log().event(delivery.site(), delivery.event()))
            .contains(batch.publications().get(0).entries().get(0).event());
        assertThat(other.claim(delivery.endpoint())).containsExactly(delivery);
      }
      assertThat(database.query("SELECT " + kind.utcText("accepted_at") + " FROM hookferry_event"))
          .containsExactly("2026-10-25 00:30:00.123");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static Batch publishInAFarZone(Kind kind, TestDatabase database) {
    try (TestNode node = new TestNode(database.url() + "&" + kind.settings())) {
      Samples samples = node.samples;
      samples.pass(Duration.between(samples.now(), ODD_HOUR.minusMillis(1)));
      EndpointId endpoint = samples.endpoint();
      Batch batch = node.oneEvent(endpoint);
      node.commit(batch);
      return batch;
    }
  }

  @ParameterizedTest
  @EnumSource
  void comeFromTheDatabase(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url() + "&" + kind.settings())) {
      Instant told = node.store.deliveries().heartbeat(node.owner).storeTime();

      String heard =
          database
              .query("SELECT " + kind.utcText("heard_at") + " FROM hookferry_owner")
              .get(0)
              .replace(' ', 'T');
      assertThat(LocalDateTime.parse(heard).toInstant(ZoneOffset.UTC)).isEqualTo(told);
      assertThat(told.getNano() % 1_000_000).isZero();
      assertThat(Duration.between(told, Instant.now()).abs())
          .as("no zone is in between")
          .isLessThan(Duration.ofMinutes(10));
    }
  }
}
