package dev.hookferry.http.console.deliveries;

import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.http.console.activity.TimeSplit;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.RequestText;
import dev.hookferry.http.console.text.ResponseQuote;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.transport.SentRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All details of one attempt.
 *
 * @param number from 1
 * @param id the attempt's id
 * @param pill the outcome
 * @param at when it was sent
 * @param took duration
 * @param split duration by phase
 * @param error the failure, as described by the transport
 * @param advice what the outcome means
 * @param sent the request, or null if the endpoint was removed
 * @param headers headers of the response
 * @param notes notes on the egress and the body, unless the request was sent directly with the
 *     site's envelope
 * @param responseText status and body of the response as text; empty if there was none
 */
public record AttemptView(
    int number,
    String id,
    StatePill pill,
    DisplayTime at,
    String took,
    TimeSplit split,
    String error,
    Advice advice,
    @Nullable Sent sent,
    Headers headers,
    List<String> notes,
    String responseText) {
  /** Outcomes of attempts that ended before the request was written. */
  private static final Set<OutcomeKind> UNSENT =
      EnumSet.of(
          OutcomeKind.CONNECT_TIMEOUT,
          OutcomeKind.CONNECT_ERROR,
          OutcomeKind.DNS_ERROR,
          OutcomeKind.TLS_ERROR,
          OutcomeKind.BLOCKED_ADDRESS,
          OutcomeKind.NOT_ROUTABLE,
          OutcomeKind.AUTH_FAILED,
          OutcomeKind.SIGNING_FAILED,
          OutcomeKind.BODY_FAILED,
          OutcomeKind.RESOLVER_ERROR);

  /**
   * The meaning of an outcome.
   *
   * @param text what the outcome means and what to do
   * @param quote the receiver's text about the failure; empty if unknown
   */
  public record Advice(String text, String quote) {}

  /**
   * The request.
   *
   * @param head the request line and the headers
   * @param curl the request as a command
   * @param signatures how each signature was computed
   * @param headers the headers, one per line, for Verify
   * @param body the body, for Verify
   */
  public record Sent(
      String head, String curl, List<String> signatures, String headers, String body) {}

  /**
   * The headers of a response.
   *
   * @param title the title, with the number of headers
   * @param text the headers, one per line; empty if none are known
   */
  public record Headers(String title, String text) {}

  /**
   * Returns the view of a test. A test that failed before anything could be sent has no request.
   *
   * @param made the request as it was sent
   */
  public static AttemptView ofTest(Attempt attempt, Optional<SentRequest> made, Instant now) {
    boolean isUnsent = UNSENT.contains(attempt.outcome().kind());
    return of(attempt, isUnsent ? Optional.empty() : made, now);
  }

  public static AttemptView of(Attempt attempt, Optional<SentRequest> sent, Instant now) {
    Response response = attempt.outcome().response();
    return new AttemptView(
        attempt.number(),
        attempt.id().toString(),
        StatePill.of(attempt.outcome()),
        DisplayTime.of(attempt.startedAt(), now),
        DisplayTime.length(attempt.outcome().took()),
        TimeSplit.of(attempt.outcome().timing()),
        attempt.outcome().detail(),
        new Advice(OutcomeAdvice.of(attempt.outcome()), ResponseQuote.ofFailure(List.of(attempt))),
        sent.map(AttemptView::sent).orElse(null),
        headers(response),
        notes(attempt.outcome().timing(), attempt.body()),
        responseText(response));
  }

  /** Returns whether the receiver responded. The signature can be at fault only if it did. */
  public boolean hasResponse() {
    return !responseText.isEmpty();
  }

  private static List<String> notes(@Nullable Timing timing, @Nullable BodyVersion body) {
    List<String> notes = new ArrayList<>();
    if (timing != null && timing.egress() != null) {
      notes.add("Egress: " + timing.egress());
    }
    if (body != null) {
      notes.add("Body: " + body.format() + ", version " + body.version());
    }
    return notes;
  }

  private static Sent sent(SentRequest request) {
    return new Sent(
        RequestText.head(request),
        RequestText.curl(request),
        RequestText.signatures(request),
        RequestText.headers(request),
        request.body().text());
  }

  private static Headers headers(@Nullable Response response) {
    if (response == null) {
      return new Headers("", "");
    }
    ResponseHeaders all = response.headers();
    if (all.isEmpty()) {
      return new Headers("Known headers", known(response));
    }
    int count = all.list().size();
    String title = count == 1 ? "1 header" : count + " headers";
    return new Headers(title, all.isCut() ? all.text() + "\n… (cut after 4 KiB)" : all.text());
  }

  /** Returns the known headers of an attempt from a log without full headers. */
  private static String known(Response response) {
    List<String> lines = new ArrayList<>();
    if (response.contentType() != null) {
      lines.add("Content-Type: " + response.contentType());
    }
    if (response.retryAfter() != null) {
      lines.add("Retry-After: " + response.retryAfter());
    }
    return String.join("\n", lines);
  }

  private static String responseText(@Nullable Response response) {
    if (response == null) {
      return "";
    }
    List<String> lines = new ArrayList<>(List.of("HTTP " + response.status()));
    if (response.body().size() > 0) {
      lines.add("");
      lines.add(response.body().text());
    }
    if (response.truncated()) {
      lines.add("… (cut after 16 KiB)");
    }
    return String.join("\n", lines);
  }
}
