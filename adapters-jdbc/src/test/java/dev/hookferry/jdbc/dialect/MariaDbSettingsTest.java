package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Settings of a MariaDB server that do harm. */
final class MariaDbSettingsTest {
  @Test
  void aServerThatTakesNoLargeEventsIsHarmful() {
    assertThat(MariaDbDialect.packet(16_777_216).harm()).isNull();
    assertThat(MariaDbDialect.packet(1_048_576).value()).isEqualTo("1048576");
    assertThat(MariaDbDialect.packet(1_048_576).harm()).contains("set it to 16777216 or more");
  }
}
