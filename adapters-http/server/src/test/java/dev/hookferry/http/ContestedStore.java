package dev.hookferry.http;

import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.config.ConfigChange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Wraps a store, and lets somebody else change its configuration just before the next change. */
public final class ContestedStore {
  private final AtomicReference<List<ConfigChange>> others = new AtomicReference<>(List.of());

  /** Saves these changes when the next ones are to be saved, which have to be planned anew. */
  public void before(ConfigChange... changes) {
    others.set(List.of(changes));
  }

  /** Returns the store with a contested configuration. */
  public Store around(Store store) {
    ConfigStore config =
        proxy(
            ConfigStore.class,
            store.config(),
            (method, arguments) -> {
              if (method.equals("save")) {
                List<ConfigChange> first = others.getAndSet(List.of());
                if (!first.isEmpty()) {
                  var unused = store.config().save(first, (Long) arguments[1]);
                }
              }
              return null;
            });
    return proxy(
        Store.class, store, (method, arguments) -> method.equals("config") ? config : null);
  }

  private interface Answer {
    /** Returns the answer to a call, or null to leave it to the real port. */
    @Nullable Object to(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> port, T real, Answer answer) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              Object own = answer.to(method.getName(), arguments);
              if (own != null) {
                return own;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
