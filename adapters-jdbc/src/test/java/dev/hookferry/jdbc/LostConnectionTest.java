package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.DatabaseProxy;
import dev.hookferry.contract.support.DatabaseProxy.Cut;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behaviour when the connection to the database is lost. */
final class LostConnectionTest {
  @ParameterizedTest
  @EnumSource
  void writesOnceWhatIsCommittedAgainAfterALostAnswer(Kind kind) {
    commitsAgain(kind, Cut.AFTER);
  }

  @ParameterizedTest
  @EnumSource
  void writesWhatIsCommittedAgainAfterALostCommit(Kind kind) {
    commitsAgain(kind, Cut.BEFORE);
  }

  private static void commitsAgain(Kind kind, Cut cut) {
    try (NetworkDatabase database = kind.create();
        DatabaseProxy line = database.line();
        TestNode node = node(kind, database, line)) {
      EndpointId endpoint = node.samples.endpoint();
      Delivery sent = node.owned(endpoint);
      AttemptResult result =
          new AttemptResult(
              sent.delivered(node.samples.now()),
              node.samples.attempt(sent, node.samples.success()));
      Batch event = node.oneEvent(endpoint);
      Batch batch = new Batch(event.publications(), List.of(result), List.of(), List.of());

      line.cutAtCommit(cut);
      assertThatThrownBy(() -> node.commit(batch)).isInstanceOf(UnknownOutcomeException.class);
      CommitResult again = node.commit(batch);

      Delivery fresh = TestNode.delivery(event);
      assertThat(again.publications())
          .isEqualTo(
              List.of(new CommitResult.Stored(List.of(new Receipt(fresh.event(), 1, false)))));
      assertThat(node.store.log().delivery(sent.site(), sent.id())).contains(result.delivery());
      assertThat(node.store.log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
          .containsExactly(result.attempt());
      assertThat(node.claim(endpoint)).containsExactly(fresh);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesNoResultTwiceWhoseDeliveryALostClaimHasTakenAgain(Kind kind) {
    try (NetworkDatabase database = kind.create();
        DatabaseProxy line = database.line();
        TestNode node = node(kind, database, line)) {
      EndpointId endpoint = node.samples.endpoint();
      Delivery sent = node.owned(endpoint);
      Attempt attempt = node.samples.attempt(sent, node.samples.failure());
      AttemptResult failed = new AttemptResult(sent.retryAt(node.samples.now()), attempt);
      line.cutAtCommit(Cut.AFTER);
      assertThatThrownBy(() -> node.commit(Batch.of(failed)))
          .isInstanceOf(UnknownOutcomeException.class);
      line.cutAtCommit(Cut.AFTER);
      assertThatThrownBy(() -> node.claim(endpoint)).isInstanceOf(UnknownOutcomeException.class);

      CommitResult again = node.commit(Batch.of(failed));

      assertThat(again.refused()).containsExactly(sent.id());
      assertThat(node.store.log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
          .containsExactly(attempt);
      assertThat(node.claim(endpoint)).containsExactly(failed.delivery());
    }
  }

  @ParameterizedTest
  @EnumSource
  void losesNoDeliveryToAClaimWhoseAnswerIsLost(Kind kind) {
    for (Cut cut : List.of(Cut.AFTER, Cut.BEFORE)) {
      try (NetworkDatabase database = kind.create();
          DatabaseProxy line = database.line();
          TestNode node = node(kind, database, line)) {
        EndpointId endpoint = node.samples.endpoint();
        Batch batch = node.oneEvent(endpoint);
        node.commit(batch);

        line.cutAtCommit(cut);
        assertThatThrownBy(() -> node.claim(endpoint)).isInstanceOf(UnknownOutcomeException.class);

        assertThat(node.claim(endpoint)).containsExactly(TestNode.delivery(batch));
        assertThat(node.claim(endpoint)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void recoversByItself(Kind kind) {
    try (NetworkDatabase database = kind.create();
        DatabaseProxy line = database.line();
        TestNode node = node(kind, database, line)) {
      EndpointId endpoint = node.samples.endpoint();
      Batch batch = node.oneEvent(endpoint);

      line.down();
      assertThatThrownBy(() -> node.commit(batch))
          .isInstanceOf(StoreException.class)
          .isNotInstanceOf(UnknownOutcomeException.class);
      assertThatThrownBy(() -> node.store.config().version()).isInstanceOf(StoreException.class);
      line.up();

      // The pool looks for a database that is away less and less often.
      Poll.until(() -> succeeds(() -> node.commit(batch)));
      assertThat(node.store.deliveries().heartbeat(node.owner).alive()).isTrue();
      assertThat(node.claim(endpoint)).containsExactly(TestNode.delivery(batch));
    }
  }

  /** As when a standby is promoted without the last commits of its primary. */
  @ParameterizedTest
  @EnumSource
  void anOwnerWhoseLastCommitTheDatabaseHasLostStartsOver(Kind kind) {
    try (NetworkDatabase database = kind.create();
        DatabaseProxy line = database.line();
        TestNode node = node(kind, database, line)) {
      EndpointId endpoint = node.samples.endpoint();
      Delivery waiting = node.owned(endpoint);
      Delivery sent = node.owned(endpoint);
      Attempt attempt = node.samples.attempt(sent, node.samples.success());
      node.commit(Batch.of(new AttemptResult(sent.delivered(node.samples.now()), attempt)));
      assertThat(node.store.deliveries().heartbeat(node.owner).alive()).as("all is there").isTrue();

      database.execute("DELETE FROM hookferry_attempt");
      assertThat(node.store.deliveries().heartbeat(node.owner).alive()).isFalse();

      assertThat(
              node.commit(Batch.of(new AttemptResult(waiting.cancelled(node.samples.now()), null)))
                  .refused())
          .containsExactly(waiting.id());
      try (TestNode next = node(kind, database, line)) {
        assertThat(next.claim(endpoint)).containsExactly(waiting);
      }
    }
  }

  private static boolean succeeds(Runnable work) {
    try {
      work.run();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private static TestNode node(Kind kind, NetworkDatabase database, DatabaseProxy line) {
    return new TestNode(database.url(line.localPort()) + "&" + kind.settings());
  }
}
