package dev.hookferry.engine.runtime;

import dev.hookferry.engine.intake.PendingReceipts;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Completes callers' futures on the executor that they chose, otherwise on a thread of its own.
 * Completions for the same executor are batched into one task, because each task wakes a thread. A
 * caller's callback may block that thread, even until another future is completed, so there can be
 * more threads. Confined to the engine's thread, except for {@link #relieve} and shutdown.
 */
final class FutureCompleter {
  /** Callbacks that may block at a time. */
  private static final int MOST_THREADS = 64;

  private final ExecutorService own;
  private final BiConsumer<String, Throwable> fault;
  private final IdentityHashMap<Executor, List<Runnable>> waiting = new IdentityHashMap<>();
  private volatile @Nullable Thread last;
  private long completedBefore;
  private boolean anyWaitedBefore;

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
      waiting.forEach(this::hand);
      waiting.clear();
    }
  }

  /** Completes the futures even if the caller's executor has been shut down. */
  private void hand(Executor where, List<Runnable> all) {
    try {
      if (where != own) {
        where.execute(() -> all.forEach(this::complete));
        return;
      }
    } catch (RuntimeException | Error e) {
      // The thread below runs them instead.
    }
    own.execute(
        () -> {
          last = Thread.currentThread();
          all.forEach(this::complete);
        });
  }

  /**
   * Adds a thread if futures have waited for theirs since the last call, and none was completed.
   * Called by one thread at regular intervals.
   */
  void relieve() {
    if (own instanceof ThreadPoolExecutor pool) {
      long completed = pool.getCompletedTaskCount();
      int threads = pool.getCorePoolSize();
      boolean anyWait = !pool.getQueue().isEmpty();
      boolean isBlocked = anyWait && anyWaitedBefore && completed == completedBefore;
      completedBefore = completed;
      anyWaitedBefore = anyWait;
      if (isBlocked && threads < MOST_THREADS) {
        fault.accept(
            "a callback of a future blocks the thread that completes futures; call thenApplyAsync"
                + " or the like, or give publishAll an executor",
            blocked());
        pool.setMaximumPoolSize(threads + 1);
        pool.setCorePoolSize(threads + 1);
      }
    }
  }

  /** Returns an exception whose stack trace is that of the callback. */
  private Throwable blocked() {
    Throwable where = new IllegalStateException("blocked for a second or longer");
    Thread thread = last;
    if (thread != null) {
      where.setStackTrace(thread.getStackTrace());
    }
    return where;
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
