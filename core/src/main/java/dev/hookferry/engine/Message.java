package dev.hookferry.engine;

import java.time.Instant;

/** Something that the engine is told. */
@FunctionalInterface
public interface Message {
  void deliver(Engine engine, Instant now);
}
