package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MiddleCutTest {
  private static final String LONG =
      "http://10.0.0.7:8080/tenants/acme-industries/environments/production/in/0f8fad5b-d9cb";

  @Test
  void hostAndEndStayReadable() {
    assertThat(MiddleCut.parts(LONG))
        .isEqualTo(
            new MiddleCut(
                "10.0.0.7:8080",
                "/tenants/acme-industries/environments/production/in",
                "/0f8fad5b-d9cb"));
    assertThat(MiddleCut.of(LONG))
        .isEqualTo("10.0.0.7:8080/tenants/acme-industries/environ…/0f8fad5b-d9cb")
        .hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void aShortOneIsWhole() {
    assertThat(MiddleCut.of("https://crm.example/hook")).isEqualTo("crm.example/hook");
    assertThat(MiddleCut.of("https://crm.example")).isEqualTo("crm.example");
    assertThat(MiddleCut.parts("https://crm.example/in/7"))
        .isEqualTo(new MiddleCut("crm.example", "", "/in/7"));
  }

  @Test
  void aTextThatIsNoUrlIsLeftAlone() {
    assertThat(MiddleCut.of("a removed endpoint")).isEqualTo("a removed endpoint");
  }
}
