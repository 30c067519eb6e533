package dev.hookferry.internal.search;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.SearchFields;
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
import java.util.Set;
import java.util.function.Predicate;

/** Rules for which events a search by field values can find. */
public final class IndexedEvents {
  /** Margin for clock differences, and for events accepted while the fields were being changed. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private IndexedEvents() {}

  /** Returns an event of Hookferry's own with the values of its site's search fields added. */
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
   * Checks the names of the fields of a query.
   *
   * @throws InvalidException if a field is not a search field of the site
   */
  public static void requireFields(Site site, Set<String> fields) {
    requireFields(site.settings().searchFields().names(), "the site's searchFields", fields);
  }

  /**
   * Checks the names of the fields of a query.
   *
   * @param known the fields that can be queried
   * @param list the name of that list in error messages
   * @throws InvalidException if a field is not among the known ones
   */
  public static void requireFields(List<String> known, String list, Set<String> fields) {
    Problems problems = new Problems();
    for (String name : fields) {
      problems.require(
          known.contains(name),
          "field",
          "must be one of "
              + list
              + (known.isEmpty()
                  ? ", but there are none"
                  : ", which are " + String.join(", ", known))
              + " (got "
              + name
              + ")"
              + Nearest.hint(name, known));
    }
    problems.throwIfAny();
  }

  /**
   * Returns the time before which a search by field values may miss stored events; empty if it
   * misses none.
   *
   * @param fields the names of the fields, all of them search fields of the site
   * @param window the time window of the query
   * @param now the current time, which the result does not exceed
   * @param has returns whether anything is stored in a window
   */
  public static Optional<Instant> missedBefore(
      Site site, Set<String> fields, TimeWindow window, Instant now, Predicate<TimeWindow> has) {
    Instant since =
        fields.stream()
            .flatMap(name -> site.settings().searchFields().find(name).stream())
            .map(SearchFields.Field::since)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    if (since.equals(Instant.MIN)) {
      return Optional.empty();
    }
    Instant complete = since.plus(MARGIN);
    Instant from = window.since();
    Instant until = window.until();
    Instant end = until == null || until.isAfter(complete) ? complete : until;
    if (from != null && !from.isBefore(end)) {
      return Optional.empty();
    }
    TimeWindow before = TimeWindow.ALL.since(from).until(end);
    Instant said = complete.isAfter(now) ? now : complete;
    return has.test(before) ? Optional.of(said) : Optional.empty();
  }
}
