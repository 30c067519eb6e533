package dev.hookferry.contract.store.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the same queries with random filters on a store and its model, page by page. */
public final class RandomQueries {
  private static final int QUESTIONS = 12;

  private final Store model;
  private final Store real;
  private final SiteId site;
  private final Random random;
  private final List<Event> events;
  private final List<Delivery> deliveries;

  /** About what is on the first pages of a site. */
  public RandomQueries(Store model, Store real, SiteId site, Random random) {
    this.model = model;
    this.real = real;
    this.site = site;
    this.random = random;
    PageRequest whole = PageRequest.of(PageRequest.MAX_LIMIT);
    events = model.log().events(EventQuery.ofSite(site).page(whole)).data();
    deliveries = model.log().deliveries(DeliveryQuery.ofSite(site).page(whole)).data();
  }

  /** Asks, and compares. */
  public void compare() {
    if (deliveries.isEmpty()) {
      return;
    }
    for (int i = 0; i < QUESTIONS; i++) {
      DeliveryQuery query = deliveryQuery();
      same(query, store -> all(page -> store.log().deliveries(query.page(page))));
      AttemptQuery asked = attemptQuery();
      same(asked, store -> all(page -> store.log().attempts(asked.page(page))));
      Set<EventType> types = types(() -> oneOf(events).type());
      EventQuery listed = EventQuery.ofSite(site).types(types).accepted(window()).fields(fields());
      same(listed, store -> all(page -> store.log().events(listed.page(page))));
    }
  }

  private void same(Object question, Function<Store, List<?>> answer) {
    assertThat(answer.apply(real)).as(question.toString()).isEqualTo(answer.apply(model));
  }

  private <T> List<T> all(Function<PageRequest, Page<T>> list) {
    int limit = 1 + deliveries.size() / 3;
    Page<T> page = list.apply(PageRequest.of(limit));
    List<T> found = new ArrayList<>(page.data());
    while (page.next() != null) {
      page = list.apply(PageRequest.of(limit).after(page.next()));
      found.addAll(page.data());
      assertThat(found).as("a list without end").hasSizeLessThan(10_000);
    }
    return found;
  }

  private DeliveryQuery deliveryQuery() {
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    DeliveryQuery.STORED_STATES.stream()
        .sorted()
        .filter(state -> random.nextInt(3) == 0)
        .forEach(states::add);
    Set<EndpointId> some = Set.of(oneOf(deliveries).endpoint());
    EndpointScope only = maybe(() -> EndpointScope.only(some));
    EndpointScope except = maybe(() -> EndpointScope.except(some));
    EndpointScope scope = only == null ? except : only;
    EndpointScope pending = maybe(() -> EndpointScope.except(some));
    EventId event = random.nextInt(5) == 0 ? oneOf(deliveries).event() : null;
    return DeliveryQuery.ofSite(site)
        .states(states)
        .endpoints(scope == null ? EndpointScope.ALL : scope)
        .event(event)
        .pendingEndpoints(pending == null ? EndpointScope.ALL : pending)
        .types(types(() -> oneOf(deliveries).type()))
        .fields(fields())
        .created(window());
  }

  private Set<OutcomeKind> outcomes() {
    OutcomeKind one = maybe(() -> oneOf(List.of(OutcomeKind.values())));
    if (one == null) {
      return Set.of();
    }
    return random.nextBoolean() ? OutcomeKind.failures() : Set.of(one);
  }

  private AttemptQuery attemptQuery() {
    List<Attempt> attempts = model.log().attempts(AttemptQuery.ofSite(site)).data();
    return AttemptQuery.ofSite(site)
        .delivery(random.nextInt(5) == 0 ? oneOf(deliveries).id() : null)
        .endpoint(maybe(() -> oneOf(deliveries).endpoint()))
        .types(types(() -> oneOf(deliveries).type()))
        .outcomes(outcomes())
        .statusCode(attempts.isEmpty() ? null : maybe(() -> oneOf(attempts).outcome().statusCode()))
        .started(window());
  }

  private Map<String, String> fields() {
    Map<String, String> some = maybe(() -> oneOf(events).options().searchFields());
    return some == null ? Map.of() : some;
  }

  /** Returns no types, one or two. */
  private Set<EventType> types(Supplier<EventType> choice) {
    Set<EventType> types = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      EventType type = maybe(choice);
      if (type != null) {
        types.add(type);
      }
    }
    return types;
  }

  private TimeWindow window() {
    Instant since = oneOf(events).acceptedAt().minusMillis(random.nextInt(2));
    Instant until = maybe(() -> since.plusMillis(random.nextInt(20)));
    return random.nextInt(3) == 0 ? TimeWindow.ALL.since(since).until(until) : TimeWindow.ALL;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> @Nullable T maybe(Supplier<T> choice) {
    return random.nextInt(3) == 0 ? choice.get() : null;
  }
}
