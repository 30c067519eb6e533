package dev.hookferry.http.console.events;

import dev.hookferry.http.console.frame.Visit;
import org.jspecify.annotations.Nullable;

/**
 * The continuation of a search.
 *
 * @param query the query of the continued search
 * @param label the text of its button
 * @param isMore whether it is certain to find more
 * @param isOther whether everything requested has been found, so the continuation looks for
 *     something else
 */
public record SearchContinuation(String query, String label, boolean isMore, boolean isOther) {
  /** Returns the continuation of a search in one site, or null if nothing is left to search. */
  static @Nullable SearchContinuation of(Visit visit, EventSearch.Result result) {
    String next = result.next();
    if (next == null) {
      EventSearch.Lookup lookup = result.lookup();
      return lookup == null || lookup.isNamed()
          ? null
          : new SearchContinuation(
              visit.query().queryWith("from", EventSearch.PAYLOADS),
              "Search all payloads",
              false,
              true);
    }
    return result.hasMoreIndexed()
        ? new SearchContinuation(visit.query().queryWith("from", next), "Older events", true, false)
        : of(visit, next, "Search further back");
  }

  /** Returns a continuation that may find nothing. */
  static SearchContinuation of(Visit visit, String from, String label) {
    return new SearchContinuation(visit.query().queryWith("from", from), label, false, false);
  }
}
