package dev.hookferry.audit;

import dev.hookferry.id.AuditId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change, as the audit log tells it. Holds no secret.
 *
 * @param id its identity
 * @param at when, by the store's clock
 * @param by who
 * @param action what was done
 * @param site the site that it was done to, or null if it concerns them all
 * @param target the id of what was changed
 * @param changes field by field; empty where there is no more to say
 */
public record AuditEntry(
    AuditId id,
    Instant at,
    Actor by,
    AuditAction action,
    @Nullable SiteId site,
    String target,
    List<FieldChange> changes) {
  public AuditEntry {
    changes = List.copyOf(changes);
  }
}
