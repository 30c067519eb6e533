package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortenedTextTest {
  private static final String LONG =
      "http://10.0.0.7:8080/tenants/acme-industries/environments/production/in/0f8fad5b-d9cb";

  @Test
  void hostAndEndStayReadable() {
    assertThat(ShortenedText.parts(LONG))
        .isEqualTo(
            new ShortenedText(
                "10.0.0.7:8080",
                "/tenants/acme-industries/environments/production/in",
                "/0f8fad5b-d9cb"));
    assertThat(ShortenedText.of(LONG))
        .isEqualTo("10.0.0.7:8080/tenants/acme-industries/environ…/0f8fad5b-d9cb")
        .hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void aShortOneIsWhole() {
    assertThat(ShortenedText.of("https://crm.example/hook")).isEqualTo("crm.example/hook");
    assertThat(ShortenedText.of("https://crm.example")).isEqualTo("crm.example");
    assertThat(ShortenedText.parts("https://crm.example/in/7"))
        .isEqualTo(new ShortenedText("crm.example", "", "/in/7"));
  }

  @Test
  void nonUrlTextIsUnchanged() {
    assertThat(ShortenedText.of("a removed endpoint")).isEqualTo("a removed endpoint");
  }
}
