package dev.hookferry.http.console.site;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit log that ends where a group of similar entries ends, so that hundreds of them
 * take one row. Groups with fewer than four entries on the page are not completed, and a page has
 * at most 1,000 entries.
 *
 * @param runs similar consecutive entries, newest first; other entries are runs of one
 * @param next where the next page begins, or null on the last
 * @param isCut whether the last run is too long for one page and continues on the next
 */
record GroupedAudit(List<List<AuditEntry>> runs, @Nullable String next, boolean isCut) {
  /** Smallest group; shorter runs are listed individually. */
  private static final int MIN = 4;

  private static final int ROWS = PageRequest.FIRST.limit();
  private static final int MAX = 2 * PageRequest.MAX_LIMIT;

  /** Maximum number of rounds, including the first, to fill a page that grouping shortens. */
  private static final int ROUNDS = 4;

  /** Reads a page with one query, or a few more if entries are grouped. */
  static GroupedAudit of(AuditQuery query, Function<AuditQuery, Page<AuditEntry>> list) {
    List<AuditEntry> all = new ArrayList<>();
    String next = query.page().cursor();
    for (int round = 0; round < ROUNDS; round++) {
      int room = Math.min(ROWS - runs(all).size(), MAX - all.size());
      if (room <= 0 || (round > 0 && next == null)) {
        break;
      }
      Page<AuditEntry> part = list.apply(query.limit(room).after(next));
      all.addAll(part.data());
      next = part.next() == null ? null : untilGroupEnds(all, query.after(part.next()), list);
    }
    boolean isFull = all.size() >= MAX && isGroup(all);
    return new GroupedAudit(
        runs(all), next, isFull && next != null && continuesAfter(all, next, query, list));
  }

  private static boolean continuesAfter(
      List<AuditEntry> all,
      String next,
      AuditQuery query,
      Function<AuditQuery, Page<AuditEntry>> list) {
    List<AuditEntry> ahead = list.apply(query.limit(1).after(next)).data();
    return countAlike(all.get(all.size() - 1), ahead) > 0;
  }

  /** Adds the entries that continue the last group, and returns the cursor of the rest. */
  private static @Nullable String untilGroupEnds(
      List<AuditEntry> all, AuditQuery rest, Function<AuditQuery, Page<AuditEntry>> list) {
    String next = rest.page().cursor();
    while (next != null && isGroup(all) && all.size() < MAX) {
      int limit = Math.min(PageRequest.MAX_LIMIT, MAX - all.size());
      Page<AuditEntry> ahead = list.apply(rest.limit(limit).after(next));
      int alike = countAlike(all.get(all.size() - 1), ahead.data());
      if (alike == 0) {
        return next;
      }
      if (alike < ahead.data().size()) {
        // Only the store can create a cursor, so query a page that ends with the group.
        Page<AuditEntry> part = list.apply(rest.limit(alike).after(next));
        all.addAll(part.data());
        return part.next();
      }
      all.addAll(ahead.data());
      next = ahead.next();
    }
    return next;
  }

  private static int countAlike(AuditEntry last, List<AuditEntry> ahead) {
    int count = 0;
    AuditEntry before = last;
    while (count < ahead.size() && isAlike(before, ahead.get(count))) {
      before = ahead.get(count++);
    }
    return count;
  }

  private static boolean isGroup(List<AuditEntry> all) {
    int first = all.size() - MIN;
    return first >= 0 && countAlike(all.get(first), all.subList(first + 1, all.size())) == MIN - 1;
  }

  private static List<List<AuditEntry>> runs(List<AuditEntry> all) {
    List<List<AuditEntry>> runs = new ArrayList<>();
    int from = 0;
    while (from < all.size()) {
      int length = 1 + countAlike(all.get(from), all.subList(from + 1, all.size()));
      List<AuditEntry> run = all.subList(from, from + length);
      if (length >= MIN) {
        runs.add(run);
      } else {
        run.forEach(one -> runs.add(List.of(one)));
      }
      from += length;
    }
    return runs;
  }

  /**
   * Returns whether action, author and site are equal. Consecutive changes of one target are not
   * alike, because each carries its own information.
   */
  private static boolean isAlike(AuditEntry one, AuditEntry other) {
    boolean isSameChange = !one.changes().isEmpty() && one.target().equals(other.target());
    return !isSameChange
        && one.action() == other.action()
        && one.actor().name().equals(other.actor().name())
        && Objects.equals(one.site(), other.site());
  }
}
