package dev.hookferry.engine.effect;

import dev.hookferry.observe.Listener;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.commit.Batch;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What the engine asks the world to do. Calls return at once; answers come back as messages. */
public interface Effects {
  /** Writes a batch; answered by {@code committed} or {@code commitFailed} with the same number. */
  void commit(long number, Batch batch);

  /** Asks the store for work; answered by {@code claimed} or {@code claimFailed}. */
  void claim(long incarnation, ClaimRequest claim);

  /** Makes an attempt; answered by {@code ended}. */
  void send(Sending sending);

  /** Completes somebody's future, on a thread where that may take its time. */
  void answer(Runnable completion);

  /** Completes this future, where whoever waits for it wants that. */
  default void answer(CompletableFuture<?> whose, Runnable completion) {
    answer(completion);
  }

  /** Tells the listener. */
  void tell(Consumer<Listener> news);
}
