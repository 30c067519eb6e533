package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.event.Event;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.http.console.portal.forms.FilterConditionText;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EventId;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.portal.PortalEvents;
import dev.hookferry.portal.ScopedRouting;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.routing.RoutingOutcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An event that a visitor looks up and that some of their endpoints did not receive.
 *
 * @param id the event's id
 * @param type its type
 * @param accepted when it was accepted
 * @param count the number of endpoints that did not receive it, as text
 * @param lines the first of these endpoints
 * @param more how many more there are, as text; empty if there are none
 */
public record UnsentEvent(
    String id, String type, DisplayTime accepted, String count, List<Line> lines, String more) {
  private static final int MAX_EVENTS = 3;
  private static final int MAX_LINES = 10;

  /**
   * An endpoint that did not receive the event.
   *
   * @param endpoint its id
   * @param name its name, shortened
   * @param reason the reason
   * @param missed the query of the page that sends missed events to the endpoint; empty if this
   *     event would not be among them or the visitor may not send them
   */
  public record Line(String endpoint, String name, String reason, String missed) {}

  /** Returns the events named in a list's search box, unless every endpoint received them. */
  public static List<UnsentEvent> of(
      PortalAccess access, PortalFilter filter, Words words, Instant now) {
    String text = filter.search().strip();
    if (text.isEmpty()) {
      return List.of();
    }
    PortalEvents events = access.events();
    return found(access, events, text).stream()
        .map(event -> of(event, unsent(events, event, filter), access, words, now))
        .filter(event -> !event.lines().isEmpty())
        .toList();
  }

  private static List<ScopedRouting> unsent(PortalEvents events, Event event, PortalFilter filter) {
    String only = filter.text("endpoint");
    return events.routing(event).stream()
        .filter(one -> one.routing().delivery() == null)
        .filter(one -> only.isEmpty() || one.routing().endpoint().id().toString().equals(only))
        .toList();
  }

  private static List<Event> found(PortalAccess access, PortalEvents events, String text) {
    try {
      List<Event> byId = events.find(new EventId(text)).stream().toList();
      if (!byId.isEmpty()) {
        return byId;
      }
    } catch (InvalidException e) {
      // It can still be a value of a search field.
    }
    List<String> fields = access.searchFields();
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    if (fields.contains(name)) {
      return with(events, name, text.substring(colon + 1).strip());
    }
    return fields.stream()
        .map(field -> with(events, field, text))
        .filter(some -> !some.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<Event> with(PortalEvents events, String field, String value) {
    try {
      return events.with(field, value, MAX_EVENTS);
    } catch (InvalidException e) {
      return List.of();
    }
  }

  private static UnsentEvent of(
      Event event, List<ScopedRouting> unsent, PortalAccess access, Words words, Instant now) {
    int more = unsent.size() - MAX_LINES;
    return new UnsentEvent(
        event.id().value(),
        event.type().name(),
        words.time(event.acceptedAt(), now),
        words.count("unsent.count", unsent.size(), false),
        unsent.stream().limit(MAX_LINES).map(one -> line(event, one, access, words)).toList(),
        more > 0 ? words.count("unsent.more", more, false) : "");
  }

  private static Line line(Event event, ScopedRouting one, PortalAccess access, Words words) {
    boolean isSent =
        one.routing().outcome() == RoutingOutcome.CHANGED_SINCE
            && access.can(PortalCapability.RETRY);
    Instant minute = event.acceptedAt().truncatedTo(ChronoUnit.MINUTES);
    return new Line(
        one.routing().endpoint().id().toString(),
        ShortName.of(one.routing().endpoint()),
        reason(event, one, words),
        isSent
            ? "?range=custom&zone=UTC&since="
                + at(minute)
                + "&until="
                + at(minute.plus(1, ChronoUnit.MINUTES))
            : "");
  }

  /** Returns a time in UTC, in the format of period fields. */
  private static String at(Instant minute) {
    return minute.toString().substring(0, "2026-01-01T00:00".length());
  }

  private static String reason(Event event, ScopedRouting one, Words words) {
    return switch (one.routing().outcome()) {
      case NOT_SUBSCRIBED -> words.text("unsent.type", event.type().name());
      case NOT_ADDRESSED -> words.text("unsent.addressed");
      case LABEL -> words.text("unsent.label");
      case FILTER -> filter(one, words);
      case NOT_ROUTABLE -> words.text("unsent.routing");
      case CHANGED_SINCE -> words.text("unsent.later");
      case PAUSED, DISABLED, DELIVERED -> words.text("unsent.off");
    };
  }

  private static String filter(ScopedRouting one, Words words) {
    FilterMismatch mismatch = one.routing().mismatch();
    List<FilterConditionText> wanted =
        mismatch == null || mismatch.path().isEmpty()
            ? List.of()
            : FilterConditionText.of(
                new JsonWriter().json(mismatch.path(), mismatch.clause()).end(), words);
    if (mismatch == null || wanted.size() != 1) {
      return words.text("unsent.filter");
    }
    String sentence = wanted.get(0).text();
    if (!one.showsValue()) {
      return words.text("unsent.filter-wants", sentence);
    }
    return mismatch.found() == null
        ? words.text("unsent.filter-lacks", sentence)
        : words.text("unsent.filter-has", sentence, mismatch.found());
  }
}
