package dev.hookferry.app.search;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.AttemptLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every filter of the lists, alone and combined, with many, few and no matches. */
final class Questions {
  private static final EventType COMMON = Receivers.TYPES.get(0);
  private static final EventType LESS_COMMON = Receivers.TYPES.get(7);
  private static final EventType NO_TYPE = new EventType("no.such.type");

  private final Map<String, EndpointId> endpoints = new LinkedHashMap<>();
  private final Map<String, TimeWindow> windows = new LinkedHashMap<>();

  /** The oldest event, one from the middle, the newest. */
  private final List<Event> known = new ArrayList<>();

  private final EndpointId paused;
  private final List<Question> all = new ArrayList<>();

  Questions(AttemptLog log, Receivers receivers, Instant begin) {
    paused = receivers.paused();
    endpoints.put("busy", receivers.at(0));
    endpoints.put("quiet", receivers.at(70));
    endpoints.put("rare", receivers.rare);
    endpoints.put("of another site", receivers.at(99));
    Instant end = begin.plus(Crowd.SPAN);
    windows.put("last hour", TimeWindow.ALL.since(end.minus(Duration.ofHours(1))));
    Instant middle = begin.plus(Duration.ofHours(50));
    windows.put(
        "five minutes", TimeWindow.ALL.since(middle).until(middle.plus(Duration.ofMinutes(5))));
    windows.put("first hour", TimeWindow.ALL.until(begin.plus(Duration.ofHours(1))));
    windows.put("before all", TimeWindow.ALL.until(begin.minusSeconds(1)));
    known.add(one(log, Receivers.RARE_TYPE, TimeWindow.ALL));
    known.add(one(log, null, windows.get("five minutes")));
    known.add(one(log, null, TimeWindow.ALL));
    deliveries();
    attempts(log);
    events();
    lookups(log);
  }

  private static Event one(AttemptLog log, @Nullable EventType type, TimeWindow window) {
    PageRequest first = PageRequest.of(1);
    return log.events(EventQuery.ofSite(Receivers.SITE).type(type).accepted(window).page(first))
        .data()
        .get(0);
  }

  List<Question> all() {
    return all;
  }

  private void deliveries() {
    all.add(deliveries("", null, null, null, TimeWindow.ALL));
    for (DeliveryState state : DeliveryQuery.STORED_STATES.stream().sorted().toList()) {
      all.add(deliveries("", state, null, null, TimeWindow.ALL));
      all.add(deliveries("", state, "busy", null, TimeWindow.ALL));
      all.add(deliveries("", state, "quiet", null, TimeWindow.ALL));
      all.add(deliveries("", state, "rare", null, TimeWindow.ALL));
      all.add(deliveries("", state, null, LESS_COMMON, TimeWindow.ALL));
      all.add(deliveries("", state, "busy", LESS_COMMON, TimeWindow.ALL));
      all.add(deliveries("", state, null, NO_TYPE, TimeWindow.ALL));
      windows.forEach((name, window) -> all.add(deliveries(name, state, null, null, window)));
      all.add(deliveries("first hour", state, "busy", COMMON, windows.get("first hour")));
    }
    endpoints.keySet().forEach(e -> all.add(deliveries("", null, e, null, TimeWindow.ALL)));
    for (EventType type : List.of(COMMON, LESS_COMMON, Receivers.RARE_TYPE, NO_TYPE)) {
      all.add(deliveries("", null, null, type, TimeWindow.ALL));
      all.add(deliveries("", null, "busy", type, TimeWindow.ALL));
    }
    windows.forEach(
        (name, window) -> {
          all.add(deliveries(name, null, null, null, window));
          all.add(deliveries(name, null, "busy", null, window));
          all.add(deliveries(name, null, null, LESS_COMMON, window));
        });
    DeliveryQuery pending = DeliveryQuery.ofSite(Receivers.SITE).state(DeliveryState.PENDING);
    all.add(
        Question.deliveries("status=held", pending.endpoints(EndpointScope.only(Set.of(paused)))));
    EndpointScope others = EndpointScope.except(Set.of(paused));
    all.add(Question.deliveries("status=pending, not held", pending.endpoints(others)));
    all.add(Question.deliveries("of the other site", DeliveryQuery.ofSite(Receivers.OTHER_SITE)));
    DeliveryQuery every = DeliveryQuery.ofSite(Receivers.SITE);
    known.forEach(
        e -> all.add(Question.deliveries("event=" + known.indexOf(e), every.event(e.id()))));
    all.add(Question.deliveries("event=unknown", every.event(new EventId("evt_unknown"))));
  }

  private Question deliveries(
      String when,
      @Nullable DeliveryState state,
      @Nullable String endpoint,
      @Nullable EventType type,
      TimeWindow window) {
    DeliveryQuery query =
        DeliveryQuery.ofSite(Receivers.SITE)
            .state(state)
            .endpoint(endpoint == null ? null : endpoints.get(endpoint))
            .type(type)
            .created(window);
    return Question.deliveries(
        name(state == null ? "" : state.code(), endpoint, type, when), query);
  }

  private static String name(
      String state, @Nullable String endpoint, @Nullable EventType type, String when) {
    List<String> parts = new ArrayList<>();
    if (!state.isEmpty()) {
      parts.add(state);
    }
    if (endpoint != null) {
      parts.add("endpoint=" + endpoint);
    }
    if (type != null) {
      parts.add("type=" + type);
    }
    if (!when.isEmpty()) {
      parts.add(when);
    }
    return parts.isEmpty() ? "all" : String.join(", ", parts);
  }

  private void attempts(AttemptLog log) {
    for (OutcomeKind kind :
        new @Nullable OutcomeKind[] {
          null,
          OutcomeKind.DELIVERED,
          OutcomeKind.HTTP_ERROR,
          OutcomeKind.WORKER_DIED,
          OutcomeKind.TLS_ERROR
        }) {
      Ending ending = new Ending(kind, null);
      all.add(attempts("", ending, null, null, TimeWindow.ALL));
      all.add(attempts("", ending, "busy", null, TimeWindow.ALL));
      all.add(attempts("", ending, "quiet", null, TimeWindow.ALL));
      all.add(attempts("", ending, "rare", null, TimeWindow.ALL));
      all.add(attempts("", ending, null, LESS_COMMON, TimeWindow.ALL));
      all.add(attempts("", ending, "busy", NO_TYPE, TimeWindow.ALL));
      windows.forEach((name, span) -> all.add(attempts(name, ending, null, null, span)));
      all.add(attempts("first hour", ending, "busy", COMMON, windows.get("first hour")));
    }
    for (int status : new int[] {200, 503, 418, 404}) {
      all.add(attempts("", new Ending(null, status), null, null, TimeWindow.ALL));
      all.add(attempts("", new Ending(null, status), "busy", null, TimeWindow.ALL));
      all.add(
          attempts(
              "five minutes", new Ending(null, status), null, null, windows.get("five minutes")));
      all.add(attempts("", new Ending(OutcomeKind.HTTP_ERROR, status), null, null, TimeWindow.ALL));
    }
    all.add(attempts("", new Ending(null, null), null, Receivers.RARE_TYPE, TimeWindow.ALL));
    all.add(attempts("", new Ending(null, null), null, NO_TYPE, TimeWindow.ALL));
    known.forEach(
        event ->
            deliveriesOf(log, event)
                .forEach(
                    d ->
                        all.add(
                            Question.attempts(
                                "delivery=" + known.indexOf(event),
                                AttemptQuery.ofSite(Receivers.SITE).delivery(d.id())))));
  }

  private static List<Delivery> deliveriesOf(AttemptLog log, Event event) {
    return log.deliveries(DeliveryQuery.ofSite(event.site()).event(event.id())).data().stream()
        .limit(1)
        .toList();
  }

  /** How attempts ended; null for all. */
  private record Ending(@Nullable OutcomeKind kind, @Nullable Integer status) {
    @Override
    public String toString() {
      String first = kind == null ? "" : kind.code();
      String second = status == null ? "" : "statusCode=" + status;
      return first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
    }
  }

  private Question attempts(
      String when,
      Ending ending,
      @Nullable String endpoint,
      @Nullable EventType type,
      TimeWindow window) {
    EndpointId id = endpoint == null ? null : endpoints.get(endpoint);
    return Question.attempts(
        name(ending.toString(), endpoint, type, when),
        AttemptQuery.ofSite(Receivers.SITE)
            .endpoint(id)
            .type(type)
            .outcome(ending.kind())
            .statusCode(ending.status())
            .started(window));
  }

  private void events() {
    EventType none = null;
    all.add(events("", none, TimeWindow.ALL));
    for (EventType type : List.of(COMMON, LESS_COMMON, Receivers.RARE_TYPE, NO_TYPE)) {
      all.add(events("", type, TimeWindow.ALL));
      windows.forEach((name, window) -> all.add(events(name, type, window)));
    }
    windows.forEach((name, window) -> all.add(events(name, none, window)));
    for (Event event : known) {
      event
          .options()
          .searchFields()
          .forEach(
              (name, value) ->
                  all.add(fields(name + " of " + known.indexOf(event), Map.of(name, value))));
    }
    all.add(fields("a value that no event has", Map.of("ActivationKey", "no")));
    for (String endpoint : endpoints.keySet()) {
      known
          .get(1)
          .options()
          .searchFields()
          .forEach((name, value) -> all.add(ofFields(endpoint, Map.of(name, value))));
      all.add(ofFields(endpoint, Map.of("ActivationKey", "no")));
    }
    Map<String, String> newest = known.get(2).options().searchFields();
    all.add(fields("all fields of 2", newest));
    Map<String, String> never = new HashMap<>(newest);
    never.put("Product", "Product 9");
    all.add(fields("a product that no event has", never));
  }

  private Question ofFields(String endpoint, Map<String, String> fields) {
    return Question.deliveries(
        "field: endpoint=" + endpoint + ", " + String.join("", fields.keySet()),
        DeliveryQuery.ofSite(Receivers.SITE).endpoint(endpoints.get(endpoint)).fields(fields));
  }

  private static Question fields(String what, Map<String, String> fields) {
    return Question.events("field: " + what, EventQuery.ofSite(Receivers.SITE).fields(fields));
  }

  private static Question events(String when, @Nullable EventType type, TimeWindow window) {
    return Question.events(
        name("", null, type, when), EventQuery.ofSite(Receivers.SITE).type(type).accepted(window));
  }

  private void lookups(AttemptLog log) {
    for (Event event : known) {
      String which = "" + known.indexOf(event);
      all.add(Question.one("event by id " + which, l -> l.event(event.site(), event.id())));
      String key = event.idempotence().key();
      all.add(Question.one("event by key " + which, l -> l.eventByKey(event.site(), key)));
      for (Delivery delivery : deliveriesOf(log, event)) {
        all.add(
            Question.one(
                "delivery by id " + which, l -> l.delivery(delivery.site(), delivery.id())));
      }
    }
    all.add(Question.one("event by unknown id", l -> l.event(Receivers.SITE, new EventId("no"))));
    all.add(Question.one("event by unknown key", l -> l.eventByKey(Receivers.SITE, "no")));
  }
}
