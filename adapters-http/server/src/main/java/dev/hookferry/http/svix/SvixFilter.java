package dev.hookferry.http.svix;

import dev.hookferry.event.Channels;
import dev.hookferry.event.Event;
import dev.hookferry.id.EventType;
import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filter of messages, given in the query of a list call.
 *
 * @param types names of event types; empty for all
 * @param channel the channel that messages must have; null for no such condition
 */
record SvixFilter(Set<String> types, @Nullable String channel, TimeWindow window) {
  private static final Duration MILLI = Duration.ofMillis(1);

  static SvixFilter of(SvixQuery query) {
    Instant after = query.time("after");
    Instant before = query.time("before");
    if (after != null && before != null && before.isBefore(after)) {
      // The window is empty.
      before = after;
    }
    return new SvixFilter(
        query.set("event_types"), query.text("channel"), TimeWindow.ALL.since(after).until(before));
  }

  /**
   * Returns the labels that the store can filter by; empty without a channel or if it is invalid.
   */
  Map<String, String> labels() {
    return channel == null || channel.isEmpty() || channel.length() > Channels.MAX_LENGTH
        ? Map.of()
        : Channels.labels(List.of(channel));
  }

  /**
   * Returns the type that the store can filter by; null unless there is exactly one, and it is
   * valid.
   */
  @Nullable EventType onlyType() {
    String name = types.size() == 1 ? types.iterator().next() : "";
    return EventType.isName(name) ? new EventType(name) : null;
  }

  boolean holds(Event event) {
    return hasType(event.type()) && hasChannel(event);
  }

  boolean hasType(EventType type) {
    return types.isEmpty() || types.contains(type.name());
  }

  boolean hasChannel(Event event) {
    return channel == null || Channels.in(event.options().labels()).contains(channel);
  }

  /**
   * Returns the part of a window up to a time, inclusive; the whole window if there is no such
   * part.
   */
  static TimeWindow upTo(TimeWindow window, Instant place) {
    Instant end = place.plus(MILLI);
    Instant until = window.until();
    Instant since = window.since();
    boolean isEmpty = since != null && since.isAfter(end);
    return isEmpty
        ? window
        : TimeWindow.ALL.since(since).until(until == null || until.isAfter(end) ? end : until);
  }

  /** Returns the part of a window from a time on; the whole window if there is no such part. */
  static TimeWindow from(TimeWindow window, Instant place) {
    Instant since = window.since();
    Instant until = window.until();
    boolean isEmpty = until != null && until.isBefore(place);
    return isEmpty
        ? window
        : TimeWindow.ALL.until(until).since(since == null || since.isBefore(place) ? place : since);
  }

  /** Returns the creation time that an id contains. */
  static Instant time(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
