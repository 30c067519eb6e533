package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.Event;
import dev.hookferry.id.EventId;
import dev.hookferry.jdbc.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Contract of an outbox whose store fails or hangs, and of a relay that is closed in the meantime.
 */
abstract class OutboxFaultContract extends OutboxRowContract {
  private static final String PROBLEM =
      "the store is unavailable; publishing again with the same id is safe";
  private static final int FAILURES = 5;

  /** The pauses between that many failures: 50, 100, 200 and 400 milliseconds. */
  private static final Duration PAUSES = Duration.ofMillis(750);

  /** Several batches, whose last is not full. */
  private static final int MANY = 1_700;

  private static final int BATCH = 500;

  OutboxFaultContract(TestDatabase database) {
    super(database);
  }

  @Test
  void storeOutageLosesNoRow() throws SQLException {
    List<EventId> ids = scene.insert(3);
    scene.store.fail(Integer.MAX_VALUE);
    long begin = System.nanoTime();
    try (OutboxRelay relay = scene.relay()) {
      Poll.until(() -> scene.store.failed() >= FAILURES);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(PAUSES);
      assertThat(relay.problem()).isEqualTo(PROBLEM);
      assertThat(scene.count(scene.options.table())).isEqualTo(3);
      assertThat(scene.rejected()).isZero();
      assertThat(relay.status().relayed()).isZero();

      scene.store.fail(0);
      scene.awaitEmpty();
      Poll.until(() -> relay.problem() == null);
    }
    assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(ids);
    assertThat(scene.rejected()).isZero();
  }

  /** The bad row makes the others go alone. */
  @Test
  void aRowThatGoesAloneStaysWhileTheStoreIsDown() throws SQLException {
    List<EventId> ids = scene.insert(1);
    scene.insert("nobody_knows", "{}");
    scene.store.fail(Integer.MAX_VALUE);
    try (OutboxRelay relay = scene.relay()) {
      Poll.until(() -> scene.rejected() == 1 && scene.store.failed() >= 2);
      Poll.until(() -> relay.problem() != null);
      assertThat(relay.problem()).isEqualTo(PROBLEM);
      assertThat(scene.count(scene.options.table())).isEqualTo(1);

      scene.store.fail(0);
      scene.awaitEmpty();
    }
    assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(ids);
    assertThat(scene.rejected()).isEqualTo(1);
  }

  @Test
  void aBatchThatFailsIsNotOvertakenByTheNextOne() throws SQLException {
    List<EventId> ids = scene.insert(MANY);
    scene.store.fail(1);
    try (OutboxRelay unused = scene.relay()) {
      scene.awaitEmpty();
    }
    assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(ids);
  }

  @Test
  void aRelayCanBeClosedWhileTheStoreHangs() throws SQLException {
    List<EventId> ids = scene.insert(2);
    scene.store.hang();
    OutboxRelay relay = scene.relay("outbox", Duration.ZERO);
    Poll.until(() -> scene.store.hanging() == 1);
    assertThat(relay.status().pending()).isEqualTo(2);
    assertThat(relay.status().oldest()).isNotNull();
    relay.close();
    OutboxScene.awaitNoThread();
    assertThat(scene.count(scene.options.table())).isEqualTo(2);

    scene.store.release();
    try (OutboxRelay unused = scene.relay()) {
      scene.awaitEmpty();
    }
    assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(ids);
  }

  @Test
  void closedRelayFinishesOnlyItsLockedBatches() throws Exception {
    scene.insert(MANY);
    scene.store.hang();
    OutboxRelay relay = scene.relay("outbox", Duration.ofMinutes(1));
    Poll.until(() -> scene.store.hanging() == 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(relay::close);
    Poll.until(() -> scene.hookferry.webhooks().outboxes().states().isEmpty());
    scene.store.release();
    closed.get(5, TimeUnit.MINUTES);
    OutboxScene.awaitNoThread();

    long left = scene.count(scene.options.table());
    assertThat(left).isBetween(MANY - 2L * BATCH, (long) MANY - BATCH);
    assertThat(scene.events()).hasSize((int) (MANY - left));
  }

  /** A relay must not make the application's commits slow, however long the store takes. */
  @Test
  void writersDoNotWaitForABatchBeingPublished() throws Exception {
    if (isOneWriter()) {
      return;
    }
    scene.insert(2);
    scene.store.hang();
    try (OutboxRelay unused = scene.relay()) {
      Poll.until(() -> scene.store.hanging() == 1);
      CompletableFuture.runAsync(() -> scene.insert("license_created", "{}"))
          .get(5, TimeUnit.MINUTES);
      scene.store.release();
      scene.awaitEmpty();
    }
    assertThat(scene.events()).hasSize(3);
  }
}
