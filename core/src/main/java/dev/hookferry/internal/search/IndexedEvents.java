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

/** Determines which events a query for values of fields can find. */
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
   * Checks the names of the fields of a query.
   *
   * @throws InvalidException if one is not a search field of the site
   */
  public static void requireFields(Site site, Set<String> fields) {
    requireFields(site.settings().searchFields().names(), "the site's searchFields", fields);
  }

  /**
   * Checks the names of the fields of a query.
   *
   * @param known the fields that can be queried
   * @param list the list that they are in, as a message names it
   * @throws InvalidException if one is not known
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
   * Returns the time before which a query for values of fields may miss something that is stored;
   * empty if it misses nothing.
   *
   * @param fields the names of the fields, all of them search fields of the site
   * @param window the time that the query is about
   * @param now the current time, which the result does not exceed
   * @param has tells whether anything is stored in a window
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
