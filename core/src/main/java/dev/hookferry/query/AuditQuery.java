package dev.hookferry.query;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Query for entries of the audit log.
 *
 * @param site only actions on this site; null for all
 * @param key only actions authorised by this API key; null for all
 * @param target only actions on this object; null for all
 * @param at when the action took place
 * @param page the page; newest first
 */
public record AuditQuery(
    @Nullable SiteId site,
    @Nullable KeyId key,
    @Nullable String target,
    TimeWindow at,
    PageRequest page) {
  /** All entries. */
  public static final AuditQuery ALL =
      new AuditQuery(null, null, null, TimeWindow.ALL, PageRequest.FIRST);

  public AuditQuery {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(page, "page");
  }

  /** Returns a copy for another page. */
  public AuditQuery at(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new AuditQuery(site, key, target, at, part);
  }

  /** Returns whether an entry matches; for stores that filter in memory. */
  public boolean matches(AuditEntry entry) {
    Objects.requireNonNull(entry, "entry");
    return (site == null || site.equals(entry.site()))
        && (key == null || key.equals(entry.actor().key()))
        && (target == null || target.equals(entry.target()))
        && at.contains(entry.at());
  }
}
