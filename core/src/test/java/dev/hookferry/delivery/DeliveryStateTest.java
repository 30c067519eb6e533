package dev.hookferry.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryStateTest {
  /** Every cell; a dash is an illegal step. */
  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          FROM,      SUCCEED,   FAIL,    GIVE_UP,   PAUSE, RESUME,  CANCEL,    RETRY,   POISON,   WAIT,    BLOCK,   SKIP
          PENDING,   DELIVERED, PENDING, EXHAUSTED, HELD,  -,       CANCELLED, PENDING, POISONED, WAITING, BLOCKED, -
          HELD,      -,         -,       -,         -,     PENDING, CANCELLED, HELD,    -,        -,       -,       -
          WAITING,   -,         -,       -,         -,     PENDING, CANCELLED, -,       -,        -,       -,       -
          BLOCKED,   -,         -,       -,         -,     -,       CANCELLED, PENDING, -,        -,       -,       EXHAUSTED
          DELIVERED, -,         -,       -,         -,     -,       -,         PENDING, -,        -,       -,       -
          EXHAUSTED, -,         -,       -,         -,     -,       -,         PENDING, -,        -,       -,       -
          CANCELLED, -,         -,       -,         -,     -,       -,         PENDING, -,        -,       -,       -
          POISONED,  -,         -,       -,         -,     -,       -,         PENDING, -,        -,       -,       -
          """)
  void allowsExactlyTheTransitionsOfTheTable(
      DeliveryState from, org.junit.jupiter.params.aggregator.ArgumentsAccessor cells) {
    DeliveryStep[] steps = DeliveryStep.values();
    for (DeliveryStep step : steps) {
      String cell = cells.getString(1 + step.ordinal());
      if (cell.equals("-")) {
        assertThatThrownBy(() -> from.on(step))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("a delivery that is " + from + " cannot " + step);
      } else {
        assertThat(from.on(step)).as(from + " " + step).isEqualTo(DeliveryState.valueOf(cell));
      }
    }
  }

  @Test
  void recognizesFinalStates() {
    assertThat(Stream.of(DeliveryState.values()).filter(DeliveryState::isFinal))
        .containsExactly(
            DeliveryState.DELIVERED,
            DeliveryState.EXHAUSTED,
            DeliveryState.CANCELLED,
            DeliveryState.POISONED);
  }

  @Test
  void readsItsWords() {
    for (DeliveryState state : DeliveryState.values()) {
      assertThat(DeliveryState.fromCode(state.code())).contains(state);
    }
    assertThat(DeliveryState.PENDING.code()).isEqualTo("pending");
    assertThat(DeliveryState.fromCode("PENDING")).isEmpty();
    assertThat(DeliveryState.fromCode("")).isEmpty();
    for (OutcomeKind kind : OutcomeKind.values()) {
      assertThat(OutcomeKind.fromCode(kind.code())).contains(kind);
    }
    assertThat(OutcomeKind.CONNECT_TIMEOUT.code()).isEqualTo("connect_timeout");
    assertThat(OutcomeKind.fromCode("nothing")).isEmpty();
  }
}
