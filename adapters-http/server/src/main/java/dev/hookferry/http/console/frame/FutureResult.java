package dev.hookferry.http.console.frame;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Blocking access to the facade's results. */
public final class FutureResult {
  private FutureResult() {}

  /**
   * Blocks until the result is available. Throws the future's failure: a {@link
   * dev.hookferry.refusal.RefusedException} if the request was refused.
   */
  public static <T> T of(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
