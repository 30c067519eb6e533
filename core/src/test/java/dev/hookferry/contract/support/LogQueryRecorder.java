package dev.hookferry.contract.support;

import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wraps a store, and records the queries of its log, or makes them fail. */
public final class LogQueryRecorder {
  private volatile @Nullable RuntimeException failure;
  private final List<String> looks = Collections.synchronizedList(new ArrayList<>());

  /** Returns the store with a recorded log. */
  public Store around(Store store) {
    AttemptLog log =
        proxy(
            AttemptLog.class,
            (method, arguments) -> {
              if (!isOfMaintenance()) {
                looks.add(method.getName());
              }
              RuntimeException thrown = failure;
              if (thrown != null) {
                throw thrown;
              }
              return call(store.log(), method, arguments);
            });
    return proxy(
        Store.class,
        (method, arguments) ->
            method.getName().equals("log") ? log : call(store, method, arguments));
  }

  /** Its timer looks, too, whenever it is due. */
  private static boolean isOfMaintenance() {
    return Thread.currentThread().getName().startsWith("hookferry-maintenance");
  }

  private interface Answer {
    Object to(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> port, Answer answer) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> answer.to(method, arguments)));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Lets all looks fail from now on. */
  public void fail(RuntimeException with) {
    failure = with;
  }

  /** Returns the names of the queries that the code runs, in order. */
  public List<String> of(Runnable work) {
    looks.clear();
    work.run();
    return List.copyOf(looks);
  }
}
