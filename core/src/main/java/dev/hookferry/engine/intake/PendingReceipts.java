package dev.hookferry.engine.intake;

import dev.hookferry.event.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Future receipts of a publish, optionally completed on the caller's executor. */
public final class PendingReceipts extends CompletableFuture<List<Receipt>> {
  private final @Nullable Executor executor;

  public PendingReceipts(@Nullable Executor executor) {
    this.executor = executor;
  }

  /** Returns the executor to complete them on; null for any thread. */
  public @Nullable Executor executor() {
    return executor;
  }
}
