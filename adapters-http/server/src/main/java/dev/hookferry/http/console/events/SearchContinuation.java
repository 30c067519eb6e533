package dev.hookferry.http.console.events;

import dev.hookferry.http.console.frame.Visit;
import org.jspecify.annotations.Nullable;

/**
 * The continuation of a search.
 *
 * @param query the query of the continued search
 * @param label the text of its button
 * @param isMore whether it is known to find more
 * @param isOther whether it looks for something else, and everything requested has been found
 */
public record SearchContinuation(String query, String label, boolean isMore, boolean isOther) {
  /** Returns the continuation of a search in one site; null if nothing is left to search. */
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
