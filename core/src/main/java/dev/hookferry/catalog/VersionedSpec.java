package dev.hookferry.catalog;

import dev.hookferry.internal.argument.NoNulls;
import java.util.Map;
import java.util.Objects;

/**
 * Specification of an event type with all versions of its schema, as retained by another system.
 *
 * @param spec the rest of the specification; its schema and policy are ignored
 * @param schemas JSON Schemas by version number, from 1; empty for none
 */
public record VersionedSpec(EventTypeSpec spec, Map<Integer, String> schemas) {
  public VersionedSpec {
    Objects.requireNonNull(spec, "spec");
    schemas = Map.copyOf(NoNulls.in(schemas, "schemas"));
  }
}
