package dev.hookferry.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundsTextTest {
  private static final FieldTable PART =
      FieldTable.of(
          "Part",
          FieldSpec.of("name", FieldKind.text(), "A name."),
          FieldSpec.of("value", FieldKind.text(), "A value."));

  @Test
  void listDescribesItsElements() {
    GroupKind<FieldValues> part = FieldKind.group(PART, values -> values);
    assertThat(FieldKind.list(FieldKind.text()).rule()).isEqualTo("must be a list");
    assertThat(FieldKind.list(FieldKind.choice("a", "b"), 1, 2).rule())
        .isEqualTo("must be a list of 1 to 2 of a or b");
    assertThat(FieldKind.list(part, 0, 3).rule())
        .isEqualTo("must be a list of at most 3 of objects with name, value");
    assertThat(FieldKind.list(part).bounds()).isEqualTo("a list of objects with name, value");
  }

  @Test
  void mapDescribesItsValues() {
    assertThat(FieldKind.map(FieldKind.text(), 50).rule())
        .isEqualTo("must be at most 50 names with values");
    assertThat(FieldKind.map(FieldKind.count(), Integer.MAX_VALUE).bounds())
        .isEqualTo("names with numbers");
  }

  @Test
  void anElementOutOfBoundsMakesItsListOrMapInvalid() {
    ListKind<Integer> few = FieldKind.list(FieldKind.integer(1, 9), 1, 2);
    assertThat(few.allows(List.of(1, 9))).isTrue();
    assertThat(few.allows(List.of(10))).isFalse();
    assertThat(few.allows(List.of())).isFalse();
    assertThat(few.allows(List.of(1, 2, 3))).isFalse();
    MapKind<Integer> one = FieldKind.map(FieldKind.integer(1, 9), 1);
    assertThat(one.allows(Map.of("a", 9))).isTrue();
    assertThat(one.allows(Map.of("a", 10))).isFalse();
    assertThat(one.allows(Map.of("a", 1, "b", 2))).isFalse();
  }
}
