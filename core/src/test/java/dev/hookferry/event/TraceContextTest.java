package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  private static String state(String header) {
    return new TraceContext(TRACE, SPAN, true).withState(header).state();
  }

  @Test
  void aStateIsKeptWithoutTheBlanksAroundItsMembers() {
    assertThat(state("congo=t61rcWkgMzE")).isEqualTo("congo=t61rcWkgMzE");
    assertThat(state(" rojo=00f067aa0ba902b7 ,,\tfw529a3039@dt=FfI d ,"))
        .isEqualTo("rojo=00f067aa0ba902b7,fw529a3039@dt=FfI d");
    assertThat(state("")).isEmpty();
    TraceContext with = new TraceContext(TRACE, SPAN, true, "a=b");
    assertThat(with.text()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
    assertThat(with).isNotEqualTo(new TraceContext(TRACE, SPAN, true));
  }

  @Test
  void ofALongStateTheFirstMembersAreKept() {
    String member = "k%02d=" + "v".repeat(46);
    String all =
        IntStream.range(0, 32).mapToObj(member::formatted).collect(Collectors.joining(","));
    assertThat(state(all)).hasSizeLessThanOrEqualTo(512).startsWith("k00=").contains(",k09=");
    assertThat(all).startsWith(state(all) + ",k10=");
    assertThat(state("a=" + "v".repeat(256) + ",b=" + "v".repeat(256) + ",c=d")).hasSize(258);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A=b",
        "=b",
        "a=",
        "a=b=c",
        "a=b,a=c",
        "a=é",
        "a=b\r\nX: y",
        "a b=c",
      })
  void aMalformedStateIsDropped(String header) {
    assertThat(state("ok=1," + header)).isEmpty();
  }

  @Test
  void aStateOfTooManyMembersIsDropped() {
    String all =
        IntStream.range(0, 33).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
    assertThat(state(all)).isEmpty();
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
