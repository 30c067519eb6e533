package dev.hookferry.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MasterKeyTest {
  @Test
  void everyFormOfAKeyIsTheSameKey() {
    MasterKey key = MasterKey.generate(new Random(1));
    byte[] bytes = Base64.getDecoder().decode(key.reveal());

    assertThat(bytes).hasSize(32);
    assertThat(key.id()).matches("mk_[0-9a-f]{12}");
    for (String text :
        List.of(
            key.reveal(),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes))) {
      assertThat(MasterKey.parse(text).id()).isEqualTo(key.id());
      assertThat(MasterKey.parse(text).reveal()).isEqualTo(key.reveal());
    }
    assertThat(MasterKey.generate(new Random(2)).id()).isNotEqualTo(key.id());
    assertThat(key.toString()).isEqualTo(key.id());
  }

  @Test
  void anInvalidKeyIsRefusedWithoutBeingShown() {
    for (String text :
        List.of(
            "",
            "correct horse battery staple",
            "c2hvcnQ=",
            "0".repeat(64),
            "A".repeat(43) + "=",
            Base64.getEncoder().encodeToString("a".repeat(32).getBytes()),
            "!" + MasterKey.generate(new Random(1)).reveal())) {
      assertThatThrownBy(() -> MasterKey.parse(text))
          .isInstanceOf(InvalidException.class)
          .satisfies(
              e ->
                  assertThat(text.isEmpty() || !String.valueOf(e.getMessage()).contains(text))
                      .isTrue());
    }
  }
}
