package dev.hookferry.replay;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that a replay sends; a null filter matches all.
 *
 * @param since created at this time or later
 * @param until created before this time
 * @param endpoint only deliveries to this endpoint
 * @param type only deliveries of this event type
 * @param statuses final states to include, at least one
 */
public record ReplayWindow(
    Instant since,
    Instant until,
    @Nullable EndpointId endpoint,
    @Nullable EventType type,
    Set<DeliveryState> statuses) {
  /** Failed deliveries: the default of every replay. */
  public static final Set<DeliveryState> FAILED =
      checked(Set.of(DeliveryState.EXHAUSTED, DeliveryState.POISONED));

  /** All final states, including delivered. */
  public static final Set<DeliveryState> ENDED =
      checked(
          Set.of(
              DeliveryState.DELIVERED,
              DeliveryState.EXHAUSTED,
              DeliveryState.CANCELLED,
              DeliveryState.POISONED));

  public ReplayWindow {
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(statuses, "statuses");
    if (until.isBefore(since)) {
      throw InvalidException.of("until", "must not be before since");
    }
    statuses = checked(statuses);
  }

  /**
   * Returns the states, in the order of their declaration.
   *
   * @throws InvalidException if there is none, or one that is not final
   */
  public static Set<DeliveryState> checked(Set<DeliveryState> statuses) {
    Objects.requireNonNull(statuses, "statuses");
    if (statuses.isEmpty() || !statuses.stream().allMatch(DeliveryState::isFinal)) {
      throw InvalidException.of(
          "statuses",
          "must name delivered, exhausted, cancelled or poisoned; pending deliveries are sent"
              + " anyway");
    }
    return Collections.unmodifiableSet(EnumSet.copyOf(statuses));
  }

  /** Returns the words of states, separated by commas. */
  public static String codes(Set<DeliveryState> statuses) {
    Objects.requireNonNull(statuses, "statuses");
    return statuses.stream().map(DeliveryState::code).collect(Collectors.joining(","));
  }
}
