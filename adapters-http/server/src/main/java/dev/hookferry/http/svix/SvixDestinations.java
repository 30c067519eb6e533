package dev.hookferry.http.svix;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageBytes;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls on messages at endpoints, which are deliveries. */
final class SvixDestinations {
  private static final Set<Integer> STATUSES = Set.of(0, 1, 2, 3, 4);

  private final Webhooks webhooks;
  private final SvixMessages messages;
  private final SvixEndpoints endpoints;

  SvixDestinations(Webhooks webhooks, SvixMessages messages, SvixEndpoints endpoints) {
    this.webhooks = webhooks;
    this.messages = messages;
    this.endpoints = endpoints;
  }

  /** Status of a message at an endpoint, with Svix's number for it. */
  enum MessageStatus {
    SUCCESS(0),
    PENDING(1),
    FAIL(2),
    SENDING(3);

    private final int number;

    MessageStatus(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static MessageStatus of(Delivery delivery) {
      return switch (delivery.state()) {
        case DELIVERED -> SUCCESS;
        case PENDING, HELD, WAITING -> delivery.attempts() == 0 ? PENDING : SENDING;
        case BLOCKED, EXHAUSTED, CANCELLED, POISONED -> FAIL;
      };
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Lists the messages that were attempted at an endpoint. */
  HttpReply messages(Call call) {
    Endpoint endpoint = endpoints.endpoint(call);
    SvixQuery query = new SvixQuery(call.rawQuery());
    boolean content = query.flag("with_content", true);
    Integer status = query.oneOf("status", STATUSES);
    SvixFilter filter = SvixFilter.of(query);
    DeliveryQuery requested =
        DeliveryQuery.ofSite(call.site())
            .endpoint(endpoint.id())
            .type(filter.onlyType())
            .limit(PageRequest.MAX_LIMIT);
    Predicate<Delivery> wanted =
        delivery ->
            delivery.attempts() > 0
                && filter.hasType(delivery.type())
                && (status == null || status == MessageStatus.of(delivery).number());
    SvixScan.ScanResult<Delivery> found = found(call, query, requested, filter.window(), wanted);
    SvixQuery.IteratorPosition mark = query.mark("");
    boolean isBack = mark != null && mark.back();
    Messages shown = new Messages(content, content && !isBack);
    Delivery last = null;
    boolean isCut = false;
    for (Delivery delivery : found.entries()) {
      Optional<Event> event =
          webhooks.events().find(call.site(), delivery.event()).filter(filter::hasChannel);
      if (event.isPresent() && !shown.add(delivery, event.get())) {
        isCut = true;
        break;
      }
      last = delivery;
    }
    last = isCut ? last : found.last();
    boolean done = found.done() && !isCut;
    SvixPage page = shown.page(done);
    return (done || last == null
            ? page
            : new SvixPage(page.data(), page.first(), last.event().value(), false))
        .reply();
  }

  /** Messages of a page, as JSON. */
  private static final class Messages {
    private final boolean content;
    private final boolean isLimited;
    private final List<Map<String, ?>> data = new ArrayList<>();
    private final PageBytes bytes = new PageBytes();

    /** Creates an empty page, with or without payloads and a limit on its bytes. */
    Messages(boolean content, boolean isLimited) {
      this.content = content;
      this.isLimited = isLimited;
    }

    /** Adds a message; returns false if the page would become too large. */
    boolean add(Delivery sent, Event event) {
      if (isLimited && !bytes.fits(event.size())) {
        return false;
      }
      data.add(json(sent, SvixMessages.json(event, content)));
      return true;
    }

    SvixPage page(boolean done) {
      return SvixPage.of(data, one -> String.valueOf(one.get("id")), one -> one, done);
    }
  }

  private static Map<String, ?> json(Delivery sent, Map<String, @Nullable Object> json) {
    MessageStatus messageStatus = MessageStatus.of(sent);
    json.put("status", messageStatus.number());
    json.put("statusText", messageStatus.text());
    nextAttempt(sent).ifPresent(time -> json.put("nextAttempt", time.toString()));
    return json;
  }

  private static Optional<Instant> nextAttempt(Delivery delivery) {
    boolean isPlanned = delivery.state() == DeliveryState.PENDING && delivery.attempts() > 0;
    return isPlanned ? Optional.of(delivery.dueAt()) : Optional.empty();
  }

  private SvixScan.ScanResult<Delivery> found(
      Call call,
      SvixQuery query,
      DeliveryQuery requested,
      TimeWindow window,
      Predicate<Delivery> wanted) {
    int limit = query.limit();
    SvixQuery.IteratorPosition mark = query.mark("");
    if (mark == null) {
      return SvixScan.forward(pages(requested.created(window)), each -> true, wanted, limit);
    }
    Delivery at =
        messages
            .find(call.site(), mark.id())
            .flatMap(
                event ->
                    webhooks.deliveries().list(requested.event(event.id())).data().stream()
                        .findFirst())
            .orElseThrow(
                () -> SvixQuery.invalid("iterator", "must be the iterator of a page of this list"));
    String id = at.id().toString();
    Instant place = at.createdAt();
    return mark.back()
        ? SvixScan.back(
            pages(requested.created(SvixFilter.from(window, place))),
            delivery -> delivery.id().toString().compareTo(id) > 0,
            wanted,
            limit)
        : SvixScan.forward(
            pages(requested.created(SvixFilter.upTo(window, place))),
            delivery -> delivery.id().toString().compareTo(id) < 0,
            wanted,
            limit);
  }

  private Function<@Nullable String, Page<Delivery>> pages(DeliveryQuery query) {
    return at -> webhooks.deliveries().list(query.after(at));
  }

  /** Lists the endpoints at which a message was attempted. */
  HttpReply endpoints(Call call) {
    Event event = messages.event(call);
    SvixQuery query = new SvixQuery(call.rawQuery());
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Delivery delivery : webhooks.events().details(event).deliveries()) {
      endpoints
          .find(call.site(), SvixIds.of(delivery.endpoint()))
          .filter(endpoint -> delivery.attempts() > 0)
          .ifPresent(endpoint -> all.add(json(endpoint, delivery)));
    }
    return SvixPage.select(
            all,
            json -> String.valueOf(json.get("id")),
            json -> json,
            query,
            new SvixPage.Order(SvixIds.ENDPOINT, true))
        .reply();
  }

  /**
   * Returns an endpoint with the status of a message, which is FAIL while the message is retried.
   */
  private static Map<String, @Nullable Object> json(Endpoint endpoint, Delivery delivery) {
    MessageStatus messageStatus = MessageStatus.of(delivery);
    MessageStatus shown =
        messageStatus == MessageStatus.SENDING ? MessageStatus.FAIL : messageStatus;
    Map<String, @Nullable Object> json = SvixEndpoints.plain(endpoint);
    json.put("status", shown.number());
    json.put("statusText", shown.text());
    json.put("nextAttempt", nextAttempt(delivery).map(Instant::toString).orElse(null));
    return json;
  }

  CompletableFuture<HttpReply> resend(Call call) {
    Event event = messages.event(call);
    Endpoint endpoint = endpoints.endpoint(call);
    return webhooks
        .actingAs(call.actor())
        .events()
        .resend(call.site(), event.id(), List.of(endpoint.id()))
        .thenApply(deliveries -> HttpReply.json(202, JsonOutput.values(Map.of())));
  }
}
