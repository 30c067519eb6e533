package dev.hookferry.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.refusal.UnknownName;
import org.jspecify.annotations.Nullable;

/** Reads the unknown name from a problem of the API, or from one of its errors. */
final class UnknownNames {
  private UnknownNames() {}

  /** Returns the unknown name; null if the problem is not about one. */
  static @Nullable UnknownName read(JsonNode problem) {
    JsonNode unknown = problem.path("unknown");
    return unknown.isObject()
        ? new UnknownName(
            unknown.path("kind").asText(),
            unknown.path("name").asText(),
            unknown.hasNonNull("nearest") ? unknown.path("nearest").asText() : null)
        : null;
  }
}
