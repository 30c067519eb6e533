package dev.hookferry.file;

import dev.hookferry.delivery.Suspicion;
import java.util.List;

/** What was tried with a pending delivery, in one number. */
final class History {
  private static final int ATTEMPT_BITS = 24;
  private static final int MOST_ATTEMPTS = (1 << ATTEMPT_BITS) - 1;
  private static final List<Suspicion> SUSPICIONS = List.of(Suspicion.values());

  private History() {}

  static int packed(int attempts, Suspicion suspicion) {
    return Math.min(attempts, MOST_ATTEMPTS) | SUSPICIONS.indexOf(suspicion) << ATTEMPT_BITS;
  }

  static int attempts(int packed) {
    return packed & MOST_ATTEMPTS;
  }

  static Suspicion suspicion(int packed) {
    return SUSPICIONS.get(packed >>> ATTEMPT_BITS);
  }
}
