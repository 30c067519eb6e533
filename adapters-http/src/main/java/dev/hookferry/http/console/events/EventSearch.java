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
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds events by what people have at hand. By id, delivery or idempotency key this is a look into
 * an index; by a text it reads the newest events, up to a bound.
 */
final class EventSearch {
  /** How many events are read for a text. */
  static final int MOST_READ = 1_000;

  private static final long MOST_BYTES = 16L << 20;
  private static final int MOST_FOUND = 10;
  private static final int SHORTEST_TEXT = 3;
  private static final int PART = 50;

  private final Webhooks webhooks;
  private final SiteId site;

  EventSearch(Webhooks webhooks, SiteId site) {
    this.webhooks = webhooks;
    this.site = site;
  }

  /**
   * An event that was found.
   *
   * @param how by what, in words
   */
  record Hit(Events.Seen seen, String how) {}

  /**
   * What was found.
   *
   * @param hits newest first
   * @param read how many events were read for a text; 0 if none was
   * @param more whether there were more that were not read
   */
  record Result(List<Hit> hits, int read, boolean more) {
    static Result of(Hit hit) {
      return new Result(List.of(hit), 0, false);
    }
  }

  Result search(String asked) {
    Optional<Hit> hit = byDelivery(asked);
    if (hit.isEmpty()) {
      hit = found(() -> new Hit(webhooks.events().get(site, new EventId(asked)), "its id"));
    }
    if (hit.isEmpty()) {
      hit = found(() -> new Hit(webhooks.events().byKey(site, asked), "its idempotency key"));
    }
    if (hit.isPresent()) {
      return Result.of(hit.get());
    }
    return asked.length() < SHORTEST_TEXT ? new Result(List.of(), 0, false) : byText(asked);
  }

  private Optional<Hit> byDelivery(String asked) {
    return found(
        () -> {
          EventId event = webhooks.deliveries().get(site, DeliveryId.parse(asked)).event();
          return new Hit(webhooks.events().get(site, event), "a delivery of it");
        });
  }

  /** What cannot be such an id is not one. */
  private static Optional<Hit> found(Supplier<Hit> look) {
    try {
      return Optional.of(look.get());
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private Result byText(String asked) {
    PayloadSearch text = new PayloadSearch(asked);
    List<Hit> hits = new ArrayList<>();
    int read = 0;
    long bytes = 0;
    String cursor = null;
    do {
      PageRequest part = new PageRequest(PART, cursor);
      Page<Event> page = webhooks.events().list(new EventQuery(site, null, TimeWindow.ALL, part));
      for (Event event : page.data()) {
        read++;
        bytes += event.payload().size();
        String field = text.field(event.payload());
        if (!field.isEmpty() && hits.size() < MOST_FOUND) {
          hits.add(new Hit(webhooks.events().seen(event), "its field " + field));
        }
      }
      cursor = page.next();
    } while (cursor != null && read < MOST_READ && bytes < MOST_BYTES && hits.size() < MOST_FOUND);
    return new Result(hits, read, cursor != null);
  }
}
