package dev.hookferry.internal.search;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.SearchFields;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells which events a query for values of fields can find. */
public final class IndexedEvents {
  /** Covers differences of clocks, and events that were accepted during the change of the list. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private IndexedEvents() {}

  /** Returns an event that Hookferry publishes itself with the values that its site searches by. */
  public static Event indexed(Config config, Event event) {
    Site site = config.sites().get(event.site());
    return site == null || site.settings().searchFields().isEmpty()
        ? event
        : event.with(
            event
                .options()
                .withSearchFields(site.settings().searchFields().valuesOf(Envelope.dataOf(event))));
  }

  /**
   * Checks the fields of a query.
   *
   * @throws InvalidException if one is not a search field of the site
   */
  public static void requireFields(Site site, EventQuery query) {
    if (query.fields().isEmpty()) {
      return;
    }
    Problems problems = new Problems();
    SearchFields known = site.settings().searchFields();
    for (String name : query.fields().keySet()) {
      List<String> names = known.names();
      problems.require(
          known.find(name).isPresent(),
          "field",
          "must be one of the site's searchFields, which "
              + (names.isEmpty() ? "are none" : "are " + String.join(", ", names))
              + " (got "
              + name
              + ")"
              + Nearest.hint(name, names));
    }
    problems.throwIfAny();
  }

  /**
   * Returns the time before which the store has events that the query may miss; empty if there are
   * none.
   *
   * @param list lists events
   */
  public static Optional<Instant> missedBefore(
      Site site, EventQuery query, Function<EventQuery, Page<Event>> list) {
    requireFields(site, query);
    Instant since =
        query.fields().keySet().stream()
            .flatMap(name -> site.settings().searchFields().find(name).stream())
            .map(SearchFields.Field::since)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    if (since.equals(Instant.MIN)) {
      return Optional.empty();
    }
    Instant complete = since.plus(MARGIN);
    Instant from = query.accepted().since();
    Instant until = query.accepted().until();
    Instant end = until == null || until.isAfter(complete) ? complete : until;
    if (from != null && !from.isBefore(end)) {
      return Optional.empty();
    }
    TimeWindow before = TimeWindow.ALL.since(from).until(end);
    EventQuery older = EventQuery.ofSite(query.site()).accepted(before).limit(1);
    return list.apply(older).data().isEmpty() ? Optional.empty() : Optional.of(complete);
  }
}
