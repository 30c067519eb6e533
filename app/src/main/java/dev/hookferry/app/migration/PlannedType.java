package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event type to be described.
 *
 * @param name its name
 * @param description its human-readable meaning, or null if unknown
 * @param schema the JSON Schema of its data, or null for none
 * @param example an example of its data, or null for none
 * @param deprecated whether receivers should no longer rely on it, or null if unknown
 * @param archived whether it is no longer in use, or null if unknown
 */
public record PlannedType(
    String name,
    @Nullable String description,
    @Nullable JsonNode schema,
    @Nullable JsonNode example,
    @Nullable Boolean deprecated,
    @Nullable Boolean archived) {
  public PlannedType {
    Objects.requireNonNull(name, "name");
  }

  /** Returns a type of which only the name is known. */
  public static PlannedType named(String name) {
    return new PlannedType(name, null, null, null, null, null);
  }
}
