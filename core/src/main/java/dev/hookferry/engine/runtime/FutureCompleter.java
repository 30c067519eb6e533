package dev.hookferry.engine.runtime;

import dev.hookferry.engine.intake.PendingReceipts;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/**
 * Completes callers' futures on the executor that they chose, otherwise on a thread that may block.
 * Completions for the same executor are batched into one task, because each task wakes a thread.
 * Confined to the engine's thread, except for shutdown.
 */
final class FutureCompleter {
  private final ExecutorService own;
  private final BiConsumer<String, Throwable> fault;
  private final IdentityHashMap<Executor, List<Runnable>> waiting = new IdentityHashMap<>();

  FutureCompleter(ExecutorService own, BiConsumer<String, Throwable> fault) {
    this.own = own;
    this.fault = fault;
  }

  void add(Runnable completion) {
    add(own, completion);
  }

  void add(CompletableFuture<?> whose, Runnable completion) {
    Executor where = whose instanceof PendingReceipts awaited ? awaited.where() : null;
    add(where == null ? own : where, completion);
  }

  private void add(Executor where, Runnable completion) {
    waiting.computeIfAbsent(where, anew -> new ArrayList<>()).add(completion);
  }

  void flush() {
    if (!waiting.isEmpty()) {
      waiting.forEach((where, all) -> hand(where, () -> all.forEach(this::complete)));
      waiting.clear();
    }
  }

  /** Completes the futures even if the caller's executor has been shut down. */
  private void hand(Executor where, Runnable all) {
    try {
      where.execute(all);
    } catch (RuntimeException | Error e) {
      own.execute(all);
    }
  }

  private void complete(Runnable one) {
    try {
      one.run();
    } catch (RuntimeException | Error e) {
      fault.accept("completing a reply failed", e);
    }
  }

  /** Returns the threads to shut down. */
  ExecutorService threads() {
    return own;
  }
}
