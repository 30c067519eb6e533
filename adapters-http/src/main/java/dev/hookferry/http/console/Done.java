package dev.hookferry.http.console;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what the facade was asked for. */
final class Done {
  private Done() {}

  /**
   * The result, or what it failed with: a {@link dev.hookferry.refusal.RefusedException} if it was
   * refused.
   */
  static <T> T of(CompletableFuture<T> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
