package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches events by id, delivery or idempotency key, using an index, or by text, reading the
 * newest events up to a limit.
 */
final class EventSearch {
  /** Maximum number of events read in a search by text. */
  static final int MOST_READ = 1_000;

  private static final long MOST_BYTES = 16L << 20;
  private static final int ENOUGH = 10;
  static final int SHORTEST_TEXT = 3;
  private static final int PART = 50;

  private final Webhooks webhooks;
  private final SiteId site;

  EventSearch(Webhooks webhooks, SiteId site) {
    this.webhooks = webhooks;
    this.site = site;
  }

  /**
   * A found event.
   *
   * @param how what matched, in words
   */
  record Hit(Events.Seen seen, String how) {}

  /**
   * Result of a search.
   *
   * @param hits newest first
   * @param read number of events read in a search by text; 0 if there was none
   * @param oldest time of the oldest event read, or null
   * @param next where older, unread events begin, or null if there are none
   */
  record Result(List<Hit> hits, int read, @Nullable Instant oldest, @Nullable String next) {
    static final Result NOTHING = new Result(List.of(), 0, null, null);

    static Result of(Hit hit) {
      return new Result(List.of(hit), 0, null, null);
    }
  }

  /**
   * Searches by id, delivery and key, then by text.
   *
   * @param from where to continue a search by text, or null to begin with the newest events
   */
  Result search(String asked, @Nullable String from) {
    if (from != null) {
      return byText(asked, from);
    }
    Optional<Hit> hit = byDelivery(asked);
    if (hit.isEmpty()) {
      hit = found(() -> new Hit(webhooks.events().get(site, new EventId(asked)), "its id"));
    }
    if (hit.isEmpty()) {
      hit = found(() -> new Hit(webhooks.events().getByKey(site, asked), "its idempotency key"));
    }
    if (hit.isPresent()) {
      return Result.of(hit.get());
    }
    return asked.length() < SHORTEST_TEXT ? Result.NOTHING : byText(asked, null);
  }

  private Optional<Hit> byDelivery(String asked) {
    return found(
        () -> {
          EventId event = webhooks.deliveries().get(site, DeliveryId.parse(asked)).event();
          return new Hit(webhooks.events().get(site, event), "a delivery of it");
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

  /** Searches whole pages, so that a continued search leaves out no event. */
  private Result byText(String asked, @Nullable String from) {
    PayloadSearch text = new PayloadSearch(asked);
    List<Hit> hits = new ArrayList<>();
    int read = 0;
    long bytes = 0;
    Instant oldest = null;
    String cursor = from;
    do {
      PageRequest part = PageRequest.of(PART).after(cursor);
      Page<Event> page = webhooks.events().list(EventQuery.ofSite(site).page(part));
      for (Event event : page.data()) {
        read++;
        oldest = event.acceptedAt();
        bytes += event.payload().size();
        String field = text.field(event.payload());
        if (!field.isEmpty()) {
          hits.add(new Hit(webhooks.events().details(event), "its field " + field));
        }
      }
      cursor = page.next();
    } while (cursor != null && read < MOST_READ && bytes < MOST_BYTES && hits.size() < ENOUGH);
    return new Result(hits, read, oldest, cursor);
  }
}
