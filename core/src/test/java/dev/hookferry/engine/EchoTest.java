package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoTest {
  private static final Echo ECHO =
      Echo.of(
          List.of("Bearer tok/en\"1", "Basic dXNlcjpwYXNzd29yZA==", "plain-value", "short"),
          List.of("whsec_secret"));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "got plain-value,             got ***********",
        "Authorization: Bearer tok/en\"1!, Authorization: ***************!",
        "tok/en\"1,                   ********",
        "{\"token\":\"tok/en\\\"1\"}, {\"token\":\"*********\"}",
        "{\"token\":\"tok\\/en\\\"1\"}, {\"token\":\"**********\"}",
        "dXNlcjpwYXNzd29yZA==,        ********************",
        "user:password,               *************",
        "the password,                the ********",
        "whsec_secretwhsec_secret,    ************************",
        "plain-valu,                  plain-valu",
        "short,                       short",
        "plplain-value,               pl***********",
      })
  void coversWhatAnAnswerRepeats(String answer, String kept) {
    Response response = clean(answer, false);

    assertThat(response.body().text()).isEqualTo(kept);
    assertThat(response.contentType()).isEqualTo("text/" + kept);
    assertThat(response.retryAfter()).isEqualTo(kept);
  }

  @Test
  void coversWhatIsCutOffAtTheEnd() {
    assertThat(clean("12345 plain-val", true).body().text()).isEqualTo("12345 *********");
    assertThat(clean("12345 plain-val", false).body().text()).isEqualTo("12345 plain-val");
    assertThat(clean("12345 pla", true).body().text()).isEqualTo("12345 pla");
  }

  @Test
  void leavesTheRestAsItIs() {
    Outcome failed = Outcome.failed(OutcomeKind.TIMEOUT, "plain-value", Duration.ofSeconds(1));
    Outcome innocent = answered("nothing", false);

    assertThat(ECHO.removedFrom(failed)).isSameAs(failed);
    assertThat(ECHO.removedFrom(innocent)).isEqualTo(innocent);
    assertThat(Echo.of(List.of(), List.of()).removedFrom(innocent)).isSameAs(innocent);
  }

  private static Response clean(String answer, boolean truncated) {
    Outcome clean = ECHO.removedFrom(answered(answer, truncated));
    assertThat(clean.took()).isEqualTo(Duration.ofSeconds(1));
    assertThat(clean.statusCode()).isEqualTo(503);
    return Objects.requireNonNull(clean.response());
  }

  private static Outcome answered(String answer, boolean truncated) {
    Response response = new Response(503, Payload.of(answer), truncated, "text/" + answer, answer);
    return Outcome.answered(response, Duration.ofSeconds(1));
  }
}
