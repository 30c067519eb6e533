package dev.hookferry.architecture.offence;

import dev.hookferry.architecture.offence.engine.Heart;

/** Stands where the facade is, and may see the engine. */
public final class Facade {
  public final Heart heart = new Heart();
}
