package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.refusal.Problem;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds error replies as RFC 9457 problem details, {@code application/problem+json}. */
public final class ProblemJson {
  private static final String TYPE = "application/problem+json";
  private static final int MOST_ERRORS = 100;

  private ProblemJson() {}

  /** Returns an error reply that lists the problems by field, if there are any. */
  public static HttpReply reply(int status, String detail, List<Problem> problems) {
    return HttpReply.of(
        status, TYPE, JsonOutput.bytes(json -> write(json, status, detail, problems, null)));
  }

  /** Returns a 500 with an error id under which the server's log has the cause. */
  public static HttpReply internal(String errorId) {
    String detail = "internal error; the server's log has the cause under this errorId";
    return HttpReply.of(
        500, TYPE, JsonOutput.bytes(json -> write(json, 500, detail, List.of(), errorId)));
  }

  private static void write(
      JsonGenerator json,
      int status,
      String detail,
      List<Problem> problems,
      @Nullable String errorId)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "about:blank");
    json.writeStringField("title", StatusCodes.getReason(status));
    json.writeNumberField("status", status);
    json.writeStringField("detail", detail);
    if (!problems.isEmpty()) {
      List<Problem> shown = problems.subList(0, Math.min(MOST_ERRORS, problems.size()));
      JsonOutput.array(json, "errors", ProblemJson::problem, shown);
    }
    if (errorId != null) {
      json.writeStringField("errorId", errorId);
    }
    json.writeEndObject();
  }

  private static void problem(JsonGenerator json, Problem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("field", problem.field());
    json.writeStringField("reason", problem.reason());
    json.writeEndObject();
  }
}
