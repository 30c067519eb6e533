package dev.hookferry.catalog;

import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.Objects;

/**
 * A stored schema that this process cannot use: it was written by another version, or the process
 * has no JSON Schema compiler. Events of the type are refused under the policy {@code block} and
 * accepted unchecked under {@code warn}.
 *
 * @param problem why the schema cannot be used, for the operator
 */
public record UnusableSchema(SiteId site, EventType type, String problem) {
  public UnusableSchema {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(problem, "problem");
  }
}
