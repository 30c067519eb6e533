package dev.hookferry.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {
  private final Problems problems = new Problems();

  @Test
  void throwsNothingWithoutProblems() {
    problems.require(true, "a", "must be there");
    problems.requireText("a\tb\r\nc é 😀", "b");

    assertThat(problems.isEmpty()).isTrue();
    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void keepsProblemsThroughSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new InvalidException(List.of(new Problem("a", "must be set"))));
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      InvalidException read = (InvalidException) in.readObject();
      assertThat(read.problems()).containsExactly(new Problem("a", "must be set"));
      assertThat(read).hasMessage("a: must be set");
    }
  }

  @Test
  void throwsAllProblemsInTheOrderFound() {
    problems.require(false, "b", "must be set");
    problems.add("", "is odd");
    problems.requireText("a\u0000", "a");

    assertThat(problems.isEmpty()).isFalse();
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting(Problem::field).containsExactly("b", "", "a"))
        .hasMessage(
            "b: must be set; is odd; a: must not contain control characters other than tabs and line breaks");
  }

  @ParameterizedTest
  @CsvSource({
    "events[3], type, events[3].type",
    "events, [3].type, events[3].type",
    "events, '', events",
    "'', type, type",
    "retry, interval, retry.interval"
  })
  void nestsProblemsOfAParserUnderTheField(String outer, String inner, String expected) {
    Object parsed =
        problems.collect(
            outer,
            () -> {
              throw InvalidException.of(inner, "must be better");
            });

    assertThat(parsed).isNull();
    assertThatThrownBy(problems::throwIfAny).hasMessage(expected + ": must be better");
  }

  @Test
  void returnsTheParsedValue() {
    assertThat(problems.collect("n", () -> 7)).isEqualTo(7);
    assertThat(problems.isEmpty()).isTrue();
    assertThatThrownBy(
            () ->
                problems.collect(
                    "n",
                    () -> {
                      throw new ConflictException("not a matter of form");
                    }))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void addressesTheCaller() {
    assertThat(new NotFoundException("endpoint", "ep_1")).hasMessage("there is no endpoint ep_1");
    assertThat(new OverloadedException("full", Duration.ofSeconds(2)).retryAfter())
        .isEqualTo(Duration.ofSeconds(2));
  }

  private static final List<String> KNOWN = List.of("license_created", "customer_created", "port");

  @ParameterizedTest
  @CsvSource({
    "licence_created, license_created",
    "LICENSE_CREATED, license_created",
    "customer_craeted, customer_created",
    "license_create, license_created",
    "prot, port",
    "pot, port",
    "ports, port",
    "something_else, ",
    "'', "
  })
  void findsTheNearestName(String misspelt, String expected) {
    assertThat(Nearest.to(misspelt, KNOWN).orElse(null)).isEqualTo(expected);
    assertThat(Nearest.hint(misspelt, KNOWN))
        .isEqualTo(expected == null ? "" : "; did you mean " + expected + "?");
  }

  @Test
  void findsNothingWithoutCandidates() {
    assertThat(Nearest.to("port", List.of())).isEmpty();
    assertThat(Nearest.to("xort", List.of("port", "xor"))).contains("port");
  }

  @Test
  void findsNothingThatOnlyBeginsWithTheSameHyphens() {
    assertThat(Nearest.to("--since", List.of("--site"))).isEmpty();
    assertThat(Nearest.to("--limti", List.of("--limit"))).contains("--limit");
    assertThat(Nearest.to("retrySchedlue", List.of("retryBackoff"))).isEmpty();
  }
}
