package dev.hookferry.app.bench.wire;

import java.time.Instant;
import java.time.InstantSource;

/** The current Unix time in microseconds, a clock shared by all processes of a machine. */
public final class Micros {
  private Micros() {}

  public static long of(InstantSource clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}
