package dev.hookferry.jdbc.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.DatabaseProxy;
import dev.hookferry.contract.support.DatabaseProxy.Cut;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.NetworkDatabase;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.Owner;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server may still be running a claim whose connection the client has lost. */
final class UncertainClaimsTest {
  @ParameterizedTest
  @EnumSource
  void handsBackDeliveriesOfAClaimStillRunning(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url());
        Database other = database.connectAsStore()) {
      EndpointId endpoint = node.samples.endpoint();
      Batch batch = node.oneEvent(endpoint);
      node.commit(batch);
      List<Delivery> claimed = List.of(TestNode.delivery(batch));

      CompletableFuture<Boolean> givenBack =
          other.change(
              (handle, withAllChecks) -> {
                DeliveryQueue.of(other.dialect()).assign(handle, node.owner, claimed);
                CompletableFuture<Boolean> meanwhile =
                    CompletableFuture.supplyAsync(() -> giveBack(other, node, claimed));
                Poll.until(() -> meanwhile.isDone() || kind.waitingSessions(database).size() == 1);
                return meanwhile;
              });

      assertThat(givenBack.join()).isTrue();
      assertThat(node.claim(endpoint)).isEqualTo(claimed);
    }
  }

  private static boolean giveBack(Database database, TestNode node, List<Delivery> claimed) {
    return database.change(
        (handle, withAllChecks) -> {
          new UncertainClaims(database.dialect()).giveBack(handle, node.owner, claimed);
          return true;
        });
  }

  /** Both saw that the delivery was in doubt before either had handed it back. */
  @ParameterizedTest
  @EnumSource
  void aCommitDoesNotGiveBackWhatANewClaimHasTaken(Kind kind) {
    try (NetworkDatabase database = kind.create();
        DatabaseProxy line = database.line();
        TestNode node = new TestNode(database.url(line.localPort()) + "&" + kind.settings());
        Database other = database.connectAsStore()) {
      EndpointId endpoint = node.samples.endpoint();
      Batch batch = node.oneEvent(endpoint);
      node.commit(batch);
      List<Delivery> doubtful = List.of(TestNode.delivery(batch));
      line.cutAtCommit(Cut.AFTER);
      assertThatThrownBy(() -> node.claim(endpoint)).isInstanceOf(UnknownOutcomeException.class);

      CompletableFuture<List<Delivery>> claim = new CompletableFuture<>();
      Thread commit = new Thread(() -> node.commit(node.oneEvent(node.samples.endpoint())));
      boolean unused =
          other.change(
              (handle, withAllChecks) -> {
                new LockedDeliveries(other.dialect()).lock(handle, DeliveryQueue.keys(doubtful));
                claim.completeAsync(() -> node.claim(endpoint));
                Poll.until(() -> kind.waitingSessions(database).size() == 1);
                commit.start();
                Poll.until(() -> isWaiting(commit) || kind.waitingSessions(database).size() == 2);
                return true;
              });

      assertThat(claim.join()).isEqualTo(doubtful);
      join(commit);
      assertThat(node.claim(endpoint)).as("it is being sent").isEmpty();
    }
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void remembersEveryClaimUntilItsDeliveriesAreGivenBack() {
    Samples samples = new Samples(1);
    Owner owner = new Owner(samples.deliveryId().value());
    Event event = samples.event();
    Delivery one = samples.delivery(event);
    Delivery two = samples.delivery(event);
    Delivery three = samples.delivery(event);
    UncertainClaims claims = new UncertainClaims(Dialect.named("h2"));

    claims.add(owner, List.of(one));
    claims.add(owner, List.of(two));
    assertThat(claims.of(owner)).containsExactly(one, two);
    List<Delivery> givenBack =
        claims.settle(
            owner,
            all -> {
              claims.add(owner, List.of(three));
              return all;
            });
    assertThat(givenBack).containsExactly(one, two);
    assertThat(claims.of(owner)).containsExactly(three);
    assertThat(claims.<List<Delivery>>settle(owner, all -> all)).containsExactly(three);
    assertThat(claims.of(owner)).isEmpty();
  }
}
