package dev.hookferry.engine.intake;

import dev.hookferry.event.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Receipts that somebody waits for, perhaps to go on with them on threads of his own. */
public final class PendingReceipts extends CompletableFuture<List<Receipt>> {
  private final @Nullable Executor where;

  public PendingReceipts(@Nullable Executor where) {
    this.where = where;
  }

  /** Where they are to be completed; null if that may be anywhere. */
  @Nullable
  public Executor where() {
    return where;
  }
}
