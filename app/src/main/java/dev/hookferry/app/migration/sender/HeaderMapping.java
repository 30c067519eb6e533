package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.migration.PlannedEndpoint.HeaderHandling;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.refusal.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Collects the headers of an endpoint as it is read. Not thread-safe. */
final class HeaderMapping {
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Set<String> kept = new HashSet<>();
  private final Set<String> secret = new HashSet<>();
  private boolean areCustomKept;

  /**
   * Adds a header if it is allowed, else keeps one added by hand; returns whether it is allowed.
   */
  boolean add(String name, String value) {
    Problems problems = new Problems();
    HeaderRules.check(problems, "headers", Map.of(name, value));
    if (problems.isEmpty()) {
      headers.put(name, value);
    } else {
      kept.add(name);
    }
    return problems.isEmpty();
  }

  /** Returns whether a header may have this name. */
  static boolean isAllowed(String name) {
    Problems problems = new Problems();
    HeaderRules.check(problems, "headers", Map.of(name, ""));
    return problems.isEmpty();
  }

  /** Masks the value of a header, if it was added. */
  void mask(String name) {
    if (headers.containsKey(name)) {
      secret.add(name);
    }
  }

  /** Makes updates keep the present value of a header. */
  void keep(String name) {
    kept.add(name);
  }

  /** Makes updates keep headers that have no counterpart in the other system. */
  void keepCustom() {
    areCustomKept = true;
  }

  void addTo(ObjectNode json) {
    headers.forEach(json::put);
  }

  HeaderHandling handling() {
    return new HeaderHandling(kept, secret, areCustomKept);
  }
}
