package dev.hookferry.file.audit;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.TimeWindow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query as numbers that can be compared with those in an {@link AuditIndex}. */
final class AuditProbe {
  private static final List<AuditAction> ACTIONS = List.of(AuditAction.values());
  private static final int HASH_BITS = 12;
  private static final int HASH = (1 << HASH_BITS) - 1;
  private static final int SITE = HASH << HASH_BITS;
  private static final int ACTION = 2 * HASH_BITS;
  private static final int SECONDS = 60;

  private final AuditQuery query;
  private final @Nullable Integer target;
  private final int mask;
  private final int expected;
  private final int earliest;
  private final int latest;

  AuditProbe(AuditQuery query) {
    this.query = query;
    String id = query.target();
    target = id == null ? null : target(id);
    mask = (query.site() == null ? 0 : SITE) | (query.key() == null ? 0 : HASH);
    expected = (hash(query.site()) << HASH_BITS | hash(query.key())) & mask;
    TimeWindow at = query.at();
    earliest = at.since() == null ? Integer.MIN_VALUE : minute(at.since());
    latest = at.until() == null ? Integer.MAX_VALUE : minute(at.until());
  }

  /** Returns the indexed form of an entry's target. */
  static int target(String id) {
    return id.hashCode();
  }

  /** Returns the indexed form of an entry's action, site and API key. */
  static int marks(AuditEntry entry) {
    return ACTIONS.indexOf(entry.action()) << ACTION
        | hash(entry.site()) << HASH_BITS
        | hash(entry.actor().key());
  }

  /** Returns the indexed form of an entry's time, clamped to its range. */
  static int minute(Instant at) {
    long minute = Math.floorDiv(at.getEpochSecond(), SECONDS);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, minute));
  }

  private static int hash(@Nullable Object value) {
    int hash = value == null ? 0 : value.hashCode();
    return (hash ^ hash >>> HASH_BITS ^ hash >>> ACTION) & HASH;
  }

  /** Returns false if the query does not match an entry; true if it may. */
  boolean mayMatch(int ofTarget, int marks, int minute) {
    return (target == null || target == ofTarget)
        && (marks & mask) == expected
        && minute >= earliest
        && minute <= latest
        && (query.actions().isEmpty() || query.actions().contains(ACTIONS.get(marks >>> ACTION)));
  }

  /** Returns whether the query matches an entry. */
  boolean matches(AuditEntry entry) {
    return query.matches(entry);
  }

  /** Returns the maximum number of entries on a page. */
  int limit() {
    return query.page().limit();
  }
}
