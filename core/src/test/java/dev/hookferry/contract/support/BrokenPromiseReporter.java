package dev.hookferry.contract.support;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Begins the message of a failed contract test with the promise that was broken. */
public final class BrokenPromiseReporter implements TestExecutionExceptionHandler {
  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    Optional<Promise> promise = promiseOf(test.getRequiredTestMethod());
    if (promise.isEmpty() || failure instanceof TestAbortedException) {
      throw failure;
    }
    throw new AssertionError(describe(promise.get()) + failure, failure);
  }

  private static String describe(Promise promise) {
    return String.format(
        "%s promises: \"%s\"%nwhich does not hold: ",
        promise.by().getSimpleName(), promise.value());
  }

  /** Returns the promise that a contract test checks. */
  public static Optional<Promise> promiseOf(Method test) {
    return Optional.ofNullable(test.getAnnotation(Promise.class))
        .or(() -> Optional.ofNullable(test.getDeclaringClass().getAnnotation(Promise.class)));
  }
}
