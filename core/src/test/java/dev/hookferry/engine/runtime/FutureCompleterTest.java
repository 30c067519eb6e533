package dev.hookferry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.engine.intake.PendingReceipts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever waits is answered, where he wants it. */
class FutureCompleterTest {
  private final List<String> faults = new ArrayList<>();
  private final FutureCompleter answering =
      new FutureCompleter(Executors.newFixedThreadPool(1), (what, cause) -> faults.add(what));

  @AfterEach
  void end() {
    var unused = answering.threads().shutdownNow();
  }

  private PendingReceipts add(List<Runnable> where) {
    PendingReceipts one = new PendingReceipts(where::add);
    return add(one);
  }

  private <T extends CompletableFuture<?>> T add(T one) {
    answering.add(one, () -> one.complete(null));
    return one;
  }

  private static void awaitEnd(CompletableFuture<?> one)
      throws ExecutionException, InterruptedException, TimeoutException {
    one.get();
  }

  @Test
  void submitsOneTaskPerExecutor() {
    List<Runnable> tasks = new ArrayList<>();
    Executor place = tasks::add;
    PendingReceipts first = add(new PendingReceipts(place));
    PendingReceipts second = add(new PendingReceipts(place));
    List<Runnable> elsewhere = new ArrayList<>();
    PendingReceipts third = add(elsewhere);

    answering.flush();

    assertThat(tasks).hasSize(1);
    assertThat(elsewhere).hasSize(1);
    assertThat(first).isNotDone();
    tasks.forEach(Runnable::run);
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(third).isNotDone();
  }

  @Test
  void completesNothingTwice() {
    List<Runnable> tasks = new ArrayList<>();
    PendingReceipts one = add(tasks);

    answering.flush();
    answering.flush();

    assertThat(tasks).hasSize(1);
    assertThat(one).isNotDone();
  }

  @Test
  void completesElsewhereIfTheExecutorRejects() throws Exception {
    PendingReceipts rejected =
        add(
            new PendingReceipts(
                task -> {
                  throw new RejectedExecutionException();
                }));
    PendingReceipts failed =
        add(
            new PendingReceipts(
                task -> {
                  throw new OutOfMemoryError("injected");
                }));

    answering.flush();

    awaitEnd(rejected);
    awaitEnd(failed);
  }

  @Test
  void anotherThreadContinuesIfACallbackBlocks() throws Exception {
    CompletableFuture<Void> later = new CompletableFuture<>();
    CompletableFuture<Void> blocked = add(new CompletableFuture<>());
    CompletableFuture<Void> chained = blocked.thenRun(later::join);
    answering.flush();
    answering.add(later, () -> later.complete(null));
    answering.flush();

    answering.addThreadIfStalled();
    answering.addThreadIfStalled();

    awaitEnd(chained);
    assertThat(faults).singleElement().asString().contains("blocks the thread", "thenApplyAsync");
  }

  @Test
  void aCallbackMayWaitForAFutureOfTheSameTurn() throws Exception {
    CompletableFuture<Void> blocked = add(new CompletableFuture<>());
    CompletableFuture<Void> next = add(new CompletableFuture<>());
    CompletableFuture<Void> chained = blocked.thenRun(next::join);
    answering.flush();

    answering.addThreadIfStalled();
    answering.addThreadIfStalled();

    awaitEnd(chained);
  }

  @Test
  void theEndWaitsForNoCallback() throws Exception {
    CompletableFuture<Void> released = new CompletableFuture<>();
    CompletableFuture<Void> blocked = add(new CompletableFuture<>());
    CompletableFuture<Void> chained = blocked.thenRun(released::join);
    CompletableFuture<Void> next = add(new CompletableFuture<>());
    answering.flush();

    answering.finish();
    answering.threads().shutdown();

    awaitEnd(next);
    released.complete(null);
    awaitEnd(chained);
  }

  @Test
  void idleThreadsAreEnough() {
    answering.addThreadIfStalled();
    answering.addThreadIfStalled();

    assertThat(faults).isEmpty();
  }

  @Test
  void continuesAfterACallbackThatThrows() throws Exception {
    answering.add(
        () -> {
          throw new StackOverflowError("injected");
        });
    CompletableFuture<Void> next = add(new CompletableFuture<>());

    answering.flush();

    awaitEnd(next);
    assertThat(faults).containsExactly("completing a reply failed");
  }
}
