package dev.hookferry.file.pending;

import dev.hookferry.delivery.CrashSuspicion;
import java.util.List;

/**
 * Packs the number of attempts and the crash suspicion of a delivery into one number, with a mark
 * for parked deliveries, which wait for their turn or are blocked.
 */
final class DeliveryHistory {
  private static final int ATTEMPT_BITS = 24;
  private static final int MAX_ATTEMPTS = (1 << ATTEMPT_BITS) - 1;
  private static final int PARKED = 1 << 30;
  private static final List<CrashSuspicion> SUSPICIONS = List.of(CrashSuspicion.values());

  private DeliveryHistory() {}

  static int packed(int attempts, CrashSuspicion suspicion) {
    return Math.min(attempts, MAX_ATTEMPTS) | SUSPICIONS.indexOf(suspicion) << ATTEMPT_BITS;
  }

  static int attempts(int packed) {
    return packed & MAX_ATTEMPTS;
  }

  static CrashSuspicion suspicion(int packed) {
    return SUSPICIONS.get((packed & ~PARKED) >>> ATTEMPT_BITS);
  }

  static boolean isParked(int packed) {
    return (packed & PARKED) != 0;
  }

  static int parked(int packed, boolean parked) {
    return parked ? packed | PARKED : packed & ~PARKED;
  }
}
