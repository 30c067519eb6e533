package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published events are not read through their table, so it is compared with their rules. */
class EventFieldsTest {
  @Test
  void theTableAllowsTheIdsThatEventsMayHave() {
    for (String good : List.of("a", "order-7_B", "x".repeat(128))) {
      assertThat(EventFields.ID.kind().allows(good)).isTrue();
      assertThat(new EventId(good).value()).isEqualTo(good);
    }
    for (String bad : List.of("", "a.b", "é", "a b", "x".repeat(129))) {
      assertThat(EventFields.ID.kind().allows(bad)).isFalse();
      assertThatThrownBy(() -> new EventId(bad)).isInstanceOf(InvalidException.class);
    }
  }

  @Test
  void theTableAllowsTypesOfTheSameLength() {
    String longest = "x".repeat(128);
    assertThat(EventFields.TYPE.kind().allows(longest)).isTrue();
    assertThat(new EventType(longest).name()).isEqualTo(longest);
    assertThat(EventFields.TYPE.kind().allows(longest + "x")).isFalse();
    assertThatThrownBy(() -> new EventType(longest + "x")).isInstanceOf(InvalidException.class);
  }
}
