package dev.hookferry.audit;

import dev.hookferry.id.AuditId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log. Contains no secrets.
 *
 * @param id unique id
 * @param at time of the action, by the store's clock
 * @param actor the originator
 * @param action the action
 * @param site the affected site, or null if it concerns all sites
 * @param target the id of the affected object
 * @param changes one per changed field; empty if the action has no details
 */
public record AuditEntry(
    AuditId id,
    Instant at,
    Actor actor,
    AuditAction action,
    @Nullable SiteId site,
    String target,
    List<FieldChange> changes) {
  public AuditEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(changes, "changes");
    changes = List.copyOf(changes);
  }
}
