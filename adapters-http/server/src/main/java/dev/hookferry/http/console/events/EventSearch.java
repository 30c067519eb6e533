package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
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
import org.jspecify.annotations.Nullable;

/**
 * Search for events by id, delivery, idempotency key or search field, using an index, or by text,
 * reading the newest events up to a limit.
 */
final class EventSearch {
  /** Maximum number of events read by a text search. */
  static final int MAX_READ = 1_000;

  static final int MIN_TEXT_LENGTH = 3;

  private static final long MAX_BYTES = 16L << 20;
  private static final int ENOUGH = 10;
  private static final int PART = 50;

  /** Cursor that skips the indexes and scans payloads. */
  static final String PAYLOADS = "payloads";

  /** Prefix of a cursor in the index. */
  static final String INDEX = "index.";

  /** Prefix of the time, in milliseconds, before which events are read one by one. */
  static final String BEFORE = "before.";

  private final Webhooks webhooks;
  private final EventQuery filter;
  private final SiteId site;
  private final SearchFieldLookup fields;

  /**
   * Creates a search.
   *
   * @param filter the events to search; its page is ignored
   */
  EventSearch(Webhooks webhooks, EventQuery filter) {
    this.webhooks = webhooks;
    this.filter = filter;
    site = filter.site();
    fields = new SearchFieldLookup(webhooks, filter);
  }

  /**
   * A found event.
   *
   * @param field the path of the field that matched; empty if it was not a field
   * @param how the value of that field, or else what matched, as text
   */
  record Hit(Events.Details details, String field, String how) {
    static Hit by(Events.Details details, String how) {
      return new Hit(details, "", how);
    }
  }

  /**
   * A search by search fields.
   *
   * @param fields the named field, or all of the site's search fields for a value alone
   * @param value the whole value that one of the fields must have
   * @param isNamed whether the field was named
   * @param missedBefore the time before which events are neither indexed by these fields nor read,
   *     or null if there are none
   * @param read number of events from before the index that were read instead
   * @param readBefore the time before which they were accepted; null if none were read
   */
  record Lookup(
      List<String> fields,
      String value,
      boolean isNamed,
      @Nullable Instant missedBefore,
      int read,
      @Nullable Instant readBefore) {
    /** Returns the names of the fields, as part of a sentence. */
    String names() {
      int last = fields.size() - 1;
      return last < 1
          ? String.join("", fields)
          : String.join(", ", fields.subList(0, last)) + " and " + fields.get(last);
    }
  }

  /**
   * Result of a search.
   *
   * @param hits newest first; in a search for a value alone, only within each page, because the
   *     next page may come from another field
   * @param read number of events read by a text search; 0 if there was none
   * @param oldest time of the oldest event read, or null
   * @param lookup the search fields that were looked up, or null
   * @param next the cursor at which to continue, or null if nothing is left to search
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
   * Searches by id, delivery and key, then by search field, and by text if none of these finds
   * anything.
   *
   * @param from the cursor at which to continue, or null to begin
   */
  Result search(String asked, @Nullable String from) {
    if (from == null) {
      Optional<Result> known = inIndexes(asked).map(fields::completed);
      return known.orElseGet(
          () ->
              asked.length() < MIN_TEXT_LENGTH
                  ? Result.NOTHING
                  : byText(asked, null, filter.accepted()));
    }
    if (from.equals(PAYLOADS)) {
      return byText(asked, null, filter.accepted());
    }
    if (from.startsWith(INDEX)) {
      return fields
          .look(asked, from.substring(INDEX.length()))
          .map(fields::completed)
          .orElse(Result.NOTHING);
    }
    if (from.matches("before\\.[0-9]{1,15}")) {
      long until = Long.parseLong(from.substring(BEFORE.length()));
      return byText(asked, null, fields.before(Instant.ofEpochMilli(until)));
    }
    return byText(asked, from, filter.accepted());
  }

  /** Searches by id, delivery, key and search field; empty if none of them finds anything. */
  Optional<Result> inIndexes(String asked) {
    Optional<Hit> hit = byDelivery(asked);
    if (hit.isEmpty()) {
      hit = found(() -> Hit.by(webhooks.events().get(site, new EventId(asked)), "its id"));
    }
    if (hit.isEmpty()) {
      hit = found(() -> Hit.by(webhooks.events().getByKey(site, asked), "its idempotency key"));
    }
    hit = hit.filter(found -> filter.matches(found.details().event()));
    return hit.isPresent() ? hit.map(Result::of) : fields.look(asked, null);
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
   * Converts a path in the payload to a path in the event's data, which may be inside an envelope.
   */
  private static String path(Event event, String path) {
    boolean isInside = Envelope.dataOf(event).size() < event.payload().size();
    return isInside ? path.substring(path.indexOf('.') + 1) : path;
  }

  private Hit hit(Event event, PayloadSearch.Found found) {
    return found.path().isEmpty()
        ? Hit.by(webhooks.events().details(event), "its payload")
        : new Hit(webhooks.events().details(event), path(event, found.path()), found.value());
  }

  /** Searches whole pages, so that a continued search skips no event. */
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
    } while (cursor != null && read < MAX_READ && bytes < MAX_BYTES && hits.size() < ENOUGH);
    return new Result(hits, read, oldest, null, cursor);
  }
}
