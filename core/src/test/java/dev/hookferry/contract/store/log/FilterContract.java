package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.SampleHistory;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.query.TypeScope;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of filters, each alone and all combined. */
@Promise(by = AttemptLog.class, value = "Queries of events, deliveries and attempts.")
public interface FilterContract extends StoreFixture {
  /** A page that holds everything here. */
  PageRequest WHOLE = PageRequest.of(PageRequest.MAX_LIMIT);

  @Promise(by = AttemptQuery.class, value = "Query for attempts.")
  @Test
  default void filtersAttempts(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 60);
    for (AttemptQuery query : attemptQueries(all, harness.samples)) {
      List<Attempt> expected =
          all.attempts.stream()
              .filter(a -> a.site().equals(query.site()))
              .filter(a -> fits(query.delivery(), a.delivery()))
              .filter(a -> query.endpoints().contains(a.endpoint()))
              .filter(a -> query.types().contains(a.type()))
              .filter(a -> fits(query.outcomes(), a.outcome().kind()))
              .filter(a -> fits(query.statusCode(), a.outcome().statusCode()))
              .filter(a -> query.started().contains(a.startedAt()))
              .sorted(Comparator.comparing((Attempt a) -> a.id().toString()).reversed())
              .toList();
      assertThat(harness.store().log().attempts(query).data())
          .as(query.toString())
          .isEqualTo(expected);
    }
  }

  private static boolean fits(@Nullable Object wanted, Object found) {
    return wanted == null || Objects.equals(wanted, found);
  }

  private static <T> boolean fits(Set<T> wanted, T found) {
    return wanted.isEmpty() || wanted.contains(found);
  }

  private static List<AttemptQuery> attemptQueries(SampleHistory all, Samples samples) {
    List<AttemptQuery> queries = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      // The first eight pick one filter each, the others pick at random.
      Picker pick = new Picker(samples, i);
      EndpointScope scope = pick.maybe(1, () -> someEndpoints(all, samples));
      queries.add(
          AttemptQuery.ofSite(samples.oneOf(SampleHistory.SITES))
              .delivery(pick.maybe(0, () -> samples.oneOf(all.deliveries).id()))
              .endpoints(scope == null ? EndpointScope.ALL : scope)
              .types(pick.types(2))
              .outcomes(pick.outcomes(3))
              .statusCode(pick.maybe(4, () -> samples.oneOf(all.attempts).outcome().statusCode()))
              .started(pick.window(all))
              .page(WHOLE));
    }
    return queries;
  }

  @Promise(by = DeliveryQuery.class, value = "Query for deliveries.")
  @Test
  default void filtersDeliveries(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 60);
    for (DeliveryQuery query : deliveryQueries(all, harness.samples)) {
      List<Delivery> expected =
          all.deliveries.stream()
              .filter(d -> d.site().equals(query.site()))
              .filter(d -> query.states().contains(d.state()))
              .filter(d -> query.endpoints().contains(d.endpoint()))
              .filter(
                  d ->
                      d.state() != DeliveryState.PENDING
                          || query.pendingEndpoints().contains(d.endpoint()))
              .filter(d -> !query.excludedTypes().contains(d.type()))
              .filter(d -> fits(query.event(), d.event()))
              .filter(d -> query.types().contains(d.type()))
              .filter(d -> query.created().contains(d.createdAt()))
              .sorted(Comparator.comparing((Delivery d) -> d.id().toString()).reversed())
              .toList();
      assertThat(harness.store().log().deliveries(query).data())
          .as(query.toString())
          .isEqualTo(expected);
    }
  }

  private static List<DeliveryQuery> deliveryQueries(SampleHistory all, Samples samples) {
    List<DeliveryQuery> queries = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Picker pick = new Picker(samples, i);
      Set<DeliveryState> states = pick.maybe(0, () -> someStates(samples));
      EndpointScope scope = pick.maybe(1, () -> someEndpoints(all, samples));
      EndpointScope pending = pick.maybe(4, () -> someEndpoints(all, samples));
      DeliveryQuery query =
          DeliveryQuery.ofSite(samples.oneOf(SampleHistory.SITES))
              .states(states == null ? DeliveryQuery.STORED_STATES : states)
              .endpoints(scope == null ? EndpointScope.ALL : scope)
              .event(pick.maybe(2, () -> samples.oneOf(all.events).id()))
              .types(pick.types(3))
              .pendingEndpoints(pending == null ? EndpointScope.ALL : pending)
              .created(pick.window(all))
              .page(WHOLE);
      query = i % 3 == 2 ? query.withoutTests() : query;
      queries.add(i % 4 == 3 ? query.withoutTypes(pick.types(3).names()) : query);
    }
    return queries;
  }

  private static Set<DeliveryState> someStates(Samples samples) {
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    DeliveryQuery.STORED_STATES.stream()
        .sorted()
        .filter(state -> samples.number(2) == 0)
        .forEach(states::add);
    return states;
  }

  private static EndpointScope someEndpoints(SampleHistory all, Samples samples) {
    Set<EndpointId> some = new HashSet<>(all.endpoints.subList(samples.number(3), 3));
    if (samples.number(4) == 0) {
      Stream.generate(samples::endpoint).limit(100).forEach(some::add);
    }
    return samples.number(2) == 0 ? EndpointScope.only(some) : EndpointScope.except(some);
  }

  @Promise(by = EventQuery.class, value = "Query for events.")
  @Test
  default void filtersEvents(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 60);
    for (int i = 0; i < 100; i++) {
      Picker pick = new Picker(harness.samples, i);
      EventQuery query =
          EventQuery.ofSite(harness.samples.oneOf(SampleHistory.SITES))
              .types(pick.types(0))
              .accepted(pick.window(all))
              .page(WHOLE);
      List<Event> expected =
          all.events.stream()
              .filter(e -> e.site().equals(query.site()))
              .filter(e -> query.types().contains(e.type()))
              .filter(e -> query.accepted().contains(e.acceptedAt()))
              .sorted(Comparator.comparing(Event::acceptedAt).reversed())
              .toList();
      assertThat(harness.store().log().events(query).data())
          .as(query.toString())
          .isEqualTo(expected);
    }
  }

  @Test
  default void matchesTypesByTheirFullName(StoreHarness harness) {
    List<EventType> types =
        Stream.of("license_created", "licenseXcreated", "license_created_2", "License_created")
            .map(EventType::new)
            .toList();
    types.forEach(type -> harness.publish(harness.samples.event(Samples.SITE, type)));

    for (EventType type : types) {
      assertThat(
              harness
                  .store()
                  .log()
                  .events(EventQuery.ofSite(Samples.SITE).type(type).page(WHOLE))
                  .data())
          .extracting(Event::type)
          .containsExactly(type);
    }
  }

  @Test
  default void matchesTypesByTheirPrefix(StoreHarness harness) {
    for (String type :
        List.of("key_made", "keyXmade", "Key_made", "key_", "key", "key_blocked", "other.type")) {
      harness.publish(harness.samples.event(Samples.SITE, new EventType(type)));
    }
    assertThat(found(harness, "key_*"))
        .as("neither others by case or sign, nor operational ones")
        .containsExactlyInAnyOrder("key_made", "key_");
    assertThat(found(harness, "other.*", "key_blocked", "Key*"))
        .containsExactlyInAnyOrder("other.type", "key_blocked", "Key_made");
    assertThat(found(harness, "none.*")).isEmpty();
  }

  private static List<String> found(StoreHarness harness, String... filters) {
    TypeScope types = TypeScope.matching(Stream.of(filters).map(EventTypeFilter::new).toList());
    EventQuery query = EventQuery.ofSite(Samples.SITE).types(types).page(WHOLE);
    return harness.store().log().events(query).data().stream()
        .map(event -> event.type().name())
        .toList();
  }

  @Test
  default void aWindowIncludesItsStartAndExcludesItsEnd(StoreHarness harness) {
    Delivery first = harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    Instant begin = first.createdAt();

    assertThat(created(harness, TimeWindow.ALL.since(begin))).hasSize(1);
    assertThat(created(harness, TimeWindow.ALL.since(begin.plusMillis(1)))).isEmpty();
    assertThat(created(harness, TimeWindow.ALL.until(begin.plusMillis(1)))).hasSize(1);
    assertThat(created(harness, TimeWindow.ALL.until(begin))).isEmpty();
    assertThat(created(harness, TimeWindow.ALL.since(begin).until(begin))).isEmpty();
    assertThat(created(harness, TimeWindow.ALL.since(begin).until(begin.plusMillis(1)))).hasSize(1);
    assertThat(created(harness, TimeWindow.ALL.since(Instant.EPOCH).until(StoreHarness.FAR_AHEAD)))
        .hasSize(1);
  }

  /** As if NTP had corrected a clock that was a day ahead, while the node was running. */
  @Test
  default void aWindowFindsWhatCameAfterTheClockWasSetBack(StoreHarness harness) {
    harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    harness.samples.pass(Duration.ofDays(1));
    harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    harness.samples.pass(Duration.ofDays(-1));
    Delivery after = harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));

    TimeWindow hour =
        TimeWindow.ALL.since(after.createdAt()).until(after.createdAt().plus(Duration.ofHours(1)));
    assertThat(created(harness, hour)).containsExactly(after);
    assertThat(started(harness, hour)).extracting(Attempt::delivery).containsExactly(after.id());
  }

  /** The clock of the node that accepted its event may have been ahead. */
  @Test
  default void findsAnAttemptThatSeemsOlderThanItsEvent(StoreHarness harness) {
    Delivery delivery = harness.owned(harness.samples.endpoint());
    Instant start = delivery.createdAt().minusSeconds(60);
    Attempt attempt =
        new Attempt(
            new AttemptId(harness.samples.deliveryId().value()),
            delivery.id(),
            delivery.site(),
            delivery.endpoint(),
            delivery.event(),
            delivery.type(),
            1,
            start,
            "https://receiver.example/",
            harness.samples.success(),
            null);
    harness.record(new AttemptResult(delivery.delivered(harness.samples.now()), attempt));

    assertThat(started(harness, TimeWindow.ALL.until(start.plusMillis(1))))
        .containsExactly(attempt);
    assertThat(started(harness, TimeWindow.ALL.until(start))).isEmpty();
    assertThat(started(harness, TimeWindow.ALL.since(start))).containsExactly(attempt);
    assertThat(started(harness, TimeWindow.ALL.since(start.plusMillis(1)))).isEmpty();
  }

  private static List<Attempt> started(StoreHarness harness, TimeWindow window) {
    AttemptQuery all = AttemptQuery.ofSite(Samples.SITE);
    return harness.store().log().attempts(all.started(window)).data();
  }

  private static List<Delivery> created(StoreHarness harness, TimeWindow window) {
    DeliveryQuery all = DeliveryQuery.ofSite(Samples.SITE);
    return harness.store().log().deliveries(all.created(window)).data();
  }

  /** Picks filters: query number n below the first few uses the n-th alone, later ones any. */
  final class Picker {
    private static final int WINDOW = 5;

    private static final List<EventTypeFilter> PREFIXES =
        Stream.of("license_*", "license*", "customer.*", "t*", "none.*", "*")
            .map(EventTypeFilter::new)
            .toList();

    private final Samples samples;
    private final int query;

    Picker(Samples samples, int query) {
      this.samples = samples;
      this.query = query;
    }

    <T> @Nullable T maybe(int filter, Supplier<T> choice) {
      return picks(filter) ? choice.get() : null;
    }

    /** One or two names, some with a prefix, or a prefix alone. */
    TypeScope types(int filter) {
      EventType one = maybe(filter, () -> samples.oneOf(SampleHistory.TYPES));
      if (one == null) {
        return TypeScope.ALL;
      }
      Set<EventTypeFilter> prefix = Set.of(samples.oneOf(PREFIXES));
      return switch (samples.number(3)) {
        case 0 -> new TypeScope(Set.of(), prefix);
        case 1 -> new TypeScope(Set.of(one), prefix);
        default -> TypeScope.of(new HashSet<>(List.of(one, samples.oneOf(SampleHistory.TYPES))));
      };
    }

    /** One outcome, two, or all failures. */
    Set<OutcomeKind> outcomes(int filter) {
      if (!picks(filter)) {
        return Set.of();
      }
      List<OutcomeKind> kinds = List.of(OutcomeKind.values());
      return switch (samples.number(3)) {
        case 0 -> OutcomeKind.failures();
        case 1 -> new HashSet<>(List.of(samples.oneOf(kinds), samples.oneOf(kinds)));
        default -> Set.of(samples.oneOf(kinds));
      };
    }

    private boolean picks(int filter) {
      return query <= 2 * WINDOW ? query % (WINDOW + 1) == filter : samples.number(3) == 0;
    }

    TimeWindow window(SampleHistory all) {
      if (!picks(WINDOW)) {
        return TimeWindow.ALL;
      }
      Instant one = all.moment();
      Instant two = all.moment();
      return switch (samples.number(3)) {
        case 0 -> TimeWindow.ALL.since(one);
        case 1 -> TimeWindow.ALL.until(one);
        default ->
            TimeWindow.ALL
                .since(one.isBefore(two) ? one : two)
                .until(one.isBefore(two) ? two : one);
      };
    }
  }
}
