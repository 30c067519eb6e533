package dev.hookferry.file.pending;

import dev.hookferry.delivery.CrashSuspicion;
import java.util.List;

/** Packs the number of attempts and the crash suspicion of a delivery into one number. */
final class DeliveryHistory {
  private static final int ATTEMPT_BITS = 24;
  private static final int MOST_ATTEMPTS = (1 << ATTEMPT_BITS) - 1;
  private static final List<CrashSuspicion> SUSPICIONS = List.of(CrashSuspicion.values());

  private DeliveryHistory() {}

  static int packed(int attempts, CrashSuspicion suspicion) {
    return Math.min(attempts, MOST_ATTEMPTS) | SUSPICIONS.indexOf(suspicion) << ATTEMPT_BITS;
  }

  static int attempts(int packed) {
    return packed & MOST_ATTEMPTS;
  }

  static CrashSuspicion suspicion(int packed) {
    return SUSPICIONS.get(packed >>> ATTEMPT_BITS);
  }
}
