package dev.hookferry.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The server did not do what it was asked; the message says why, problem by problem. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The server did not answer. */
  static ApiException unreachable(String message) {
    return new ApiException(0, message);
  }

  /** The server refused. */
  static ApiException refused(int status, JsonNode problem) {
    String title = problem.path("title").asText("");
    StringBuilder text = new StringBuilder("the server refused (" + status);
    text.append(title.isEmpty() ? ")" : " " + title + ")");
    text.append(reasons(problem));
    if (status == 401) {
      text.append("\n  give a key with --key or HOOKFERRY_KEY");
    }
    return new ApiException(status, text.toString());
  }

  /** The HTTP status, or 0 if the server did not answer. */
  public int status() {
    return status;
  }

  /** Whether what was asked for is wrong in itself: it would be refused again. */
  public boolean isUsage() {
    return status == 400 || status == 422;
  }

  /** The detail sums up what the errors say one by one, so it is for where there are none. */
  private static String reasons(JsonNode problem) {
    List<String> errors =
        StreamSupport.stream(problem.path("errors").spliterator(), false)
            .map(ApiException::line)
            .toList();
    if (errors.isEmpty()) {
      String detail = problem.path("detail").asText("");
      return detail.isEmpty() ? "" : ": " + detail;
    }
    return errors.size() == 1 ? ": " + errors.get(0) : ":\n  " + String.join("\n  ", errors);
  }

  private static String line(JsonNode error) {
    String field = error.path("field").asText("");
    return (field.isEmpty() ? "" : field + ": ") + error.path("reason").asText("");
  }
}
