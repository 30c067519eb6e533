package dev.hookferry.architecture.offence.event;

import java.time.Instant;

/** Time that no test can turn. */
public final class ReadsTheClock {
  public Instant when() {
    return Instant.now();
  }
}
