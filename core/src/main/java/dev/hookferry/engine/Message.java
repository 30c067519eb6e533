package dev.hookferry.engine;

import dev.hookferry.engine.effect.Effects;
import dev.hookferry.refusal.OverloadedException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A message to the engine's thread. */
@FunctionalInterface
public interface Message {
  void deliver(Engine engine, Instant now);

  /**
   * Returns a message that also completes the reply, exceptionally, if the engine fails to process
   * this one.
   */
  default Message failing(CompletableFuture<?> reply, Effects effects) {
    return (engine, now) -> {
      try {
        deliver(engine, now);
      } catch (RuntimeException e) {
        RuntimeException failed =
            OverloadedException.soon("the request may or may not have taken effect");
        effects.reply(reply, () -> reply.completeExceptionally(failed));
        throw e;
      }
    };
  }
}
