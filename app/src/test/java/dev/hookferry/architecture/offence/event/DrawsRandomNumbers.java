package dev.hookferry.architecture.offence.event;

import java.util.UUID;

/** Chance without a seed. */
public final class DrawsRandomNumbers {
  public UUID id() {
    return UUID.randomUUID();
  }
}
