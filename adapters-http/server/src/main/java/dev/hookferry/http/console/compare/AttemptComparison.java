package dev.hookferry.http.console.compare;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import dev.hookferry.http.console.deliveries.AttemptView;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.text.HeaderLine;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Two attempts of a delivery, the earlier one first.
 *
 * @param words the differences, in sentences
 * @param request the headers of the requests; empty if one of them is unknown
 * @param response the headers of the responses; empty if there was none
 * @param body the difference of the responses' bodies; JSON is compared with line breaks
 */
public record AttemptComparison(
    AttemptView first,
    AttemptView second,
    List<String> words,
    List<HeaderPair> request,
    List<HeaderPair> response,
    LineDiff body) {
  /** An attempt as logged and as shown. */
  record Side(Attempt attempt, AttemptView view) {
    String name() {
      return "attempt " + attempt.number();
    }

    String outcome() {
      return LastAttempts.cause(attempt.outcome());
    }

    List<HeaderLine> sent() {
      AttemptView.Sent sent = view.sent();
      String head = sent == null ? "" : sent.head();
      return HeaderLine.parse(head.substring(Math.max(0, head.indexOf('\n'))));
    }

    boolean hasResponse() {
      return attempt.outcome().response() != null;
    }

    List<HeaderLine> received() {
      return HeaderLine.parse(view.headers().text());
    }

    String body() {
      Response response = attempt.outcome().response();
      return response == null ? "" : PrettyJson.of(response.body());
    }
  }

  static AttemptComparison of(Side first, Side second) {
    boolean areKnown = first.view().sent() != null && second.view().sent() != null;
    List<HeaderPair> request = areKnown ? HeaderPair.of(first.sent(), second.sent()) : List.of();
    List<HeaderPair> response = HeaderPair.of(first.received(), second.received());
    LineDiff body = LineDiff.of(first.body(), second.body());
    List<String> words = new ArrayList<>(outcome(first, second));
    words.addAll(request(first, second, request));
    words.addAll(response(first, second, response, body));
    return new AttemptComparison(
        first.view(), second.view(), List.copyOf(words), request, response, body);
  }

  private static List<String> outcome(Side first, Side second) {
    List<String> words = new ArrayList<>();
    words.add(
        first.outcome().equals(second.outcome())
            ? "Both ended with " + first.outcome() + "."
            : "The outcome changed from " + first.outcome() + " to " + second.outcome() + ".");
    words.add(
        "Attempt "
            + second.attempt().number()
            + " took "
            + DisplayTime.length(second.attempt().outcome().took())
            + ", "
            + first.name()
            + " took "
            + DisplayTime.length(first.attempt().outcome().took())
            + ".");
    return words;
  }

  private static List<String> request(Side first, Side second, List<HeaderPair> headers) {
    List<String> words = new ArrayList<>();
    if (!first.attempt().url().equals(second.attempt().url())) {
      words.add(
          "The URL changed from " + first.attempt().url() + " to " + second.attempt().url() + ".");
    }
    if (!first.view().notes().equals(second.view().notes())) {
      words.add(
          "The egress or the body changed: " + notes(first) + ", then " + notes(second) + ".");
    }
    if (!headers.isEmpty()) {
      words.add(headers("The request", headers));
    }
    return words;
  }

  private static String notes(Side side) {
    List<String> notes = side.view().notes();
    return notes.isEmpty() ? "none" : String.join(", ", notes);
  }

  private static List<String> response(
      Side first, Side second, List<HeaderPair> headers, LineDiff body) {
    if (!first.hasResponse() || !second.hasResponse()) {
      return List.of(first, second).stream()
          .filter(side -> !side.hasResponse())
          .map(side -> "There was no response to " + side.name() + ".")
          .toList();
    }
    return List.of(headers("The response", headers), body(body));
  }

  private static String headers(String message, List<HeaderPair> headers) {
    List<HeaderPair> changes = HeaderPair.changes(headers);
    boolean isSame = headers.stream().noneMatch(HeaderPair::isChange);
    return changes.isEmpty()
        ? message
            + " has the same headers"
            + (isSame ? "." : ", except for those that always differ.")
        : message
            + " differs in "
            + (changes.size() == 1 ? "1 header: " : changes.size() + " headers: ")
            + changes.stream().map(HeaderPair::name).collect(Collectors.joining(", "))
            + ".";
  }

  private static String body(LineDiff body) {
    if (body.isSame()) {
      return "The response body is the same.";
    }
    long removed = body.count(LineDiff.Kind.REMOVED);
    long added = body.count(LineDiff.Kind.ADDED);
    return removed == added
        ? "The response body differs in " + lines(added) + "."
        : "In the response body, "
            + lines(removed)
            + (removed == 1 ? " was removed and " : " were removed and ")
            + lines(added)
            + (added == 1 ? " was added." : " were added.");
  }

  private static String lines(long count) {
    return NumberText.counted(count, "line");
  }

  /** Returns the headers in which the requests differ, without those that always do. */
  public List<HeaderPair> requestChanges() {
    return HeaderPair.changes(request);
  }

  /** Returns the headers in which the responses differ, without those that always do. */
  public List<HeaderPair> responseChanges() {
    return HeaderPair.changes(response);
  }

  /** Returns whether there is a body to compare. */
  public boolean hasBody() {
    return !Objects.requireNonNull(body).lines().isEmpty();
  }
}
