package dev.hookferry.engine.runtime;

import dev.hookferry.signer.Signer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to mappers and signers, which are third-party code, on separate threads for each. Every
 * call has a time limit, so that one that hangs delays only the endpoints that need it, and only
 * until the limit.
 */
final class ExtensionCalls {
  /** Number of threads for each mapper. */
  private static final int MAPPING = 2;

  private final Map<String, ExecutorService> mappers = new HashMap<>();
  private final Map<String, ExecutorService> signers = new HashMap<>();

  ExtensionCalls(RuntimeParts parts) {
    for (String name : parts.defaults().bodies().mappers()) {
      mappers.put(name, parts.threads().pool("mapper-" + name, MAPPING));
    }
    for (String name : parts.defaults().signers().names()) {
      signers.put(name, parts.threads().pool("signer-" + name, Signer.CALLS));
    }
  }

  /** Receives the result of a call, or its failure; the other one is null. */
  @FunctionalInterface
  interface Reply<T> {
    void accept(@Nullable T result, @Nullable Throwable failure);
  }

  /** Returns the threads of a mapper; null if no mapper has that name. */
  @Nullable ExecutorService mapper(@Nullable String name) {
    return name == null ? null : mappers.get(name);
  }

  /** Returns the threads of a signer; null if no signer has that name. */
  @Nullable ExecutorService signer(@Nullable String name) {
    return name == null ? null : signers.get(name);
  }

  List<ExecutorService> threads() {
    List<ExecutorService> all = new ArrayList<>(mappers.values());
    all.addAll(signers.values());
    return all;
  }

  /**
   * Makes a call. Its time limit starts now, not when a thread picks it up.
   *
   * @param whenDone called once, on any thread; the failure is a {@link TimeoutException} if the
   *     call took too long, and its thread is interrupted then
   */
  static <T> void call(
      ExecutorService threads, Duration limit, Supplier<@Nullable T> call, Reply<T> whenDone) {
    CompletableFuture<@Nullable T> result = new CompletableFuture<>();
    Future<?> task;
    try {
      task =
          threads.submit(
              () -> {
                try {
                  result.complete(call.get());
                } catch (RuntimeException | Error e) {
                  result.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException e) {
      whenDone.accept(null, e);
      return;
    }
    var unused =
        result
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (made, failure) -> {
                  if (failure instanceof TimeoutException) {
                    task.cancel(true);
                  }
                  whenDone.accept(made, failure);
                });
  }
}
