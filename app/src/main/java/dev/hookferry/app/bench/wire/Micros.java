package dev.hookferry.app.bench.wire;

import java.time.Instant;
import java.time.InstantSource;

/** Microseconds of Unix time: the one clock that all processes of a machine share. */
public final class Micros {
  private Micros() {}

  public static long of(InstantSource clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}
