package dev.hookferry.store.session;

import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Chooses sessions: those that meet every non-null condition. At least one of kind, site and key is
 * given.
 *
 * @param kind their kind
 * @param site their site
 * @param key the API key that they were created with
 * @param id the id of one session
 * @param subject their subject
 * @param aliveAt a time before which they do not expire
 */
public record SessionFilter(
    @Nullable String kind,
    @Nullable SiteId site,
    @Nullable KeyId key,
    @Nullable UUID id,
    @Nullable String subject,
    @Nullable Instant aliveAt) {
  public SessionFilter {
    if (kind == null && site == null && key == null) {
      throw new IllegalArgumentException("kind, site or key must be given");
    }
  }

  /** Returns a filter for all sessions of a kind. */
  public static SessionFilter ofKind(String kind) {
    Objects.requireNonNull(kind, "kind");
    return new SessionFilter(kind, null, null, null, null, null);
  }

  /** Returns a filter for all sessions of a site, of whatever kind. */
  public static SessionFilter ofSite(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new SessionFilter(null, site, null, null, null, null);
  }

  /** Returns a filter for all sessions that were created with a key, of whatever kind. */
  public static SessionFilter ofKey(KeyId key) {
    Objects.requireNonNull(key, "key");
    return new SessionFilter(null, null, key, null, null, null);
  }

  /** Returns a filter for those of a site among these. */
  public SessionFilter site(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new SessionFilter(kind, site, key, id, subject, aliveAt);
  }

  /** Returns a filter for the one with this id among these. */
  public SessionFilter id(UUID id) {
    Objects.requireNonNull(id, "id");
    return new SessionFilter(kind, site, key, id, subject, aliveAt);
  }

  /** Returns a filter for those with this subject among these. */
  public SessionFilter subject(String subject) {
    Objects.requireNonNull(subject, "subject");
    return new SessionFilter(kind, site, key, id, subject, aliveAt);
  }

  /** Returns a filter for those among these that expire after a time. */
  public SessionFilter aliveAt(Instant time) {
    Objects.requireNonNull(time, "time");
    return new SessionFilter(kind, site, key, id, subject, time);
  }

  /** Returns whether a session meets all conditions. */
  public boolean matches(SessionEntry entry) {
    Objects.requireNonNull(entry, "entry");
    return fits(kind, entry.kind())
        && fits(site, entry.site())
        && fits(key, entry.key())
        && fits(id, entry.id())
        && fits(subject, entry.subject())
        && (aliveAt == null || entry.expiresAt().isAfter(aliveAt));
  }

  /**
   * Returns those that meet all conditions, newest first; for stores that have them in memory.
   *
   * @param before only those older than this; all if null
   * @param limit maximum number of sessions
   */
  public List<SessionEntry> newest(Collection<SessionEntry> all, @Nullable UUID before, int limit) {
    Objects.requireNonNull(all, "all");
    return all.stream()
        .filter(this::matches)
        .filter(entry -> before == null || text(entry).compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing(SessionFilter::text).reversed())
        .limit(limit)
        .toList();
  }

  /** Ids are compared as strings, since {@link UUID#compareTo} takes their halves as signed. */
  private static String text(SessionEntry entry) {
    return entry.id().toString();
  }

  private static boolean fits(@Nullable Object wanted, @Nullable Object actual) {
    return wanted == null || wanted.equals(actual);
  }
}
