package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import dev.hookferry.http.console.text.BodyText;
import dev.hookferry.http.console.text.HeaderLine;
import dev.hookferry.transport.SentRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The attempt that a delivery's page shows in full.
 *
 * @param view the attempt
 * @param requestLine the request line; empty if the request is not known
 * @param sent the request's headers
 * @param status the status line of the response; empty if there was none
 * @param received the response's headers
 * @param reply the response's body
 */
public record ChosenAttempt(
    AttemptView view,
    String requestLine,
    List<HeaderLine> sent,
    String status,
    List<HeaderLine> received,
    BodyText reply) {
  static ChosenAttempt of(Attempt attempt, Optional<SentRequest> request, Instant now) {
    AttemptView view = AttemptView.of(attempt, request, now);
    Response response = attempt.outcome().response();
    String head = view.sent() == null ? "" : view.sent().head();
    return new ChosenAttempt(
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
