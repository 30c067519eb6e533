package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receipts are completed where the caller wants them, and nowhere else unless it refuses. */
class ReceiptExecutorTest {
  private static final List<NewEvent> EVENTS = List.of(NewEvent.of("license_created", "{}"));

  private final Embedded embedded = new Embedded();

  @AfterEach
  void close() {
    embedded.close();
  }

  private CompletableFuture<List<Receipt>> publish(Executor answering) {
    return embedded.webhooks.publishAll(Embedded.SITE, EVENTS, answering);
  }

  @Test
  void completesReceiptsOnTheCallersExecutor() {
    Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    CompletableFuture<List<Receipt>> receipts = publish(tasks::add);
    Poll.until(() -> !tasks.isEmpty());
    assertThat(receipts).isNotDone();

    tasks.remove().run();

    assertThat(receipts).isCompletedWithValueMatching(all -> all.size() == 1);
  }

  @Test
  void completesTheReceiptOfASingleEventThereToo() {
    Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    CompletableFuture<Receipt> receipt =
        embedded.webhooks.publish(Embedded.SITE, EVENTS.get(0), tasks::add);
    Poll.until(() -> !tasks.isEmpty());
    assertThat(receipt).isNotDone();

    tasks.remove().run();

    assertThat(receipt).isCompleted();
  }

  @Test
  void completesThemOnOurThreadIfTheExecutorRejects() throws Exception {
    CompletableFuture<List<Receipt>> receipts =
        publish(
            task -> {
              throw new RejectedExecutionException("injected");
            });

    assertThat(receipts.get()).hasSize(1);
  }
}
