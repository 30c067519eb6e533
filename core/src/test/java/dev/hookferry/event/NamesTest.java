package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.IdSource;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that name events, types and filters. */
class NamesTest {
  private static final String LONGEST = "x".repeat(128);

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-b_9", "-", "_", "0", "evt_01"})
  void acceptsAnId(String text) {
    assertThat(new EventId(text)).hasToString(text);
    assertThat(new EventId(LONGEST)).hasToString(LONGEST);
  }

  /** A dot would let what is signed be cut in another place. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "a\n", "é", "a/b", "a:b", "a+b", "%61"})
  void refusesAnInvalidId(String text) {
    assertThatThrownBy(() -> new EventId(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("id: must be");
    assertThatThrownBy(() -> new EventId(LONGEST + "x")).isInstanceOf(InvalidException.class);
  }

  @Test
  void createsIdsWithAPrefix() {
    assertThat(EventId.of(new UUID(0, 1))).hasToString("evt_" + "0".repeat(25) + "1");
  }

  @Test
  void readsTheCreationTimeOfAnId() {
    Instant now = Instant.parse("2026-11-25T12:00:00.123Z");
    EventId made = EventId.of(new IdSource(new Random(1)).next(now));

    assertThat(made.createdAt()).contains(now);
    assertThat(new EventId(made.value() + "0").createdAt()).isEmpty();
    assertThat(new EventId(made.value().toUpperCase(Locale.ROOT)).createdAt()).isEmpty();
    assertThat(new EventId("order-17").createdAt()).isEmpty();
    assertThat(EventId.of(new UUID(0x4000, 1)).createdAt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"license_created", "a", "A.b-C_9", "x-1", "0", "_"})
  void acceptsAType(String text) {
    assertThat(new EventType(text)).hasToString(text);
    assertThat(new EventType(LONGEST)).hasToString(LONGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".a", "a.", "a..b", "a.-b", "-a", "a-", "a b", "a*", "*", "é", "a\n", "\"a"})
  void refusesAnInvalidType(String text) {
    assertThatThrownBy(() -> new EventType(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("type: must be");
    assertThatThrownBy(() -> new EventType(LONGEST + "x")).isInstanceOf(InvalidException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "license_created, license_created, true",
    "license_created, license_created_2, false",
    "license_created, License_created, false",
    "license_created, licenseXcreated, false",
    "license_*, license_created, true",
    "license_*, license_, true",
    "license_*, license, false",
    "license_*, xlicense_a, false",
    "order.*, order.paid, true",
    "order.*, orderXpaid, false",
    "*, anything, true"
  })
  void matchesTypes(String pattern, String type, boolean expected) {
    assertThat(new EventTypeFilter(pattern).matches(new EventType(type))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "**", "a*b", "*a", "a b", "a..b", "a..*", ".a", "a.", "-*", "é*", "a*\n", "?"})
  void refusesAnInvalidFilter(String pattern) {
    assertThatThrownBy(() -> new EventTypeFilter(pattern))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("eventTypes: must be an event type, a prefix");
    assertThatThrownBy(() -> new EventTypeFilter(LONGEST + "x*"))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void recognizesAnExactFilter() {
    assertThat(EventTypeFilter.of(EventType.TEST).isExact()).isTrue();
    assertThat(EventTypeFilter.of(EventType.TEST)).isEqualTo(new EventTypeFilter("test"));
    assertThat(new EventTypeFilter("test*").isExact()).isFalse();
    assertThat(new EventTypeFilter(LONGEST + "*")).hasToString(LONGEST + "*");
  }
}
