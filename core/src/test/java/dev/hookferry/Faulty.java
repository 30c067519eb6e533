package dev.hookferry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Puts itself around ports and lets one of their calls fail some times. */
final class Faulty {
  /** Calls that come only every few seconds or minutes; a test does not wait for them. */
  private static final Set<String> SELDOM =
      Set.of("heartbeat", "orphanedEndpoints", "version", "load", "open");

  private final String call;
  private final Supplier<Throwable> failure;
  private final AtomicInteger left = new AtomicInteger();

  Faulty(String call, Supplier<Throwable> failure) {
    this.call = call;
    this.failure = failure;
  }

  /** Lets the next calls fail. */
  void fail(int times) {
    left.set(times);
  }

  boolean isDone() {
    return left.get() <= 0;
  }

  boolean isCalledOften() {
    return !SELDOM.contains(call) && !call.equals("fault");
  }

  /** The port, and the ports that it gives. */
  <T> T around(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (method.getName().equals(call) && left.getAndDecrement() > 0) {
                throw failure.get();
              }
              return wrapped(method, call(real, method, arguments));
            }));
  }

  private Object wrapped(Method method, Object result) {
    Class<?> type = method.getReturnType();
    boolean isPort = type.isInterface() && type.getName().startsWith("dev.hookferry.store");
    return isPort ? again(type, result) : result;
  }

  private <T> T again(Class<T> type, Object real) {
    return around(type, type.cast(real));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
