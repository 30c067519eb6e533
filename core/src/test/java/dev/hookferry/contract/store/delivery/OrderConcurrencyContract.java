package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Threads;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of the order by key when several nodes and users change the same queues at once. */
public interface OrderConcurrencyContract extends StoreFixture {
  /** The number of threads of each kind. */
  int THREADS = 3;

  /** How often a race is run. */
  int ROUNDS = 40;

  @Promise(by = DeliveryStore.class, value = "their effects are serializable")
  @Timeout(1_200)
  @Test
  default void theOrderHoldsWhateverHappensAtOnce(StoreHarness harness) throws Exception {
    ConcurrentQueues queues = new ConcurrentQueues(harness.store(), harness.samples.endpoint());
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      tasks.add(queues.publisher(harness.register(), i));
      tasks.add(queues.sender(harness.register(), 100 + i));
    }
    tasks.add(queues.user(harness.register(), 1_000));
    Threads.atOnce(tasks);

    assertThat(queues.left()).as("deliveries that wait forever").isEmpty();
    assertThat(queues.violations()).isEmpty();
    assertThat(harness.store().deliveries().backlog(all -> true).pending()).isZero();
    for (String key : ConcurrentQueues.KEYS) {
      var fresh = OrderContract.ordered(harness, queues.endpoint(), key);
      assertThat(harness.shown(fresh)).as("the first of an empty queue").isEqualTo(fresh);
    }
  }

  /** Two nodes: one writes that the first has ended, the other one a retry by a user. */
  @Promise(by = DeliveryStore.class, value = "or one that had ended, goes to its end")
  @Timeout(1_200)
  @Test
  default void aRetryIsBeforeOrAfterTheEndOfADelivery(StoreHarness harness) throws Exception {
    Owner other = harness.register();
    for (int round = 0; round < ROUNDS; round++) {
      EndpointId endpoint = harness.samples.endpoint();
      Delivery first = OrderContract.ordered(harness, endpoint, "a");
      List<Delivery> behind = new ArrayList<>();
      if (round % 2 == 0) {
        behind.add(OrderContract.ordered(harness, endpoint, "a"));
      }
      assertThat(harness.claimAll(endpoint)).containsExactly(first);
      Instant now = harness.samples.now();
      AttemptResult end =
          new AttemptResult(
              first.delivered(now), harness.samples.attempt(first, harness.samples.failure()));
      Command retry = new Command.Retry(first.site(), first.id(), now, "a");
      AtomicReference<Command.Kind> reply = new AtomicReference<>();
      Threads.atOnce(
          List.of(
              () -> {
                harness.record(end);
                return null;
              },
              () -> {
                Batch batch = new Batch(List.of(), List.of(), List.of(), List.of(retry));
                CommitResult done = harness.store().deliveries().commit(other, batch);
                reply.set(done.replies().get(0).kind());
                return null;
              }));

      assertThat(reply.get()).isIn(Command.Kind.DONE, Command.Kind.OWNED);
      if (reply.get() == Command.Kind.DONE) {
        behind.add(end.delivery().revived(now).inOrder("a"));
      }
      behind.add(OrderContract.ordered(harness, endpoint, "a"));
      assertThat(OrderContract.drain(harness, endpoint))
          .as("round %d, the retry was %s", round, reply)
          .containsExactlyElementsOf(behind);
    }
  }
}
