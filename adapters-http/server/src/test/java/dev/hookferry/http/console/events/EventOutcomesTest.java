package dev.hookferry.http.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EventType;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts the deliveries of an event for a list. */
class EventOutcomesTest {
  private static final EventType TYPE = new EventType("license_created");

  /** The list once showed a red "given up" for one of 21 as for nine. */
  @Test
  void theWorstStateComesFirstWithItsNumber() {
    Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
    counts.put(DeliveryState.PENDING, 3);
    counts.put(DeliveryState.HELD, 1);
    counts.put(DeliveryState.WAITING, 3);
    counts.put(DeliveryState.DELIVERED, 12);
    counts.put(DeliveryState.EXHAUSTED, 1);
    counts.put(DeliveryState.POISONED, 1);

    EventOutcomes outcomes = EventOutcomes.of(counts, TYPE);

    assertThat(outcomes.parts())
        .extracting(one -> one.counted() + " " + one.pill().word() + ", " + one.pill().tone())
        .containsExactly("2 given up, bad", "7 waiting, wait", "12 delivered, good");
    assertThat(outcomes.all()).isEqualTo("21");
    assertThat(outcomes.states()).contains("3 pending, 1 on hold, 3 waiting its turn");
  }

  @Test
  void oneStateAloneKeepsItsWord() {
    EventOutcomes outcomes = EventOutcomes.of(Map.of(DeliveryState.HELD, 4), TYPE);
    assertThat(outcomes.isUniform()).isTrue();
    assertThat(outcomes.worst().pill().word()).isEqualTo("on hold");
    assertThat(EventOutcomes.of(Map.of(), TYPE).isNone()).isTrue();
  }
}
