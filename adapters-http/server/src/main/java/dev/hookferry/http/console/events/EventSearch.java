package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches events by id, delivery, idempotency key or search field, using an index, or by text,
 * reading the newest events up to a limit.
 */
final class EventSearch {
  /** Maximum number of events read in a search by text. */
  static final int MOST_READ = 1_000;

  static final int SHORTEST_TEXT = 3;

  private static final long MOST_BYTES = 16L << 20;
  private static final int ENOUGH = 10;
  private static final int PART = 50;
  private static final int INDEXED = 20;

  /** Maximum number of events from before an index that a lookup reads, to be complete. */
  private static final int MOST_UNINDEXED = 200;

  private static final long MOST_UNINDEXED_BYTES = 4L << 20;

  /** Begins a cursor in the index. */
  private static final String INDEX = "index.";

  /** Begins the time, in milliseconds, before which events are read one by one. */
  private static final String BEFORE = "before.";

  private final Webhooks webhooks;
  private final EventQuery filter;
  private final SiteId site;

  /**
   * Creates a search.
   *
   * @param filter the events to search; its page does not matter
   */
  EventSearch(Webhooks webhooks, EventQuery filter) {
    this.webhooks = webhooks;
    this.filter = filter;
    site = filter.site();
  }

  /**
   * A found event.
   *
   * @param field the path of the field that matched; empty if it was none
   * @param how the value of that field, or what else matched, in words
   */
  record Hit(Events.Details details, String field, String how) {
    static Hit by(Events.Details details, String how) {
      return new Hit(details, "", how);
    }
  }

  /**
   * A search by a search field.
   *
   * @param value its value
   * @param missedBefore the time before which events are not indexed by it and were not read, or
   *     null if there are none
   * @param read number of events from before the index that were read instead
   */
  record Lookup(String field, String value, @Nullable Instant missedBefore, int read) {}

  /**
   * Result of a search.
   *
   * @param hits newest first
   * @param read number of events read in a search by text; 0 if there was none
   * @param oldest time of the oldest event read, or null
   * @param lookup the search field that was looked up, or null
   * @param next where to continue, or null if nothing is left to search
   */
  record Result(
      List<Hit> hits,
      int read,
      @Nullable Instant oldest,
      @Nullable Lookup lookup,
      @Nullable String next) {
    static final Result NOTHING = new Result(List.of(), 0, null, null, null);

    static Result of(Hit hit) {
      return new Result(List.of(hit), 0, null, null, null);
    }

    /** Returns whether the index has more hits. */
    boolean hasMoreIndexed() {
      return next != null && next.startsWith(INDEX);
    }
  }

  /**
   * Searches by id, delivery and key, then by search field, or by text if there is none.
   *
   * @param from where to continue, or null to begin
   */
  Result search(String asked, @Nullable String from) {
    if (from == null) {
      Optional<Result> known = inIndexes(asked).map(this::completed);
      return known.orElseGet(
          () ->
              asked.length() < SHORTEST_TEXT
                  ? Result.NOTHING
                  : byText(asked, null, filter.accepted()));
    }
    if (from.startsWith(INDEX)) {
      return byField(asked, from.substring(INDEX.length()))
          .map(this::completed)
          .orElse(Result.NOTHING);
    }
    if (from.matches("before\\.[0-9]{1,15}")) {
      long until = Long.parseLong(from.substring(BEFORE.length()));
      return byText(asked, null, before(Instant.ofEpochMilli(until)));
    }
    return byText(asked, from, filter.accepted());
  }

  /** Returns the part of the filter's period before a time. */
  private TimeWindow before(Instant time) {
    TimeWindow all = filter.accepted();
    Instant since = all.since();
    if (since != null && since.isAfter(time)) {
      return all;
    }
    return all.until() != null && all.until().isBefore(time) ? all : all.until(time);
  }

  /** Searches by id, delivery, key and search field; empty if that tells nothing. */
  Optional<Result> inIndexes(String asked) {
    Optional<Hit> hit = byDelivery(asked);
    if (hit.isEmpty()) {
      hit = found(() -> Hit.by(webhooks.events().get(site, new EventId(asked)), "its id"));
    }
    if (hit.isEmpty()) {
      hit = found(() -> Hit.by(webhooks.events().getByKey(site, asked), "its idempotency key"));
    }
    hit = hit.filter(found -> filter.matches(found.details().event()));
    return hit.isPresent() ? hit.map(Result::of) : byField(asked, null);
  }

  private Optional<Hit> byDelivery(String asked) {
    return found(
        () -> {
          EventId event = webhooks.deliveries().get(site, DeliveryId.parse(asked)).event();
          return Hit.by(webhooks.events().get(site, event), "a delivery of it");
        });
  }

  /** Returns the result of a lookup; empty if the text is not a valid id or nothing is found. */
  private static Optional<Hit> found(Supplier<Hit> look) {
    try {
      return Optional.of(look.get());
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /**
   * Looks up a search field; empty if the text names none of this site. Takes {@code field=value},
   * too, as labels are written.
   */
  private Optional<Result> byField(String asked, @Nullable String cursor) {
    FieldValue wanted =
        Stream.of(asked, asked.replaceFirst("=", ":"))
            .flatMap(text -> FieldValue.parse(text).stream())
            .filter(value -> known(value.field()) != null)
            .findFirst()
            .orElse(null);
    String field = wanted == null ? null : known(wanted.field());
    if (wanted == null || field == null) {
      return Optional.empty();
    }
    EventQuery query = filter.field(field, wanted.value());
    Page<Event> page = webhooks.events().list(query.page(PageRequest.of(INDEXED).after(cursor)));
    List<Hit> hits = new ArrayList<>();
    for (Event event : page.data()) {
      hits.add(hit(event, field, String.valueOf(event.options().searchFields().get(field))));
    }
    Instant missed = webhooks.events().notIndexedBefore(query).orElse(null);
    String older = missed == null ? null : BEFORE + missed.toEpochMilli();
    String next = page.next() == null ? older : INDEX + page.next();
    Lookup lookup = new Lookup(field, wanted.value(), missed, 0);
    return Optional.of(new Result(hits, 0, null, lookup, next));
  }

  private Hit hit(Event event, String field, String value) {
    return new Hit(webhooks.events().details(event), field, value);
  }

  /**
   * Completes the last page of a lookup by reading the events from before the index, if they are
   * few. Returns the result as it is if they are many.
   */
  private Result completed(Result result) {
    Lookup lookup = result.lookup();
    Instant missed = lookup == null ? null : lookup.missedBefore();
    if (lookup == null || missed == null || result.hasMoreIndexed()) {
      return result;
    }
    SearchFields fields = webhooks.settings().get(site).searchFields();
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
        boolean isIndexed = event.options().searchFields().containsKey(lookup.field());
        String value =
            isIndexed ? null : fields.valuesOf(Envelope.dataOf(event)).get(lookup.field());
        if (value != null && value.equals(SearchFields.indexed(lookup.value()))) {
          hits.add(hit(event, lookup.field(), value));
        }
      }
      cursor = page.next();
    } while (cursor != null && read < MOST_UNINDEXED && bytes < MOST_UNINDEXED_BYTES);
    return cursor == null
        ? new Result(hits, 0, null, new Lookup(lookup.field(), lookup.value(), null, read), null)
        : result;
  }

  /**
   * Returns the search field that was typed, in any case; null if there is none, or if it could be
   * one of several that differ in case only.
   */
  private @Nullable String known(String typed) {
    List<String> names = webhooks.settings().get(site).searchFields().names();
    List<String> alike = names.stream().filter(typed::equalsIgnoreCase).toList();
    return names.contains(typed) ? typed : alike.size() == 1 ? alike.get(0) : null;
  }

  /** Returns a path in a payload as one in its data, which an envelope may contain. */
  private static String path(Event event, String path) {
    boolean isInside = Envelope.dataOf(event).size() < event.payload().size();
    return isInside ? path.substring(path.indexOf('.') + 1) : path;
  }

  private Hit hit(Event event, PayloadSearch.Found found) {
    return found.path().isEmpty()
        ? Hit.by(webhooks.events().details(event), "its payload")
        : hit(event, path(event, found.path()), found.value());
  }

  /** Searches whole pages, so that a continued search leaves out no event. */
  private Result byText(String asked, @Nullable String from, TimeWindow accepted) {
    PayloadSearch text = new PayloadSearch(asked);
    List<Hit> hits = new ArrayList<>();
    int read = 0;
    long bytes = 0;
    Instant oldest = null;
    String cursor = from;
    do {
      PageRequest part = PageRequest.of(PART).after(cursor);
      Page<Event> page = webhooks.events().list(filter.accepted(accepted).page(part));
      for (Event event : page.data()) {
        read++;
        oldest = event.acceptedAt();
        bytes += event.payload().size();
        text.field(event.payload()).ifPresent(found -> hits.add(hit(event, found)));
      }
      cursor = page.next();
    } while (cursor != null && read < MOST_READ && bytes < MOST_BYTES && hits.size() < ENOUGH);
    return new Result(hits, read, oldest, null, cursor);
  }
}
