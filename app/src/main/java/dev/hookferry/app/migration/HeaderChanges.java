package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.migration.PlannedEndpoint.State;
import dev.hookferry.site.SettingsByName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Determines which headers of an endpoint must be changed. Masked values cannot be compared, and
 * headers that may have been completed by hand are kept. Names are case-insensitive.
 */
final class HeaderChanges {
  /** The field with the names of the headers whose values are masked. */
  static final String MARKS = "secretHeaders";

  private static final String HEADERS = "headers";

  private final PlannedEndpoint endpoint;
  private final Map<String, JsonNode> existing = anyCase();
  private final Map<String, JsonNode> wanted = anyCase();
  private final Set<String> marks = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private HeaderChanges(PlannedEndpoint endpoint, JsonNode before) {
    this.endpoint = endpoint;
    before.path(HEADERS).properties().forEach(pair -> existing.put(pair.getKey(), pair.getValue()));
    endpoint
        .fields()
        .path(HEADERS)
        .properties()
        .forEach(pair -> wanted.put(pair.getKey(), pair.getValue()));
    before.path(MARKS).forEach(name -> marks.add(name.asText()));
  }

  private static Map<String, JsonNode> anyCase() {
    return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  }

  /**
   * Adds the header changes to those of other fields.
   *
   * @param overwrite whether masked values are written again
   */
  static void add(
      ObjectNode changes, PlannedEndpoint endpoint, JsonNode before, boolean overwrite) {
    HeaderChanges headers = new HeaderChanges(endpoint, before);
    ObjectNode written = JsonNodeFactory.instance.objectNode();
    if (headers.write(written, overwrite)) {
      changes.set(HEADERS, written);
    } else {
      changes.remove(HEADERS);
    }
    headers.mark(changes, written);
  }

  /** Writes all headers that the endpoint should have; returns whether any has changed. */
  private boolean write(ObjectNode written, boolean overwrite) {
    boolean isOther = false;
    for (Map.Entry<String, JsonNode> header : wanted.entrySet()) {
      JsonNode value = existing.get(header.getKey());
      boolean isMasked = value != null && value.asText("").equals(SettingsByName.MASK);
      isOther |= isMasked ? overwrite : !header.getValue().equals(value);
      written.set(header.getKey(), header.getValue());
    }
    for (Map.Entry<String, JsonNode> header : existing.entrySet()) {
      if (!wanted.containsKey(header.getKey())) {
        boolean isKept = isKept(header.getKey());
        if (isKept) {
          written.set(header.getKey(), header.getValue());
        }
        isOther |= !isKept;
      }
    }
    return isOther;
  }

  private boolean isKept(String name) {
    if (endpoint.state() == State.INCOMPLETE || endpoint.headers().kept().contains(name)) {
      return true;
    }
    return endpoint.headers().areCustomKept() && !isRenamed(name);
  }

  /** Returns whether a secret header has probably been renamed in the other system. */
  private boolean isRenamed(String name) {
    return marks.contains(name) && !existing.keySet().containsAll(endpoint.headers().secret());
  }

  /** Keeps secret headers secret, and marks those that the import makes secret. */
  private void mark(ObjectNode changes, ObjectNode written) {
    Set<String> masked = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (Map.Entry<String, JsonNode> header : written.properties()) {
      String name = header.getKey();
      if (marks.contains(name)) {
        marked.add(name);
      }
      if (marks.contains(name) || endpoint.headers().secret().contains(name)) {
        masked.add(name);
      }
    }
    if (!masked.equals(marked)) {
      ArrayNode all = changes.putArray(MARKS);
      masked.forEach(all::add);
    }
  }
}
