package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void isReadAndWrittenAsTheStandardSays() {
    TraceContext context = TraceContext.parse("00-" + TRACE + "-" + SPAN + "-01");
    assertThat(context).isEqualTo(new TraceContext(TRACE, SPAN, true));
    assertThat(context.text()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
    assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-02").text()).endsWith("-00");
  }

  @Test
  void aLaterVersionMayHaveMoreFields() {
    String later = "cc-" + TRACE + "-" + SPAN + "-03-and-more";
    assertThat(TraceContext.find(later)).contains(new TraceContext(TRACE, SPAN, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: y",
      })
  void aMalformedOneIsFoundNotToBeOne(String text) {
    assertThat(TraceContext.find(text)).isEmpty();
    assertThatThrownBy(() -> TraceContext.parse(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("traceparent: must be a traceparent of W3C Trace Context");
  }
}
