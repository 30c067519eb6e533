package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.BodyText;
import dev.hookferry.http.console.text.HeaderLine;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.transport.SentRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The attempt that a delivery's page shows in full.
 *
 * @param view the attempt
 * @param requestLine the request line; empty if the request is unknown
 * @param sent the request's headers
 * @param status the status line of the response; empty if there was none
 * @param received the response's headers
 * @param reply the response's body
 */
public record SelectedAttempt(
    AttemptView view,
    String requestLine,
    List<HeaderLine> sent,
    String status,
    List<HeaderLine> received,
    BodyText reply) {
  /**
   * An attempt in the list of a delivery's attempts.
   *
   * @param number from 1
   * @param pill the outcome
   * @param code the status of the response, or an empty text
   * @param chosen whether this attempt is shown in full
   */
  public record Line(
      int number,
      String id,
      StatePill pill,
      String code,
      DisplayTime at,
      String took,
      boolean chosen) {
    static Line of(Attempt attempt, Attempt chosen, Instant now) {
      int status = attempt.outcome().statusCode();
      return new Line(
          attempt.number(),
          attempt.id().toString(),
          StatePill.of(attempt.outcome()),
          status == 0 ? "" : Integer.toString(status),
          DisplayTime.of(attempt.startedAt(), now),
          DisplayTime.length(attempt.outcome().took()),
          attempt.equals(chosen));
    }
  }

  static SelectedAttempt of(Attempt attempt, Optional<SentRequest> request, Instant now) {
    AttemptView view = AttemptView.of(attempt, request, now);
    Response response = attempt.outcome().response();
    String head = view.sent() == null ? "" : view.sent().head();
    return new SelectedAttempt(
        view,
        head.lines().findFirst().orElse(""),
        HeaderLine.parse(head.substring(Math.max(0, head.indexOf('\n')))),
        response == null ? "" : "HTTP " + response.status(),
        HeaderLine.parse(view.headers().text()),
        response == null
            ? BodyText.of("", "")
            : BodyText.of(response.body().text(), response.truncated() ? "Cut after 16 KiB." : ""));
  }
}
