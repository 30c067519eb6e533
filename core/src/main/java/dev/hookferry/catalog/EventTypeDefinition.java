package dev.hookferry.catalog;

import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's entry for an event type of a site.
 *
 * @param description human-readable meaning of its events; empty if none was given
 * @param example the data of a typical event as JSON, or null if there is none
 * @param policy the policy for data that violates the schema
 * @param deprecated whether receivers should no longer rely on it
 * @param archived whether it is kept only for past events; it can still be published
 * @param versions the retained versions of its schema, oldest first; the last one is in force;
 *     empty if it has no schema
 * @param createdAt when it was first described; null if unknown
 * @param changedAt when it was last changed; null for an unchanged built-in type
 */
public record EventTypeDefinition(
    SiteId site,
    EventType type,
    String description,
    @Nullable String example,
    SchemaPolicy policy,
    boolean deprecated,
    boolean archived,
    List<SchemaVersion> versions,
    @Nullable Instant createdAt,
    @Nullable Instant changedAt) {
  public EventTypeDefinition {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(versions, "versions");
    versions = List.copyOf(versions);
  }

  /** Returns the definition of a type that has no entry in the site's catalogue. */
  public static EventTypeDefinition undescribed(SiteId site, EventType type) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    return new EventTypeDefinition(
        site,
        type,
        QlmEventTypes.description(type),
        QlmEventTypes.example(type).orElse(null),
        SchemaPolicy.OFF,
        false,
        false,
        List.of(),
        null,
        null);
  }

  /** Returns the schema in force; empty if it has none. */
  public Optional<SchemaVersion> schema() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** Returns the version of its schema with this number; empty if it is not retained. */
  public Optional<SchemaVersion> version(int number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  /** Returns whether the data of its events is checked. */
  public boolean isChecked() {
    return policy != SchemaPolicy.OFF && !versions.isEmpty();
  }
}
