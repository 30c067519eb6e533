package dev.hookferry.http.svix;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Channels;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls on messages of applications, which are events. */
final class SvixMessages {
  /** Prefix of idempotency keys derived from a message's eventId. */
  static final String EVENT_ID = "e.";

  private final Webhooks webhooks;

  SvixMessages(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply get(Call call) {
    boolean content = new SvixQuery(call.rawQuery()).flag("with_content", true);
    return HttpReply.ok(JsonOutput.values(json(event(call), content)));
  }

  HttpReply list(Call call) {
    SvixQuery query = new SvixQuery(call.rawQuery());
    boolean content = query.flag("with_content", true);
    SvixFilter filter = SvixFilter.of(query);
    EventQuery asked =
        EventQuery.ofSite(call.site())
            .type(filter.onlyType())
            .labels(filter.labels())
            .limit(PageRequest.MAX_LIMIT);
    Pages pages = window -> at -> webhooks.events().list(asked.accepted(window).after(at));
    return found(call.site(), filter, query, pages)
        .page(event -> event.id().value(), event -> json(event, content))
        .reply();
  }

  /** Reads the events of a time window, page by page. */
  private interface Pages {
    Function<@Nullable String, Page<Event>> of(TimeWindow window);
  }

  private SvixScan.ScanResult<Event> found(
      SiteId site, SvixFilter filter, SvixQuery query, Pages pages) {
    int limit = query.limit();
    SvixQuery.IteratorPosition mark = query.mark("");
    TimeWindow window = filter.window();
    if (mark == null) {
      return SvixScan.forward(pages.of(window), event -> true, filter::holds, limit);
    }
    Instant place = place(site, mark.id());
    Behind behind = new Behind(mark.id(), place);
    return mark.back()
        ? SvixScan.back(
            pages.of(SvixFilter.from(window, place)), behind::isNewer, filter::holds, limit)
        : SvixScan.forward(
            pages.of(SvixFilter.upTo(window, place)), behind::test, filter::holds, limit);
  }

  /**
   * Tells which events follow an iterator: those of one moment have no order but that of the list.
   */
  private static final class Behind {
    private final String id;
    private final Instant place;
    private boolean seen;

    Behind(String id, Instant place) {
      this.id = id;
      this.place = place;
    }

    boolean test(Event event) {
      if (event.id().value().equals(id)) {
        seen = true;
        return false;
      }
      return seen || event.acceptedAt().isBefore(place);
    }

    boolean isNewer(Event event) {
      return !test(event) && !event.id().value().equals(id);
    }
  }

  /** Returns when a message was accepted; read from its id if the message has expired. */
  private Instant place(SiteId site, String id) {
    return find(site, id)
        .map(Event::acceptedAt)
        .or(() -> SvixIds.unique(SvixIds.MESSAGE, id).map(SvixFilter::time))
        .orElseThrow(
            () -> SvixQuery.invalid("iterator", "must be the iterator of a page of this list"));
  }

  /** Returns the event of the message whose id or eventId is in the path. */
  Event event(Call call) {
    return find(call.site(), call.variable("msg")).orElseThrow(SvixErrors::notFound);
  }

  /** Returns the event of the message with this id or eventId; empty if the site has none. */
  Optional<Event> find(SiteId site, String name) {
    Optional<Event> found = Optional.empty();
    try {
      found = webhooks.events().find(site, new EventId(name));
    } catch (InvalidException e) {
      // A name with dots is not an id, but may be an eventId.
    }
    return found.isPresent() ? found : webhooks.events().findByKey(site, EVENT_ID + name);
  }

  /** Returns an event as a message. */
  static Map<String, @Nullable Object> json(Event event, boolean content) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("eventId", eventId(event));
    json.put("eventType", event.type().name());
    json.put("payload", content ? new RawValue(SvixPayload.normalized(event.payload())) : Map.of());
    List<String> channels = Channels.in(event.options().labels());
    json.put("channels", channels.isEmpty() ? null : channels);
    json.put("id", event.id().value());
    json.put("timestamp", event.occurredAt().toString());
    return json;
  }

  private static @Nullable String eventId(Event event) {
    Idempotence idempotence = event.idempotence();
    String key = idempotence == null ? null : idempotence.key();
    return key != null && key.startsWith(EVENT_ID) ? key.substring(EVENT_ID.length()) : null;
  }
}
