package dev.hookferry.http.svix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.http.route.RefusalForm;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Refusals in the two forms that Svix SDKs parse: code and detail, or a list of details (422). */
public final class SvixErrors implements RefusalForm {
  private static final String API = "/api/v1/";
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> OURS = List.of("app", "event-type", "health", "auth");

  /** Parts of Svix's API that Hookferry does not support, each with an alternative. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "background-task", "a recovery is a replay, so use GET /api/v1/sites/{site}/replay-jobs",
          "operational-webhook", "subscribe an endpoint to endpoint_failing and similar types",
          "environment", "use hookferry backup and restore",
          "statistics", "use GET /metrics",
          "stats", "use GET /metrics",
          "ingest", "there is no equivalent",
          "streaming", "there is no equivalent",
          "stream", "there is no equivalent",
          "connector", "there is no equivalent");

  private static final Map<Integer, String> CODES =
      Map.of(
          400, "generic_error",
          401, "authentication_failed",
          403, "insufficient access",
          404, "not_found",
          405, "method_not_allowed",
          409, "conflict",
          413, "payload_too_large",
          429, "rate_limited",
          501, "not_implemented",
          503, "unavailable");

  /** Creates the form. */
  public SvixErrors() {}

  /** Returns a refusal with a code and a text. */
  static EarlyReply of(int status, String code, String detail) {
    return new EarlyReply(reply(status, code, detail));
  }

  /** Returns the 404 for a resource that does not exist, or that the caller may not see. */
  static EarlyReply notFound() {
    return of(404, "not_found", "Entity not found");
  }

  /** Returns the 400 for a query parameter that cannot be parsed. */
  static EarlyReply badQuery(String detail) {
    return of(400, "generic_error", detail);
  }

  /** Returns the 501 for a call that Hookferry does not support, with an alternative. */
  static EarlyReply missing(String instead) {
    return of(501, "not_implemented", "Hookferry does not have this call; " + instead);
  }

  /**
   * A problem in a request.
   *
   * @param in its location: body, query or path
   * @param type value_error, or value_error.jsondecode
   */
  record Fault(String in, String field, String message, String type) {
    static Fault of(String in, String field, String message) {
      return new Fault(in, field, message, "value_error");
    }
  }

  /** Returns the 422 for a request with invalid values. */
  static EarlyReply invalid(List<Fault> faults) {
    return new EarlyReply(reply(faults));
  }

  private static HttpReply reply(int status, String code, String detail) {
    return HttpReply.json(status, JsonOutput.values(Map.of("code", code, "detail", detail)));
  }

  private static HttpReply reply(List<Fault> faults) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Fault fault : faults) {
      List<String> place =
          Stream.concat(Stream.of(fault.in()), Stream.of(fault.field().split("\\.", -1)))
              .filter(part -> !part.isEmpty())
              .toList();
      items.add(Map.of("loc", place, "msg", fault.message(), "type", fault.type()));
    }
    return HttpReply.json(422, JsonOutput.values(Map.of("detail", items)));
  }

  @Override
  public boolean covers(String path) {
    String first = first(path);
    return OURS.contains(first) || INSTEAD.containsKey(first);
  }

  /** Returns the path segment after the API version; empty if there is none. */
  private static String first(String path) {
    if (!path.startsWith(API)) {
      return "";
    }
    int slash = path.indexOf('/', API.length());
    return path.substring(API.length(), slash < 0 ? path.length() : slash);
  }

  @Override
  public HttpReply rewritten(String path, HttpReply problem) {
    if (!problem.contentType().equals("application/problem+json")) {
      return problem;
    }
    JsonNode said = parsed(problem.body());
    String instead = INSTEAD.get(first(path));
    HttpReply reply =
        problem.status() == 404 && instead != null
            ? missing(instead).reply()
            : rewritten(problem.status(), said, path.endsWith("/msg"));
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  /** Returns Svix's name of a field: an event's type and data have other names in a message. */
  private static String field(String field, boolean isMessage) {
    return isMessage
        ? field.replaceFirst("^data", "payload").replaceFirst("^type$", "eventType")
        : field;
  }

  private static HttpReply rewritten(int status, JsonNode said, boolean isMessage) {
    List<Fault> faults = new ArrayList<>();
    for (JsonNode error : said.path("errors")) {
      String field = field(error.path("field").asText(), isMessage);
      faults.add(Fault.of("body", field, error.path("reason").asText()));
    }
    return status == 400 && !faults.isEmpty()
        ? reply(faults)
        : reply(status, CODES.getOrDefault(status, "server_error"), said.path("detail").asText());
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("a refusal is not JSON", e);
    }
  }
}
