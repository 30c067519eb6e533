package dev.hookferry.app.grade;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results of all checks, and the grade. Immutable. */
public record GradeReport(List<CheckResult> results) {
  private static final String PAGE = "docs/receivers.md";
  private static final String INDENT = " ".repeat(11);
  private static final int EXCERPT = 80;

  public GradeReport {
    results = List.copyOf(results);
  }

  /**
   * Returns the grade of the worst failed check. If none failed: A, or B if any is undecided.
   * {@link Grade#NONE} if the valid event is undecided.
   */
  public Grade grade() {
    if (results.get(0).verdict() == CheckVerdict.UNDECIDED) {
      return Grade.NONE;
    }
    Grade grade = count(CheckVerdict.UNDECIDED) == 0 ? Grade.A : Grade.B;
    for (CheckResult result : results) {
      Grade worst = result.check().ifFailed();
      if (result.verdict() == CheckVerdict.FAILED && worst.compareTo(grade) > 0) {
        grade = worst;
      }
    }
    return grade;
  }

  /** Returns the meaning of the grade for this receiver, as a sentence. */
  public String meaning() {
    return switch (grade()) {
      case A -> "It accepts what Hookferry sends, and refuses forged and replayed requests.";
      case B ->
          hasFailed(ReceiverCheck.QUICK_RESPONSE)
              ? "It is correct, but slow enough to time out under load."
              : "No check failed, but some could not be decided.";
      case C -> "It refuses events that Hookferry may send; their deliveries end as exhausted.";
      case D -> "It has no replay protection: it accepts recorded requests.";
      case F ->
          hasFailed(ReceiverCheck.VALID_EVENT)
              ? "It does not accept a valid event."
              : "It accepts events that anyone could have sent.";
      case NONE -> "It did not say whether it accepts a valid event.";
    };
  }

  private boolean hasFailed(ReceiverCheck check) {
    return results.stream()
        .anyMatch(result -> result.check() == check && result.verdict() == CheckVerdict.FAILED);
  }

  /** Returns whether the valid event was accepted and no check failed. */
  public boolean isPassed() {
    return grade() != Grade.NONE && count(CheckVerdict.FAILED) == 0;
  }

  /** Returns the lines that describe a result: one, and three more if the check failed. */
  public static List<String> lines(CheckResult result) {
    List<String> lines = new ArrayList<>();
    boolean failed = result.verdict() == CheckVerdict.FAILED;
    String verdict = failed ? "FAILED" : result.verdict().words();
    String note = result.note();
    String happened = happened(result.outcome());
    String separator = note.isEmpty() || happened.isEmpty() ? "" : "; ";
    lines.add(
        String.format("%-9s  %-16s  ", verdict, result.check().title())
            + happened
            + separator
            + note);
    if (failed) {
      lines.add(INDENT + "why: " + result.check().why());
      lines.add(INDENT + "fix: " + result.check().fix());
      lines.add(INDENT + "see: " + see(result.check()));
    }
    return lines;
  }

  /** Returns the last line of the report, with the grade and the counts. */
  public String summary() {
    return String.format(
        "Grade %s: %s %d passed, %d failed, %d undecided.",
        grade().letter(),
        meaning(),
        count(CheckVerdict.PASSED),
        count(CheckVerdict.FAILED),
        count(CheckVerdict.UNDECIDED));
  }

  /** Returns the report as JSON. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("grade", grade().letter());
    json.put("meaning", meaning());
    ArrayNode checks = json.putArray("checks");
    results.forEach(result -> checks.add(json(result)));
    return json;
  }

  private static ObjectNode json(CheckResult result) {
    Outcome outcome = result.outcome();
    Response response = outcome == null ? null : outcome.response();
    ReceiverCheck check = result.check();
    return JsonNodeFactory.instance
        .objectNode()
        .put("check", check.title())
        .put("expected", check.expected().name().toLowerCase(Locale.ROOT))
        .put("result", result.verdict().words())
        .put("outcome", outcome == null ? null : outcome.kind().code())
        .put("statusCode", response == null ? null : response.status())
        .put("durationMillis", outcome == null ? null : outcome.atReceiver().toMillis())
        .put("response", response == null ? null : response.body().text())
        .put("note", result.note())
        .put("why", check.why())
        .put("fix", check.fix())
        .put("see", see(check));
  }

  private static String see(ReceiverCheck check) {
    return PAGE + ", " + check.section();
  }

  /** Describes how the receiver responded. */
  private static String happened(@Nullable Outcome outcome) {
    if (outcome == null) {
      return "";
    }
    Response response = outcome.response();
    if (response == null) {
      return outcome.kind().code() + ": " + outcome.detail();
    }
    String text = response.body().text().strip().lines().findFirst().orElse("");
    String excerpt = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
    return response.status()
        + " in "
        + outcome.atReceiver().toMillis()
        + " ms"
        + (excerpt.isEmpty() || response.isSuccess() ? "" : ": " + excerpt);
  }

  private long count(CheckVerdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }
}
