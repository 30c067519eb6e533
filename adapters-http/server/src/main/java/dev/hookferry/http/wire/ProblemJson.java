package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.UnknownName;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds error replies as RFC 9457 problem details, {@code application/problem+json}. */
public final class ProblemJson {
  private static final String TYPE = "application/problem+json";
  private static final int MAX_ERRORS = 100;

  private ProblemJson() {}

  /** Returns an error reply that lists the problems by field, if there are any. */
  public static HttpReply reply(int status, String detail, List<Problem> problems) {
    return HttpReply.of(
        status, TYPE, JsonOutput.bytes(json -> write(json, status, detail, problems, null)));
  }

  /** Returns a 404 with the name that was not found. */
  public static HttpReply absent(String detail, UnknownName unknown) {
    return HttpReply.of(
        404,
        TYPE,
        JsonOutput.bytes(
            json -> {
              json.writeStartObject();
              begin(json, 404, detail);
              unknown(json, unknown);
              json.writeEndObject();
            }));
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
    begin(json, status, detail);
    if (!problems.isEmpty()) {
      List<Problem> shown = problems.subList(0, Math.min(MAX_ERRORS, problems.size()));
      JsonOutput.array(json, "errors", ProblemJson::problem, shown);
    }
    if (errorId != null) {
      json.writeStringField("errorId", errorId);
    }
    json.writeEndObject();
  }

  private static void begin(JsonGenerator json, int status, String detail) throws IOException {
    json.writeStringField("type", "about:blank");
    json.writeStringField("title", StatusCodes.getReason(status));
    json.writeNumberField("status", status);
    json.writeStringField("detail", detail);
  }

  private static void unknown(JsonGenerator json, UnknownName unknown) throws IOException {
    json.writeObjectFieldStart("unknown");
    json.writeStringField("kind", unknown.kind());
    json.writeStringField("name", unknown.name());
    if (unknown.nearest() != null) {
      json.writeStringField("nearest", unknown.nearest());
    }
    json.writeEndObject();
  }

  private static void problem(JsonGenerator json, Problem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("field", problem.field());
    json.writeStringField("reason", problem.reason());
    if (problem.unknown() != null) {
      unknown(json, problem.unknown());
    }
    json.writeEndObject();
  }
}
