package dev.hookferry.query;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.argument.NoNulls;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query for entries of the audit log, newest first: {@code AuditQuery.ALL.site(site).limit(100)}.
 * Immutable; each method returns a copy.
 */
public final class AuditQuery {
  /** The newest 50 entries. */
  public static final AuditQuery ALL =
      new AuditQuery(null, null, null, Set.of(), TimeWindow.ALL, PageRequest.FIRST);

  private final @Nullable SiteId site;
  private final @Nullable KeyId key;
  private final @Nullable String target;
  private final Set<AuditAction> actions;
  private final TimeWindow at;
  private final PageRequest page;

  private AuditQuery(
      @Nullable SiteId site,
      @Nullable KeyId key,
      @Nullable String target,
      Set<AuditAction> actions,
      TimeWindow at,
      PageRequest page) {
    this.site = site;
    this.key = key;
    this.target = target;
    this.actions = actions;
    this.at = at;
    this.page = page;
  }

  /** Returns a copy for actions on this site; null for all sites and the server itself. */
  public AuditQuery site(@Nullable SiteId only) {
    return new AuditQuery(only, key, target, actions, at, page);
  }

  /** Returns a copy for actions authorized by this API key; null for all actions. */
  public AuditQuery key(@Nullable KeyId only) {
    return new AuditQuery(site, only, target, actions, at, page);
  }

  /** Returns a copy for actions on the object with this id; null for all objects. */
  public AuditQuery target(@Nullable String only) {
    return new AuditQuery(site, key, only, actions, at, page);
  }

  /** Returns a copy for actions of these kinds; an empty set for any kind. */
  public AuditQuery actions(Set<AuditAction> any) {
    NoNulls.in(any, "any");
    return new AuditQuery(site, key, target, Set.copyOf(any), at, page);
  }

  /** Returns a copy for actions that took place in this time window. */
  public AuditQuery at(TimeWindow when) {
    Objects.requireNonNull(when, "when");
    return new AuditQuery(site, key, target, actions, when, page);
  }

  /** Returns a copy for this page. */
  public AuditQuery page(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new AuditQuery(site, key, target, actions, at, part);
  }

  /**
   * Returns a copy for pages of this size: 1 to 500 entries.
   *
   * @throws dev.hookferry.refusal.InvalidException if the size is out of bounds
   */
  public AuditQuery limit(int max) {
    return page(PageRequest.of(max).after(page.cursor()));
  }

  /** Returns a copy for the page at a cursor: {@link Page#next}, or null for the first page. */
  public AuditQuery after(@Nullable String next) {
    return page(page.after(next));
  }

  /** Returns the site, or null for all. */
  public @Nullable SiteId site() {
    return site;
  }

  /** Returns the API key that authorized the actions, or null for all. */
  public @Nullable KeyId key() {
    return key;
  }

  /** Returns the id of the object, or null for all. */
  public @Nullable String target() {
    return target;
  }

  /** Returns the kinds of action; empty for all. */
  public Set<AuditAction> actions() {
    return actions;
  }

  /** Returns the time window in which the actions took place. */
  public TimeWindow at() {
    return at;
  }

  /** Returns the page to fetch. */
  public PageRequest page() {
    return page;
  }

  /** Returns whether an entry matches this query; for stores that filter in memory. */
  public boolean matches(AuditEntry entry) {
    Objects.requireNonNull(entry, "entry");
    return (site == null || site.equals(entry.site()))
        && (key == null || key.equals(entry.actor().key()))
        && (target == null || target.equals(entry.target()))
        && (actions.isEmpty() || actions.contains(entry.action()))
        && at.contains(entry.at());
  }
}
