package dev.hookferry.http.console.events;

import dev.hookferry.http.console.frame.Visit;
import org.jspecify.annotations.Nullable;

/**
 * The continuation of a search.
 *
 * @param query the query of the continued search
 * @param label the text of its button
 * @param isMore whether it is known to find more
 */
public record SearchContinuation(String query, String label, boolean isMore) {
  /** Returns the continuation of a search in one site; null if nothing is left to search. */
  static @Nullable SearchContinuation of(Visit visit, EventSearch.Result result) {
    String next = result.next();
    if (next == null) {
      return null;
    }
    return result.hasMoreIndexed()
        ? new SearchContinuation(visit.query().queryWith("from", next), "Older events", true)
        : of(visit, next, "Search further back");
  }

  /** Returns a continuation that may find nothing. */
  static SearchContinuation of(Visit visit, String from, String label) {
    return new SearchContinuation(visit.query().queryWith("from", from), label, false);
  }
}
