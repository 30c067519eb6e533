package dev.hookferry.http.console.events;

import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import java.time.Instant;

/**
 * Explanation, in sentences, of how much a search in one site has read, and what follows if it
 * found nothing.
 *
 * @param isFiltered whether the search has read only events that match filters
 */
record SearchSummary(EventSearch.Result result, boolean isFiltered, Visit visit) {
  /**
   * Returns the title if nothing was found.
   *
   * @param site the name of the site
   */
  String heading(String asked, String site) {
    if (result.next() != null) {
      return "Not found so far";
    }
    if (isContinued()) {
      return result.read() == 0 ? "Nothing found further back" : "Not found in the payloads";
    }
    EventSearch.Lookup lookup = result.lookup();
    return lookup != null && isWhole(lookup)
        ? "No event with " + lookup.names() + " " + lookup.value() + " in " + site
        : "Nothing found for “" + asked + "” in " + site;
  }

  /** Returns whether all events were searched by one field that the user has named. */
  private static boolean isWhole(EventSearch.Lookup lookup) {
    return lookup.isNamed() && lookup.fields().size() == 1 && lookup.missedBefore() == null;
  }

  /**
   * Returns the conclusion if nothing was found. It claims nothing about events and fields that the
   * search did not read.
   */
  String absent(String asked) {
    if (asked.isEmpty() || !result.hits().isEmpty()) {
      return "";
    }
    String which = which();
    if (isContinued()) {
      return result.next() == null
          ? "No older event" + which + " contains this text anywhere in its payload."
          : "Even older events have not been searched for this text yet.";
    }
    EventSearch.Lookup lookup = result.lookup();
    if (lookup != null && lookup.isNamed()) {
      return absent(lookup);
    }
    String ids = ids(asked);
    if (lookup != null) {
      return ids + absent(lookup);
    }
    if (asked.length() < EventSearch.MIN_TEXT_LENGTH) {
      return ids + "A search text needs at least three characters.";
    }
    return result.next() == null
        ? ids + "No retained event" + which + " contains this text anywhere in its payload."
        : ids + "Older events have not been searched for this text yet.";
  }

  /** Returns a sentence about ids and keys; empty for several words, which are neither. */
  private String ids(String asked) {
    if (asked.contains(" ")) {
      return "";
    }
    return isFiltered
        ? "No event" + which() + " has this id, idempotency key or delivery. "
        : "No event has this id or idempotency key, and no delivery has this id. ";
  }

  private boolean isContinued() {
    String from = visit.query().text("from");
    return !from.isEmpty() && !from.equals(EventSearch.PAYLOADS);
  }

  private String which() {
    return isFiltered ? " that matches the filters" : "";
  }

  private String absent(EventSearch.Lookup lookup) {
    if (isWhole(lookup) && !isFiltered) {
      return "The whole value must be the same.";
    }
    String which = which();
    Instant missed = lookup.missedBefore();
    return missed == null
        ? "No retained event" + which + " has exactly this value in " + fields(lookup) + "."
        : "No event"
            + which
            + " accepted since "
            + DisplayTime.of(missed, visit.now()).exact()
            + " has exactly this value in "
            + fields(lookup)
            + ". Older events are not indexed by "
            + (lookup.fields().size() == 1 ? "it" : "all of them")
            + ", and have not been searched yet.";
  }

  private static String fields(EventSearch.Lookup lookup) {
    return (lookup.fields().size() == 1 ? "its field " : "any of its fields ") + lookup.names();
  }

  /** Returns how far the search went. */
  SearchReach searched() {
    String matching = isFiltered ? " that match the filters" : "";
    EventSearch.Lookup lookup = result.lookup();
    if (lookup != null) {
      Instant missed = lookup.missedBefore();
      return SearchReach.of(
          "Searched all events"
              + matching
              + (missed == null
                  ? ""
                  : " accepted since " + DisplayTime.of(missed, visit.now()).exact())
              + " by "
              + lookup.names()
              + unindexed(lookup)
              + ".");
    }
    Instant oldest = result.oldest();
    if (oldest == null) {
      return SearchReach.of("");
    }
    String which =
        result.next() == null
            ? "Searched the payloads of all " + NumberText.of(result.read()) + " events" + matching
            : "Searched the payloads of " + NumberText.of(result.read()) + " events" + matching;
    String continued = isContinued() ? " further" : "";
    DisplayTime back = DisplayTime.of(oldest, visit.now());
    return new SearchReach(
        which + continued + ", back to " + back.exact() + ".", result.read(), back.minute());
  }

  /** Returns how unindexed events were searched, as the end of a sentence; may be empty. */
  private String unindexed(EventSearch.Lookup lookup) {
    Instant before = lookup.readBefore();
    if (before == null || lookup.read() == 0) {
      return "";
    }
    boolean isOne = lookup.fields().size() == 1;
    return ", and "
        + NumberText.of(lookup.read())
        + " from before "
        + (isOne ? "it became a search field (" : "they became search fields (")
        + DisplayTime.of(before, visit.now()).minute()
        + (lookup.read() == 1 ? ") by its payload" : ") by their payloads");
  }
}
