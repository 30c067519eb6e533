package dev.hookferry.engine.effect;

import dev.hookferry.observe.Listener;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.commit.Batch;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Side effects requested by the engine. Calls return immediately; results come back as messages.
 */
public interface Effects {
  /**
   * Writes a batch; the result arrives as {@code committed} or {@code commitFailed} with the same
   * number.
   */
  void commit(long number, Batch batch);

  /** Claims work from the store; the result arrives as {@code claimed} or {@code claimFailed}. */
  void claim(long incarnation, ClaimRequest claim);

  /** Makes an attempt; the result arrives as {@code ended}. */
  void send(Sending sending);

  /** Completes a caller's future on a thread that may block. */
  void answer(Runnable completion);

  /** Completes a future on the executor that its caller chose, if any. */
  default void answer(CompletableFuture<?> whose, Runnable completion) {
    answer(completion);
  }

  /** Notifies the listener. */
  void tell(Consumer<Listener> news);
}
