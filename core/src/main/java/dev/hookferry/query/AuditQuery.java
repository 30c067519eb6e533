package dev.hookferry.query;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log.
 *
 * @param site what was done to this site only, or null for all
 * @param key what was done with this key only, or null for all
 * @param target what was done to this thing only, or null for all
 * @param at when it was done
 * @param page which part; newest first
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

  /** The same, another part. */
  public AuditQuery at(PageRequest part) {
    return new AuditQuery(site, key, target, at, part);
  }

  /** Whether an entry is meant; for stores that look at each. */
  public boolean matches(AuditEntry entry) {
    return (site == null || site.equals(entry.site()))
        && (key == null || key.equals(entry.by().key()))
        && (target == null || target.equals(entry.target()))
        && at.contains(entry.at());
  }
}
