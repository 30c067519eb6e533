package dev.hookferry.http.console.events;

import dev.hookferry.Webhooks;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.SearchFields;
import dev.hookferry.http.console.events.EventSearch.Hit;
import dev.hookferry.http.console.events.EventSearch.Lookup;
import dev.hookferry.http.console.events.EventSearch.Result;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lookup of whole values in the index of a site's search fields: in the named field, or in each
 * field for a value alone.
 */
final class SearchFieldLookup {
  private static final int PAGE = 20;
  private static final int PART = 50;

  /** Maximum number of events older than the index that a lookup reads for completeness. */
  private static final int MAX_UNINDEXED = 200;

  private static final long MAX_UNINDEXED_BYTES = 4L << 20;

  private final Webhooks webhooks;
  private final EventQuery filter;
  private final SiteId site;

  SearchFieldLookup(Webhooks webhooks, EventQuery filter) {
    this.webhooks = webhooks;
    this.filter = filter;
    site = filter.site();
  }

  /**
   * Looks up a search text. Also accepts {@code field=value}, the notation of labels.
   *
   * @param cursor the number of a field and a position in its index, separated by a dot; or null
   * @return empty if the site has no such field, or if a value was typed alone and no event has it
   */
  Optional<Result> look(String asked, @Nullable String cursor) {
    Lookup lookup = lookup(asked);
    if (lookup.fields().isEmpty()) {
      return Optional.empty();
    }
    try {
      Result found = page(lookup, cursor);
      boolean isNothing = found.hits().isEmpty() && cursor == null;
      return isNothing && !lookup.isNamed() ? Optional.empty() : Optional.of(found);
    } catch (InvalidException e) {
      if (lookup.isNamed()) {
        throw e;
      }
      // No search field can have this value, but a payload can contain it.
      return Optional.empty();
    }
  }

  private Lookup lookup(String asked) {
    List<String> names = webhooks.settings().get(site).searchFields().names();
    for (String text : List.of(asked, asked.replaceFirst("=", ":"))) {
      FieldValue named = FieldValue.parse(text).orElse(null);
      String field = named == null ? null : known(named.field(), names);
      if (named != null && field != null) {
        return new Lookup(List.of(field), named.value(), true, null, 0, null);
      }
    }
    return new Lookup(names, asked, false, null, 0, null);
  }

  /**
   * Returns the search field with a typed name, ignoring case. Null if there is none, or if several
   * differ only in case.
   */
  private static @Nullable String known(String typed, List<String> names) {
    List<String> alike = names.stream().filter(typed::equalsIgnoreCase).toList();
    return names.contains(typed) ? typed : alike.size() == 1 ? alike.get(0) : null;
  }

  /**
   * Returns the hits field by field, up to the first field with more than a page. An event that has
   * the value in several fields is a hit only for the first one.
   */
  private Result page(Lookup lookup, @Nullable String cursor) {
    List<String> fields = lookup.fields();
    List<Hit> hits = new ArrayList<>();
    int at = cursor == null ? 0 : number(cursor);
    String after = cursor == null ? null : cursor.substring(cursor.indexOf('.') + 1);
    for (; at < fields.size(); at++) {
      String field = fields.get(at);
      EventQuery query = filter.field(field, lookup.value());
      Page<Event> page = webhooks.events().list(query.page(PageRequest.of(PAGE).after(after)));
      for (Event event : page.data()) {
        if (!hasOneOf(event, fields.subList(0, at), lookup)) {
          hits.add(hit(event, field, String.valueOf(event.options().searchFields().get(field))));
        }
      }
      after = page.next();
      if (after != null) {
        return result(hits, lookup, EventSearch.INDEX + at + "." + after);
      }
    }
    return result(hits, lookup, null);
  }

  /** Returns whether an event is indexed with the value in any of the given fields. */
  private static boolean hasOneOf(Event event, Collection<String> fields, Lookup lookup) {
    String wanted = SearchFields.indexed(lookup.value());
    Map<String, String> indexed = event.options().searchFields();
    return fields.stream().anyMatch(field -> wanted.equals(indexed.get(field)));
  }

  private static int number(String cursor) {
    return cursor.matches("[0-9]{1,2}\\..*")
        ? Integer.parseInt(cursor.replaceFirst("\\..*", ""))
        : 0;
  }

  /**
   * Returns a page of hits, newest first.
   *
   * @param next the cursor of the next page of the index, or null
   */
  private Result result(List<Hit> hits, Lookup lookup, @Nullable String next) {
    Instant missed = missed(lookup);
    String older = missed == null ? null : EventSearch.BEFORE + missed.toEpochMilli();
    return new Result(sorted(hits), 0, null, with(lookup, missed), next == null ? older : next);
  }

  private static List<Hit> sorted(List<Hit> hits) {
    Comparator<Hit> oldestFirst = Comparator.comparing(hit -> hit.details().event().acceptedAt());
    return hits.stream().sorted(oldestFirst.reversed()).toList();
  }

  /** Returns the time before which an index may miss events; null if none does. */
  private @Nullable Instant missed(Lookup lookup) {
    return lookup.fields().stream()
        .map(field -> filter.field(field, lookup.value()))
        .flatMap(query -> webhooks.events().notIndexedBefore(query).stream())
        .max(Instant::compareTo)
        .orElse(null);
  }

  private static Lookup with(Lookup lookup, @Nullable Instant missed) {
    return new Lookup(lookup.fields(), lookup.value(), lookup.isNamed(), missed, 0, null);
  }

  /** Returns a complete lookup, because events older than the index were read. */
  private static Lookup complete(Lookup lookup, int read, Instant before) {
    return new Lookup(lookup.fields(), lookup.value(), lookup.isNamed(), null, read, before);
  }

  private Hit hit(Event event, String field, String value) {
    return new Hit(webhooks.events().details(event), field, value);
  }

  /**
   * Completes the last page of a lookup by reading the events older than the index if they are few.
   * If they are many, returns the result unchanged.
   */
  Result completed(Result result) {
    Lookup lookup = result.lookup();
    Instant missed = lookup == null ? null : lookup.missedBefore();
    if (lookup == null || missed == null || result.hasMoreIndexed()) {
      return result;
    }
    List<Hit> hits = new ArrayList<>(result.hits());
    int read = 0;
    long bytes = 0;
    String cursor = null;
    do {
      PageRequest part = PageRequest.of(PART).after(cursor);
      Page<Event> page = webhooks.events().list(filter.accepted(before(missed)).page(part));
      for (Event event : page.data()) {
        read++;
        bytes += event.payload().size();
        notIndexed(event, lookup).ifPresent(hits::add);
      }
      cursor = page.next();
    } while (cursor != null && read < MAX_UNINDEXED && bytes < MAX_UNINDEXED_BYTES);
    return cursor == null
        ? new Result(sorted(hits), 0, null, complete(lookup, read, missed), null)
        : result;
  }

  /**
   * Returns an event that has the value in a field by which it is not indexed; empty if another
   * field's index already contains it.
   */
  private Optional<Hit> notIndexed(Event event, Lookup lookup) {
    Map<String, String> indexed = event.options().searchFields();
    List<String> others =
        lookup.fields().stream().filter(field -> !indexed.containsKey(field)).toList();
    if (others.isEmpty() || hasOneOf(event, lookup.fields(), lookup)) {
      return Optional.empty();
    }
    SearchFields fields = webhooks.settings().get(site).searchFields();
    Map<String, String> values = fields.valuesOf(Envelope.dataOf(event));
    String wanted = SearchFields.indexed(lookup.value());
    return others.stream()
        .filter(field -> Objects.equals(values.get(field), wanted))
        .findFirst()
        .map(field -> hit(event, field, wanted));
  }

  /** Returns the part of the filter's period before a time. */
  TimeWindow before(Instant time) {
    TimeWindow all = filter.accepted();
    Instant since = all.since();
    if (since != null && since.isAfter(time)) {
      return all;
    }
    return all.until() != null && all.until().isBefore(time) ? all : all.until(time);
  }
}
