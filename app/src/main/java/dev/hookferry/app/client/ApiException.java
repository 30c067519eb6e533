package dev.hookferry.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.text.FieldText;
import dev.hookferry.app.text.ProblemLines;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.UnknownName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Signals that the server refused or did not respond; the message lists the problems. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Statuses of client errors whose reasons are clear without the status. */
  private static final Set<Integer> MISTAKES = Set.of(400, 404, 409, 422);

  private final int status;

  /** The server's problem details; null if the message is complete without them. */
  private final transient @Nullable JsonNode problem;

  private final transient @Nullable AbsentResource absent;

  private ApiException(int status, String message) {
    super(message);
    this.status = status;
    problem = null;
    absent = null;
  }

  private ApiException(int status, JsonNode problem, @Nullable AbsentResource absent) {
    super(text(status, problem, ApiException::plain, absent == null ? "" : absent.hint("", "")));
    this.status = status;
    this.problem = problem;
    this.absent = absent;
  }

  /** Returns a failure without a usable response. */
  static ApiException unreachable(String message) {
    return new ApiException(0, message);
  }

  /**
   * Returns a refusal because of a missing or invalid key.
   *
   * @param origin the option or variable with the key; null if none was given
   */
  static ApiException unauthorized(@Nullable String origin) {
    return new ApiException(
        401,
        origin == null
            ? "no API key was given; set HOOKFERRY_KEY or pass --key"
            : "the API key in " + origin + " is invalid or revoked");
  }

  /**
   * Returns a refusal by the server.
   *
   * @param absent the resource that does not exist, if that is the reason
   */
  static ApiException refused(int status, JsonNode problem, Optional<AbsentResource> absent) {
    return new ApiException(status, problem, absent.orElse(null));
  }

  /**
   * Returns the message with its problems rendered by the caller.
   *
   * @param lines returns the text of a problem, whose field may be empty
   * @param nearest returns the closest existing name for the kind and name of a resource that does
   *     not exist; empty if there is none
   * @param site the option that a suggested command needs, preceded by a space; may be empty
   */
  public String text(Function<Problem, String> lines, BinaryOperator<String> nearest, String site) {
    if (problem == null) {
      return String.valueOf(getMessage());
    }
    String hint =
        absent == null ? "" : absent.hint(nearest.apply(absent.kind(), absent.name()), site);
    return text(status, problem, lines, hint);
  }

  /** Returns the message; names the refusal and its status only if the reasons do not suffice. */
  private static String text(
      int status, JsonNode problem, Function<Problem, String> lines, String hint) {
    String reasons = reasons(problem, lines);
    boolean isUnknownPath = status == 404 && hint.isEmpty() && problem.path("errors").isEmpty();
    if (MISTAKES.contains(status) && !reasons.isEmpty() && !isUnknownPath) {
      return reasons + hint;
    }
    String title = problem.path("title").asText("");
    return "the server refused (%d%s)%s%s"
        .formatted(
            status,
            title.isEmpty() ? "" : " " + title,
            reasons.isEmpty() ? "" : ": " + reasons,
            hint);
  }

  /** Returns the HTTP status, or 0 if there was no usable response. */
  public int status() {
    return status;
  }

  /** Returns the individual problems of the request; empty if the server names none. */
  public List<Problem> problems() {
    return problem == null ? List.of() : problems(problem);
  }

  private static List<Problem> problems(JsonNode problem) {
    return StreamSupport.stream(problem.path("errors").spliterator(), false)
        .map(
            error ->
                new Problem(
                    error.path("field").asText(""),
                    error.path("reason").asText(""),
                    UnknownNames.read(error)))
        .toList();
  }

  /** Returns whether the request itself is invalid (400 or 422), so that a retry cannot succeed. */
  public boolean isUsage() {
    return status == 400 || status == 422;
  }

  /**
   * Returns whether a resource named in the request does not exist: in its path, or as the endpoint
   * in every invalid field.
   */
  public boolean isAbsent() {
    if (status == 404) {
      return true;
    }
    List<Problem> problems = problems();
    return isUsage()
        && !problems.isEmpty()
        && problems.stream()
            .map(Problem::unknown)
            .allMatch(name -> name != null && name.kind().equals(UnknownName.ENDPOINT));
  }

  /** Returns the individual errors if there are any; {@code detail} only summarizes them. */
  private static String reasons(JsonNode problem, Function<Problem, String> lines) {
    List<String> errors = problems(problem).stream().map(lines).toList();
    if (errors.isEmpty()) {
      return problem.path("detail").asText("");
    }
    return ProblemLines.of(errors);
  }

  private static String plain(Problem problem) {
    return FieldText.of(problem.field(), problem.reason());
  }
}
