package dev.hookferry.engine;

import dev.hookferry.engine.effect.Effects;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Something that the engine is told. */
@FunctionalInterface
public interface Message {
  void deliver(Engine engine, Instant now);

  /** The same message; completes the answer also if the engine fails at it. */
  default Message answering(CompletableFuture<?> answer, Effects effects) {
    return (engine, now) -> {
      try {
        deliver(engine, now);
      } catch (RuntimeException e) {
        RuntimeException failed = EngineState.overloaded("the request may be done or not");
        effects.answer(answer, () -> answer.completeExceptionally(failed));
        throw e;
      }
    };
  }
}
