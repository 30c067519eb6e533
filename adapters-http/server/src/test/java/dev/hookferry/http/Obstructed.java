package dev.hookferry.http;

import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store between which and its users an obstacle can be put. */
final class Obstructed implements Store {
  private final Store store;
  private volatile Runnable obstacle = () -> {};

  Obstructed(Store store) {
    this.store = store;
  }

  /** Sets the action that runs before every commit and every query of the log. */
  void with(Runnable next) {
    obstacle = next;
  }

  @Override
  public DeliveryStore deliveries() {
    return obstructed(DeliveryStore.class, store.deliveries());
  }

  @Override
  public AttemptLog log() {
    return obstructed(AttemptLog.class, store.log());
  }

  @Override
  public AuditLog audit() {
    return store.audit();
  }

  @Override
  public ConfigStore config() {
    return store.config();
  }

  @Override
  public ReplayStore replays() {
    return store.replays();
  }

  @Override
  public StoreInfo info() {
    return store.info();
  }

  @Override
  public void close() {
    store.close();
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
