package dev.hookferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void argumentsThatTheLocaleCannotHoldAreDamaged() {
    String[] args = {"send", "license_created", "{\"n\":\"Jos\ufffd\ufffd\"}"};

    assertThat(Main.isDamaged(args, StandardCharsets.US_ASCII)).isTrue();
    assertThat(Main.isDamaged(args, StandardCharsets.UTF_8)).as("meant so").isFalse();
    assertThat(Main.isDamaged(new String[] {"send", "a"}, StandardCharsets.US_ASCII)).isFalse();
  }
}
