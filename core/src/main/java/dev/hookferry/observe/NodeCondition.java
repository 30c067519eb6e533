package dev.hookferry.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why this node may not deliver, apart from its receivers.
 *
 * @param deliveryOff why it sends nothing at all, in words; null if it sends
 * @param faults what has failed on its side lately and not worked since, the latest first
 */
public record NodeCondition(@Nullable String deliveryOff, List<OwnFault> faults) {
  public NodeCondition {
    faults = List.copyOf(faults);
  }

  /** Whether it delivers, on the wire: {@code on} or {@code off}. */
  public String deliveryWord() {
    return deliveryOff == null ? "on" : "off";
  }
}
