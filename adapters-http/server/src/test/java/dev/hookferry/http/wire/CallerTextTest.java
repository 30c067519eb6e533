package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"Zoë", "a-1_.!~", "日本語", "Ω", "e\u0301", "😀"})
  void showsNamesOfAllLanguages(String name) {
    assertThat(CallerText.text(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\n", "\u001b", " ", "\u007f", "\u009b", "\u00a0", "\u00ad", "\u200b", "\u202e",
        "\u2028", "\u2066", "\ufeff", "\ue000", "\ud83d", "\uffff"
      })
  void hidesWhatCouldDeceive(String sign) {
    assertThat(CallerText.text("a" + sign + "b")).isEqualTo("a?b");
  }

  @Test
  void shortensWithoutTearingACharacter() {
    assertThat(CallerText.text("😀".repeat(64))).isEqualTo("😀".repeat(64));
    assertThat(CallerText.text("😀".repeat(65))).isEqualTo("😀".repeat(64) + "…");
  }
}
