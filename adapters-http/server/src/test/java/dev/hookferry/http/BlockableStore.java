package dev.hookferry.http;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store whose calls can be made to block or fail. */
final class BlockableStore extends ForwardingStore {
  private volatile Runnable obstacle = () -> {};

  BlockableStore(Store store) {
    super(store);
  }

  /** Sets the action that runs before every commit and every query of the log. */
  void with(Runnable next) {
    obstacle = next;
  }

  @Override
  public DeliveryStore deliveries() {
    return obstructed(DeliveryStore.class, super.deliveries());
  }

  @Override
  public AttemptLog log() {
    return obstructed(AttemptLog.class, super.log());
  }

  private <T> T obstructed(Class<T> port, T real) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (port == AttemptLog.class || method.getName().equals("commit")) {
                obstacle.run();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return port.cast(proxy);
  }
}
