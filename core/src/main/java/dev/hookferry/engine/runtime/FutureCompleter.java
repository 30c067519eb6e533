package dev.hookferry.engine.runtime;

import dev.hookferry.engine.intake.PendingReceipts;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * Completes futures: where those who wait want it, else on a thread where that may take its time.
 * What came together for one place is handed over as one task, since each wakes a thread. For the
 * engine's thread, but for the end.
 */
final class FutureCompleter {
  private final ExecutorService own =
      Executors.newSingleThreadExecutor(new NamedThreadFactory("answerer"));
  private final BiConsumer<String, Throwable> fault;
  private final IdentityHashMap<Executor, List<Runnable>> waiting = new IdentityHashMap<>();

  FutureCompleter(BiConsumer<String, Throwable> fault) {
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

  /** Whoever waits gets an answer even if the threads that he named are gone. */
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
      fault.accept("an answer failed", e);
    }
  }

  /** The threads to be ended. */
  ExecutorService threads() {
    return own;
  }
}
