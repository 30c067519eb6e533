package dev.hookferry.app.bench;

import java.time.Instant;
import java.time.InstantSource;

/** Microseconds of Unix time: the one clock that all processes of a machine share. */
final class Micros {
  private Micros() {}

  static long of(InstantSource clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}
