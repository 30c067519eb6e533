package dev.hookferry.engine.runtime;

import dev.hookferry.engine.intake.PendingReceipts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Completes callers' futures on the executor that they chose, otherwise on a dedicated thread.
 * Completions for the same executor are batched into one task, because each task wakes a thread. A
 * caller's callback may block the dedicated thread, even until another future is completed, so
 * threads are added when needed. Confined to the engine's thread, except for {@link
 * #addThreadIfStalled} and shutdown.
 */
final class FutureCompleter {
  /** Maximum number of callbacks that may block at the same time. */
  private static final int MAX_THREADS = 64;

  /** Time for which shutdown waits for a callback before another thread takes over. */
  private static final Duration LAST_WAIT = Duration.ofMillis(50);

  private final ExecutorService own;
  private final BiConsumer<String, Throwable> fault;
  private final IdentityHashMap<Executor, List<Runnable>> waiting = new IdentityHashMap<>();

  /** Completions for the dedicated threads, in order. */
  private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();

  private final AtomicLong completed = new AtomicLong();
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
    Executor where = whose instanceof PendingReceipts awaited ? awaited.executor() : null;
    add(where == null ? own : where, completion);
  }

  private void add(Executor where, Runnable completion) {
    waiting.computeIfAbsent(where, anew -> new ArrayList<>()).add(completion);
  }

  void flush() {
    if (!waiting.isEmpty()) {
      waiting.forEach(this::submitTo);
      waiting.clear();
    }
  }

  /** Completes the futures even if the caller's executor has been shut down. */
  private void submitTo(Executor where, List<Runnable> all) {
    try {
      if (where != own) {
        where.execute(() -> all.forEach(this::complete));
        return;
      }
    } catch (RuntimeException | Error e) {
      // The thread below runs them instead.
    }
    ready.addAll(all);
    own.execute(this::completeReady);
  }

  /** Completes ready futures one by one, so that another thread can take over the rest. */
  private void completeReady() {
    last = Thread.currentThread();
    Runnable one;
    while ((one = ready.poll()) != null) {
      complete(one);
      completed.incrementAndGet();
    }
  }

  /**
   * Adds a thread if futures have been waiting since the last call and none was completed. Called
   * by one thread at regular intervals.
   */
  void addThreadIfStalled() {
    long now = completed.get();
    boolean anyWait = !ready.isEmpty();
    boolean isBlocked = anyWait && anyWaitedBefore && now == completedBefore;
    completedBefore = now;
    anyWaitedBefore = anyWait;
    if (isBlocked && addThread()) {
      fault.accept(
          "callback blocks the thread that completes futures: use thenApplyAsync or"
              + " similar, or pass an executor to publishAll",
          blocked());
    }
  }

  /** Adds a thread that completes futures; returns false if the maximum is reached. */
  private boolean addThread() {
    if (!(own instanceof ThreadPoolExecutor pool) || pool.getCorePoolSize() >= MAX_THREADS) {
      return false;
    }
    int threads = pool.getCorePoolSize() + 1;
    pool.setMaximumPoolSize(threads);
    pool.setCorePoolSize(threads);
    pool.execute(this::completeReady);
    return true;
  }

  /**
   * Completes remaining futures, adding threads if callbacks block. Blocks a few seconds at most.
   */
  void finish() {
    for (int i = 0; i < MAX_THREADS && !ready.isEmpty(); i++) {
      LockSupport.parkNanos(LAST_WAIT.toNanos());
      if (!ready.isEmpty() && !addThread()) {
        return;
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
