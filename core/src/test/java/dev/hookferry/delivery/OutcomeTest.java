package dev.hookferry.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Payload;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
  private static final Duration TOOK = Duration.ofMillis(7);

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void succeedsWithAny2xx(int status) {
    Outcome outcome = Outcome.responded(answer(status), TOOK);

    assertThat(outcome.isSuccess()).isTrue();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERED);
    assertThat(outcome.statusCode()).isEqualTo(status);
    assertThat(outcome.detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 199, 300, 301, 302, 404, 410, 500, 599})
  void failsWithAnyOtherStatus(int status) {
    Outcome outcome = Outcome.responded(answer(status), TOOK);

    assertThat(outcome.isSuccess()).isFalse();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.HTTP_ERROR);
    assertThat(outcome.detail()).isEqualTo("the receiver responded with " + status);
  }

  private static Response answer(int status) {
    return new Response(status, Payload.empty(), false, null, null);
  }

  @Test
  void failsWithoutAResponse() {
    Outcome outcome = Outcome.failed(OutcomeKind.DNS_ERROR, "no such host", TOOK);

    assertThat(outcome.statusCode()).isZero();
    assertThat(outcome.response()).isNull();
    assertThat(outcome.isSuccess()).isFalse();
  }

  @Test
  void usesUpAnAttemptUnlessTheFaultWasOurs() {
    assertThat(EnumSet.allOf(OutcomeKind.class))
        .filteredOn(kind -> !kind.countsAsAttempt())
        .containsExactly(
            OutcomeKind.RESOLVER_ERROR, OutcomeKind.INTERNAL_ERROR, OutcomeKind.WORKER_DIED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99, 600, -200})
  void refusesAnInvalidStatus(int status) {
    assertThatThrownBy(() -> answer(status)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATooLongBody() {
    Payload tooLong = Payload.wrap(new byte[Response.MAX_BODY + 1]);

    assertThatThrownBy(() -> new Response(200, tooLong, true, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Details and headers hold a receiver's own text; every store must be able to keep it. */
  @Test
  void keepsOnlyTextThatEveryLogCanHold() {
    Outcome outcome = Outcome.failed(OutcomeKind.PROTOCOL_ERROR, "a\u0000b\nc\ud800d 😀 é", TOOK);
    Response response = new Response(200, Payload.empty(), false, "text/\u0001plain", "\udc00");

    assertThat(outcome.detail()).isEqualTo("a\ufffdb\ufffdc\ufffdd 😀 é");
    assertThat(response.contentType()).isEqualTo("text/\ufffdplain");
    assertThat(response.retryAfter()).isEqualTo("\ufffd");
  }

  @Test
  void durationIsTheSumOfItsParts() {
    Timing timing = new Timing(Duration.ofMillis(1), null, null, null, Duration.ofMillis(6), null);

    assertThat(Outcome.responded(answer(200), timing).took()).isEqualTo(TOOK);
    assertThat(Outcome.responded(answer(200), timing).atReceiver()).isEqualTo(Duration.ofMillis(6));
    assertThat(Outcome.responded(answer(200), TOOK).atReceiver()).isEqualTo(TOOK);
    assertThat(Outcome.failed(OutcomeKind.TIMEOUT, "late", timing).took()).isEqualTo(TOOK);
    assertThat(Outcome.failed(OutcomeKind.TIMEOUT, "late", TOOK).timing()).isNull();
    assertThat(Outcome.failed(OutcomeKind.TIMEOUT, "a", timing).redacted(null, "b"))
        .isEqualTo(Outcome.failed(OutcomeKind.TIMEOUT, "b", timing));
    assertThatThrownBy(
            () -> new Outcome(OutcomeKind.TIMEOUT, null, "", TOOK.plusNanos(1_000), timing))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void truncatesBetweenCharacters() {
    String long500 = "x".repeat(499) + "😀😀";
    Outcome outcome = Outcome.failed(OutcomeKind.TIMEOUT, long500, TOOK);

    assertThat(outcome.detail()).isEqualTo("x".repeat(499));
    assertThat(Outcome.failed(OutcomeKind.TIMEOUT, "x".repeat(498) + "😀", TOOK).detail())
        .isEqualTo("x".repeat(498) + "😀");
    assertThat(new Response(200, Payload.empty(), false, "y".repeat(300), null).contentType())
        .isEqualTo("y".repeat(200));
  }
}
