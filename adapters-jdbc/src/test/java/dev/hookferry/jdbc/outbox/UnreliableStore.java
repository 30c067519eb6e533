package dev.hookferry.jdbc.outbox;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.Batch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that fails or hangs on request when new events are committed. Thread-safe. */
final class UnreliableStore extends ForwardingStore {
  private final DeliveryStore deliveries;
  private final AtomicInteger failuresLeft = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger hanging = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  UnreliableStore(Store store) {
    super(store);
    deliveries =
        (DeliveryStore)
            Proxy.newProxyInstance(
                DeliveryStore.class.getClassLoader(),
                new Class<?>[] {DeliveryStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("commit")) {
                    before((Batch) arguments[1]);
                  }
                  try {
                    return method.invoke(store.deliveries(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  /** Makes this many commits of new events fail from now on. */
  void fail(int commits) {
    failuresLeft.set(commits);
  }

  /** Makes commits of new events hang until {@link #release}. */
  void hang() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  /** Returns how many commits have failed. */
  int failed() {
    return failed.get();
  }

  /** Returns how many commits are hanging. */
  int hanging() {
    return hanging.get();
  }

  private void before(Batch batch) throws InterruptedException {
    if (batch.publications().isEmpty()) {
      return;
    }
    hanging.incrementAndGet();
    gate.await();
    hanging.decrementAndGet();
    if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      failed.incrementAndGet();
      throw new StoreException("the store is down");
    }
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public void close() {
    release();
    super.close();
  }
}
