package dev.hookferry.http.svix;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls on attempts to deliver messages. */
final class SvixAttempts {
  private static final int SUCCESS = 0;
  private static final int FAIL = 2;
  private static final Set<Integer> STATUSES = Set.of(SUCCESS, 1, FAIL, 3, 4);
  private static final Set<Integer> CLASSES = Set.of(0, 100, 200, 300, 400, 500);

  /** Tolerance: an attempt gets its id, which contains a time, just before it starts. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final Webhooks webhooks;
  private final SvixMessages messages;
  private final SvixEndpoints endpoints;

  SvixAttempts(Webhooks webhooks, SvixMessages messages, SvixEndpoints endpoints) {
    this.webhooks = webhooks;
    this.messages = messages;
    this.endpoints = endpoints;
  }

  /**
   * Filter of attempts given in a query.
   *
   * @param status 0 or 2; null for both
   * @param statusClass the class of the HTTP status, such as 200; null for any
   */
  private record Wanted(
      SvixFilter filter, @Nullable Integer status, @Nullable Integer statusClass) {
    static Wanted of(SvixQuery query) {
      return new Wanted(
          SvixFilter.of(query),
          query.oneOf("status", STATUSES),
          query.oneOf("status_code_class", CLASSES));
    }

    boolean holds(Attempt attempt) {
      int code = attempt.outcome().statusCode();
      return filter.hasType(attempt.type())
          && (status == null || status == (attempt.outcome().isSuccess() ? SUCCESS : FAIL))
          && (statusClass == null || statusClass == code / 100 * 100);
    }
  }

  HttpReply ofEndpoint(Call call) {
    Endpoint endpoint = endpoints.endpoint(call);
    SvixQuery query = new SvixQuery(call.rawQuery());
    Wanted wanted = Wanted.of(query);
    SvixAttemptJson json = json(call, query);
    Integer status = wanted.status();
    AttemptQuery requested =
        AttemptQuery.ofSite(call.site())
            .endpoint(endpoint.id())
            .type(wanted.filter().onlyType())
            .outcomes(outcomes(status))
            .limit(PageRequest.MAX_LIMIT);
    Predicate<Attempt> holds =
        attempt -> wanted.holds(attempt) && hasChannel(wanted.filter(), attempt);
    return found(query, requested, wanted.filter().window(), holds)
        .page(attempt -> SvixIds.of(attempt.id()), json::of)
        .reply();
  }

  private static Set<OutcomeKind> outcomes(@Nullable Integer status) {
    if (status == null) {
      return Set.of();
    }
    return switch (status) {
      case SUCCESS -> Set.of(OutcomeKind.DELIVERED);
      case FAIL -> OutcomeKind.failures();
      default -> Set.of();
    };
  }

  private SvixScan.ScanResult<Attempt> found(
      SvixQuery query, AttemptQuery requested, TimeWindow window, Predicate<Attempt> holds) {
    int limit = query.limit();
    SvixQuery.IteratorPosition mark = query.mark(SvixIds.ATTEMPT);
    if (mark == null) {
      return SvixScan.forward(pages(requested.started(window)), attempt -> true, holds, limit);
    }
    AttemptId id =
        SvixIds.attempt(mark.id())
            .orElseThrow(
                () -> SvixQuery.invalid("iterator", "must be the iterator of a page of this list"));
    Instant place = SvixFilter.time(id.value());
    String text = id.toString();
    return mark.back()
        ? SvixScan.back(
            pages(requested.started(SvixFilter.from(window, place.minus(SLACK)))),
            attempt -> attempt.id().toString().compareTo(text) > 0,
            holds,
            limit)
        : SvixScan.forward(
            pages(requested.started(SvixFilter.upTo(window, place.plus(SLACK)))),
            attempt -> attempt.id().toString().compareTo(text) < 0,
            holds,
            limit);
  }

  private Function<@Nullable String, Page<Attempt>> pages(AttemptQuery query) {
    return at -> webhooks.deliveries().attempts(query.after(at));
  }

  private boolean hasChannel(SvixFilter filter, Attempt attempt) {
    return filter.channel() == null
        || webhooks
            .events()
            .find(attempt.site(), attempt.event())
            .filter(filter::hasChannel)
            .isPresent();
  }

  HttpReply ofMessage(Call call) {
    SvixQuery query = new SvixQuery(call.rawQuery());
    Event event = messages.event(call);
    Wanted wanted = Wanted.of(query);
    String name = query.text("endpoint_id");
    EndpointId only =
        name == null
            ? null
            : endpoints.find(call.site(), name).orElseThrow(SvixErrors::notFound).id();
    List<Attempt> all =
        wanted.filter().hasChannel(event)
            ? all(event, only).stream()
                .filter(wanted::holds)
                .filter(attempt -> wanted.filter().window().contains(attempt.startedAt()))
                .toList()
            : List.of();
    return SvixPage.select(
            all,
            attempt -> SvixIds.of(attempt.id()),
            json(call, query)::of,
            query,
            new SvixPage.Order(SvixIds.ATTEMPT, true))
        .reply();
  }

  /**
   * Returns the attempts of an event, oldest first; only those at one endpoint unless it is null.
   */
  private List<Attempt> all(Event event, @Nullable EndpointId only) {
    List<Attempt> all = new ArrayList<>();
    for (Delivery delivery : webhooks.events().details(event).deliveries()) {
      if (only == null || only.equals(delivery.endpoint())) {
        all.addAll(of(webhooks, event.site(), delivery.id()));
      }
    }
    all.sort(Comparator.comparing(attempt -> attempt.id().toString()));
    return all;
  }

  /** Returns all attempts of a delivery, newest first. */
  static List<Attempt> of(Webhooks webhooks, SiteId site, DeliveryId delivery) {
    AttemptQuery query = AttemptQuery.ofSite(site).delivery(delivery).limit(PageRequest.MAX_LIMIT);
    List<Attempt> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<Attempt> page = webhooks.deliveries().attempts(query.after(cursor));
      all.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  HttpReply get(Call call) {
    Event event = messages.event(call);
    AttemptId id = SvixIds.attempt(call.variable("attempt")).orElseThrow(SvixErrors::notFound);
    Attempt found =
        all(event, null).stream()
            .filter(attempt -> attempt.id().equals(id))
            .findFirst()
            .orElseThrow(SvixErrors::notFound);
    SvixAttemptJson json = json(call, new SvixQuery(call.rawQuery()));
    return HttpReply.ok(JsonOutput.values(json.of(found)));
  }

  private SvixAttemptJson json(Call call, SvixQuery query) {
    return new SvixAttemptJson(webhooks, call.site(), query.flag("with_content", true));
  }
}
