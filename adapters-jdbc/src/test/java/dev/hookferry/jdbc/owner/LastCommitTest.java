package dev.hookferry.jdbc.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.H2File;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A false alarm would make a node give up all of its deliveries. */
final class LastCommitTest {
  private static final Duration AGE = Duration.ofMinutes(10);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private TestNode node;
  private Database database;
  private LastCommit last;

  @BeforeEach
  void open(@TempDir Path folder) {
    TestDatabase file = new H2File(folder);
    node = new TestNode(file.url());
    database = file.connectAsStore();
    last = new LastCommit(database, nanos::get);
  }

  @AfterEach
  void close() {
    database.close();
    node.close();
  }

  @Test
  void remembersTheLastAttemptThatWasWritten() {
    AttemptResult written = result();
    AttemptResult refused = result();
    node.commit(Batch.of(written));

    last.acknowledged(List.of(), List.of(refused), Set.of(refused.delivery().id()));
    assertThat(last.isLost()).as("nothing was written").isFalse();
    last.acknowledged(List.of(), List.of(written, refused), Set.of(refused.delivery().id()));
    assertThat(last.isLost()).as("is there").isFalse();
    last.acknowledged(List.of(), List.of(result()), Set.of());
    assertThat(last.isLost()).as("is not there").isTrue();
  }

  private AttemptResult result() {
    Delivery delivery = node.owned(node.samples.endpoint());
    return new AttemptResult(
        delivery.delivered(node.samples.now()),
        node.samples.attempt(delivery, node.samples.success()));
  }

  @Test
  void reportsALossOnce() {
    last.acknowledged(List.of(lost()), List.of(), Set.of());

    assertThat(last.isLost()).isTrue();
    assertThat(last.isLost()).isFalse();
  }

  /** A delivery that waited for hours ends, and its event is older than the retention. */
  @Test
  void retentionRemovesTheLastCommitWithoutAnAlarm() {
    Batch publication = node.oneEvent(node.samples.endpoint());
    node.commit(publication);
    node.samples.pass(Duration.ofHours(2));
    Delivery delivery = node.claim(TestNode.delivery(publication).endpoint()).get(0);
    AttemptResult late =
        new AttemptResult(
            delivery.delivered(node.samples.now()),
            node.samples.attempt(delivery, node.samples.success()));
    node.commit(Batch.of(late));
    last.acknowledged(List.of(), List.of(late), Set.of());

    assertThat(node.store.log().purge(node.samples.now().minus(Duration.ofHours(1)))).isPositive();

    assertThat(last.isLost()).isFalse();
  }

  @Test
  void doesNotLookForWhatRetentionMayHaveRemoved() {
    last.acknowledged(List.of(lost()), List.of(), Set.of());
    nanos.addAndGet(AGE.toNanos() + 1);
    assertThat(last.isLost()).isFalse();

    last.acknowledged(List.of(lost()), List.of(), Set.of());
    nanos.addAndGet(AGE.toNanos());
    assertThat(last.isLost()).isTrue();
  }

  /** The commit that follows would be found there, and hide the loss. */
  @Test
  void looksBeforeTheFirstCommitOfANewConnection() {
    last.acknowledged(List.of(lost()), List.of(), Set.of());
    Boolean unused =
        database.change(
            (handle, withAllChecks) -> {
              last.check(handle);
              return true;
            });
    Batch next = node.oneEvent(node.samples.endpoint());
    node.commit(next);
    last.acknowledged(next.publications().get(0).entries(), List.of(), Set.of());

    assertThat(last.isLost()).isTrue();
    assertThat(last.isLost()).isFalse();
  }

  /** An event that was acknowledged, but is not in the database. */
  private Entry lost() {
    return new Entry(node.samples.event(), List.of());
  }
}
