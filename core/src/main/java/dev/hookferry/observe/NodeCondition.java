package dev.hookferry.observe;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Local conditions that keep this node from delivering, independent of receivers.
 *
 * @param deliveryOff why delivery is switched off; null if it is on
 * @param faults recent local faults that have not recovered, latest first
 * @param egresses the configured egresses, without the direct one
 */
public record NodeCondition(
    @Nullable String deliveryOff, List<OwnFault> faults, List<EgressState> egresses) {
  public NodeCondition {
    Objects.requireNonNull(faults, "faults");
    Objects.requireNonNull(egresses, "egresses");
    faults = List.copyOf(faults);
    egresses = List.copyOf(egresses);
  }

  /** Returns {@code on} if this node delivers, otherwise {@code off}. */
  public String deliveryStatus() {
    return deliveryOff == null ? "on" : "off";
  }
}
