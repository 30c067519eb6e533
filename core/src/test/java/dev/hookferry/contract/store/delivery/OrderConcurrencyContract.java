package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Threads;
import dev.hookferry.store.DeliveryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of the order by key when several nodes and users change the same queues at once. */
public interface OrderConcurrencyContract extends StoreFixture {
  /** The number of threads of each kind. */
  int THREADS = 3;

  @Promise(by = DeliveryStore.class, value = "their effects are serializable")
  @Timeout(180)
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

    assertThat(queues.left()).as("deliveries that wait for ever").isEmpty();
    assertThat(queues.violations()).isEmpty();
    assertThat(harness.store().deliveries().backlog().pending()).isZero();
    for (String key : ConcurrentQueues.KEYS) {
      var fresh = OrderContract.ordered(harness, queues.endpoint(), key);
      assertThat(harness.shown(fresh)).as("the first of an empty queue").isEqualTo(fresh);
    }
  }
}
