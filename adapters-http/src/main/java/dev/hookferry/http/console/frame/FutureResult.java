package dev.hookferry.http.console.frame;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what the facade was asked for. */
public final class FutureResult {
  private FutureResult() {}

  /**
   * The result, or what it failed with: a {@link dev.hookferry.refusal.RefusedException} if it was
   * refused.
   */
  public static <T> T of(CompletableFuture<T> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
