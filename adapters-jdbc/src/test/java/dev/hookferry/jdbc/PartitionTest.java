package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.log.DayPartitions;
import dev.hookferry.jdbc.log.PartitionRetention;
import dev.hookferry.jdbc.log.SqlRetention;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.transfer.TransferSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How days come and go in PostgreSQL. */
final class PartitionTest {
  private static final Instant NOON = Instant.parse("2031-05-10T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final TestDatabase database = new Postgres();
  private final TestNode node = new TestNode(database.url());
  private final Database looking = database.connectAsStore();
  private final SqlRetention retention = new PartitionRetention(looking);

  @AfterEach
  void close() {
    looking.close();
    node.close();
    database.close();
  }

  private List<LocalDate> days() {
    return looking.query(DayPartitions::days);
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** A delivery of an event that its producer named, accepted about then, delivered or owned. */
  private Delivery accepted(Instant when, boolean delivered) {
    node.samples.pass(Duration.between(node.samples.now(), when));
    Event event = node.samples.repeatable("order-" + node.samples.number(1 << 30), null, "{}");
    Delivery delivery = node.samples.delivery(event, node.samples.endpoint());
    node.commit(TestNode.batch(event, delivery, true));
    if (!delivered) {
      return delivery;
    }
    Delivery done = delivery.delivered(node.samples.now());
    node.commit(
        Batch.of(new AttemptResult(done, node.samples.attempt(delivery, node.samples.success()))));
    return done;
  }

  private long count(String table) {
    return Long.parseLong(database.query("SELECT count(*)::text FROM " + table).get(0));
  }

  @Test
  void makesTheDaysAroundTheDatabasesTimeAtOnce() {
    LocalDate today = day(node.store.deliveries().heartbeat(node.owner).storeTime());

    assertThat(days()).contains(today.minusDays(1), today, today.plusDays(3));
  }

  @Test
  void makesDaysAheadOnce() {
    retention.prepare(NOON);
    retention.prepare(NOON.plusSeconds(1));
    retention.prepare(NOON.plus(DAY));

    assertThat(days())
        .contains(day(NOON).minusDays(1), day(NOON), day(NOON).plusDays(4))
        .doesNotHaveDuplicates();
  }

  @Test
  void triesAgainToMakeDaysThatItCouldNotMake() {
    database.execute("ALTER TABLE hookferry_event RENAME TO elsewhere");
    retention.prepare(NOON);
    database.execute("ALTER TABLE elsewhere RENAME TO hookferry_event");
    assertThat(days()).doesNotContain(day(NOON));

    retention.prepare(NOON.plusSeconds(1));

    assertThat(days()).contains(day(NOON).minusDays(1), day(NOON), day(NOON).plusDays(3));
  }

  /** The heartbeat waits for each try. */
  @Test
  void doesNotTryLaterDaysWhileUrgentOnesFail() {
    database.execute("CREATE TABLE hookferry_event_20310511 (id integer)");
    retention.prepare(NOON);
    assertThat(days()).contains(day(NOON)).doesNotContain(day(NOON).plusDays(2));
    database.execute("DROP TABLE hookferry_event_20310511");

    retention.prepare(NOON.plusSeconds(1));

    assertThat(days()).contains(day(NOON).plusDays(1), day(NOON).plusDays(3));
  }

  /** Whoever waits for a lock on the tables keeps others from reading them. */
  @Test
  void doesNotTryAgainAllTheTimeWhileABackupIsTaken() {
    retention.prepare(NOON);
    Instant next = NOON.plus(DAY);
    try (TransferSource backup = node.store.snapshot()) {
      assertThat(backup.origin().deliveries()).isZero();
      retention.prepare(next);
    }
    retention.prepare(next.plusSeconds(2));
    assertThat(days()).doesNotContain(day(NOON).plusDays(4));

    retention.prepare(next.plus(Duration.ofMinutes(10)));
    assertThat(days()).contains(day(NOON).plusDays(4));
  }

  @Test
  void keepsADayTogetherAndDropsItWhole() {
    retention.prepare(NOON);
    Delivery old = accepted(NOON, true);
    Delivery later = accepted(NOON.plus(DAY), true);
    assertThat(count("hookferry_event_20310510")).isEqualTo(1);
    assertThat(count("hookferry_delivery_20310510")).isEqualTo(1);
    assertThat(count("hookferry_attempt_20310510")).isEqualTo(1);

    assertThat(retention.purge(later.createdAt())).isEqualTo(1);

    assertThat(days()).doesNotContain(day(NOON)).contains(day(NOON).plusDays(1));
    assertThat(node.store.log().event(Samples.SITE, old.event())).isEmpty();
    assertThat(node.store.log().delivery(Samples.SITE, old.id())).isEmpty();
    assertThat(node.store.log().delivery(Samples.SITE, later.id())).contains(later);
    assertThat(node.store.log().attempts(AttemptQuery.ofSite(Samples.SITE)).data()).hasSize(1);
    assertThat(count("hookferry_event_id")).isEqualTo(1);
  }

  @Test
  void keepsNoNameOfAnEventThatNobodyNamed() {
    retention.prepare(NOON);
    node.owned(node.samples.endpoint());
    assertThat(count("hookferry_event_id")).isZero();

    accepted(NOON, false);
    assertThat(count("hookferry_event_id")).isEqualTo(1);
  }

  @Test
  void keepsTheDayThatTheLimitFallsInto() {
    retention.prepare(NOON);
    Delivery morning = accepted(NOON.minusSeconds(3600), true);

    assertThat(retention.purge(NOON)).isZero();

    assertThat(node.store.log().delivery(Samples.SITE, morning.id())).contains(morning);
  }

  @Test
  void keepsPendingDeliveriesOfPastDays() {
    retention.prepare(NOON);
    Delivery pending = accepted(NOON, false);
    Delivery done = accepted(NOON.plusSeconds(1), true);

    assertThat(retention.purge(NOON.plus(DAY))).isEqualTo(1);

    assertThat(days()).contains(day(NOON));
    assertThat(node.store.log().event(Samples.SITE, done.event())).isEmpty();
    assertThat(node.store.log().event(Samples.SITE, pending.event())).isPresent();
    assertThat(node.store.log().delivery(Samples.SITE, pending.id())).contains(pending);
  }

  @Test
  void keepsWhatIsPendingSinceMidnight() {
    retention.prepare(NOON);
    Instant midnight = NOON.minus(Duration.ofHours(12));
    Delivery pending = accepted(midnight.minusMillis(1), false);
    assertThat(pending.createdAt()).isEqualTo(midnight);

    assertThat(retention.purge(NOON.plus(DAY))).isZero();

    assertThat(node.store.log().event(Samples.SITE, pending.event())).isPresent();
    assertThat(node.store.log().delivery(Samples.SITE, pending.id())).contains(pending);
  }

  @Test
  void keepsAPartitionWithARetriedDelivery() {
    retention.prepare(NOON);
    Delivery done = accepted(NOON, true);
    node.commit(Batch.of(new Command.Retry(Samples.SITE, done.id(), NOON.plus(DAY))));

    assertThat(retention.purge(NOON.plus(DAY))).isZero();

    assertThat(node.claim(done.endpoint())).containsExactly(done.revived(NOON.plus(DAY)));
  }

  @Test
  void purgesWhatHasNoDayOfItsOwn() {
    Delivery done = accepted(NOON.plus(DAY.multipliedBy(100)), true);
    assertThat(count("hookferry_event_default")).isEqualTo(1);

    assertThat(retention.purge(done.createdAt().plusMillis(1))).isEqualTo(1);

    assertThat(count("hookferry_event")).isZero();
    assertThat(count("hookferry_delivery")).isZero();
    assertThat(count("hookferry_attempt")).isZero();
  }

  @Test
  void leavesADayToTheOthersThatEventsCameToTooEarly() {
    accepted(NOON, true);

    retention.prepare(NOON);

    assertThat(days()).doesNotContain(day(NOON)).contains(day(NOON).plusDays(1));
    assertThat(count("hookferry_event_default")).isEqualTo(1);
  }

  @Test
  void dropsNoDayThatSomebodyReads() throws Exception {
    retention.prepare(NOON);
    Delivery done = accepted(NOON, true);
    try (var reader = database.connect();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT * FROM hookferry_attempt_20310510").close();

      assertThat(retention.purge(NOON.plus(DAY))).isZero();
      assertThat(node.store.log().delivery(Samples.SITE, done.id())).contains(done);
    }

    assertThat(retention.purge(NOON.plus(DAY))).isEqualTo(1);
  }

  /** The names of a day are free before the day goes, and longer if somebody reads it. */
  @Test
  void keepsTheNameOfALaterEventWithTheIdOfAPurgedOne() throws Exception {
    retention.prepare(NOON);
    node.samples.pass(Duration.between(node.samples.now(), NOON));
    Event old = node.samples.repeatable("order-7", null, "{}");
    assertThat(receipt(old)).isEqualTo(new Receipt(old.id(), 0, false));
    try (var reader = database.connect();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT * FROM hookferry_event_20310510").close();
      assertThat(retention.purge(NOON.plus(DAY))).isZero();
    }
    node.samples.pass(DAY);
    Event later = node.samples.repeatable("order-7", null, "{}");
    assertThat(receipt(later)).isEqualTo(new Receipt(old.id(), 0, false));

    assertThat(retention.purge(NOON.plus(DAY))).isEqualTo(1);

    Event again = node.samples.repeatable("order-7", null, "{}");
    assertThat(receipt(again)).isEqualTo(new Receipt(old.id(), 0, true));
  }

  private Receipt receipt(Event event) {
    var published = node.commit(Batch.of(StoreHarness.free(event))).publications().get(0);
    return ((CommitResult.Stored) published).receipts().get(0);
  }

  /** Nodes that started together purge together. */
  @Test
  void nodesMayPurgeTheSameDaysAtTheSameTime() {
    for (int i = 0; i < 12; i++) {
      Instant noon = NOON.plus(DAY.multipliedBy(i));
      retention.prepare(noon);
      Delivery unused = accepted(noon, true);
    }
    Instant end = NOON.plus(DAY.multipliedBy(12));
    try (Database second = database.connectAsStore()) {
      SqlRetention other = new PartitionRetention(second);
      CompletableFuture<Long> beside = CompletableFuture.supplyAsync(() -> other.purge(end));
      long here = retention.purge(end);

      assertThat(here).isNotNegative();
      assertThat(beside.join()).isNotNegative();
    }

    long unused = retention.purge(end);
    assertThat(days()).noneMatch(day -> !day.isBefore(day(NOON)) && day.isBefore(day(end)));
    assertThat(count("hookferry_event_id")).isZero();
  }
}
