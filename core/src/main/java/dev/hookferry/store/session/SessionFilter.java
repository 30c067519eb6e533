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
 * Filter for sessions that meet every non-null condition. At least one of kind, site and key must
 * be set.
 *
 * @param kind the kind of session
 * @param site the site of the session
 * @param key the API key with which the session was created
 * @param id the id of a single session
 * @param subject the subject of the session
 * @param aliveAt a time at which the session has not expired
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

  /** Returns a filter for all sessions of a site, of any kind. */
  public static SessionFilter ofSite(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new SessionFilter(null, site, null, null, null, null);
  }

  /** Returns a filter for all sessions that were created with a key, of any kind. */
  public static SessionFilter ofKey(KeyId key) {
    Objects.requireNonNull(key, "key");
    return new SessionFilter(null, null, key, null, null, null);
  }

  /** Returns a copy that also requires this site. */
  public SessionFilter site(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new SessionFilter(kind, site, key, id, subject, aliveAt);
  }

  /** Returns a copy that also requires this id. */
  public SessionFilter id(UUID id) {
    Objects.requireNonNull(id, "id");
    return new SessionFilter(kind, site, key, id, subject, aliveAt);
  }

  /** Returns a copy that also requires this subject. */
  public SessionFilter subject(String subject) {
    Objects.requireNonNull(subject, "subject");
    return new SessionFilter(kind, site, key, id, subject, aliveAt);
  }

  /** Returns a copy that also requires that the session has not expired at a time. */
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
   * Returns the sessions that meet all conditions, newest first; for stores that keep them in
   * memory.
   *
   * @param before the id that returned sessions must precede, or null for no limit
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

  /**
   * Returns the id as a string for comparison, because {@link UUID#compareTo} treats its halves as
   * signed.
   */
  private static String text(SessionEntry entry) {
    return entry.id().toString();
  }

  private static boolean fits(@Nullable Object required, @Nullable Object actual) {
    return required == null || required.equals(actual);
  }
}
