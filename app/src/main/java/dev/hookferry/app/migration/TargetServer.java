package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import java.util.ArrayList;
import java.util.List;

/** The server that an import writes to. In a dry run, nothing is written. */
final class TargetServer {
  private static final int PAGE = 500;
  private static final int CONFLICT = 409;

  private final ApiClient client;
  private final boolean isDryRun;

  TargetServer(ApiClient client, boolean isDryRun) {
    this.client = client;
    this.isDryRun = isDryRun;
  }

  /** Returns whether nothing is written. */
  boolean isDryRun() {
    return isDryRun;
  }

  JsonNode get(Path path) {
    return client.get(path);
  }

  /** Returns all entries of a list. */
  List<JsonNode> all(Path path) {
    List<JsonNode> all = new ArrayList<>();
    Path next = path.with("limit", PAGE);
    while (next != null) {
      JsonNode page = client.get(next);
      page.path("data").forEach(all::add);
      String cursor = page.path("next").asText("");
      next = cursor.isEmpty() ? null : path.with("limit", PAGE).with("cursor", cursor);
    }
    return all;
  }

  void post(Path path, JsonNode body) {
    if (!isDryRun) {
      var unused = client.post(path, body);
    }
  }

  /** Posts even in a dry run, which the caller must exclude; returns the response. */
  JsonNode posted(Path path, JsonNode body) {
    return client.post(path, body);
  }

  void put(Path path, JsonNode body) {
    if (!isDryRun) {
      var unused = client.put(path, body);
    }
  }

  void patch(Path path, JsonNode body) {
    if (!isDryRun) {
      var unused = client.patch(path, body);
    }
  }

  /**
   * Returns whether a failure concerns only the item that was written, so that the rest can
   * continue.
   */
  static boolean isRefusal(ApiException failure) {
    return failure.isUsage() || failure.status() == CONFLICT;
  }
}
