package dev.hookferry.jdbc.delivery;

import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events by their names: ids and idempotency keys, either of which marks a repeated publish. Not
 * thread-safe.
 */
final class KnownEvents {
  private final Map<Name, Known> byId = new HashMap<>();
  private final Map<Name, Known> byKey = new HashMap<>();

  private record Name(SiteId site, String name) {}

  /**
   * An event that is stored or about to be.
   *
   * @param deliveries number of deliveries that it was accepted with
   * @param ids those of the deliveries being published that it was accepted with
   */
  record Known(
      EventId id,
      Instant acceptedAt,
      @Nullable Fingerprint fingerprint,
      int deliveries,
      Set<DeliveryId> ids) {
    static Known of(Entry entry) {
      Event event = entry.event();
      return new Known(
          event.id(),
          millis(event.acceptedAt()),
          fingerprint(event),
          entry.deliveries().size(),
          Set.copyOf(entry.deliveries().stream().map(q -> q.delivery().id()).toList()));
    }

    /** Returns whether publishing the other event is a repeat of this one. */
    boolean isRepeatedBy(Event other) {
      return fingerprint != null && fingerprint.equals(fingerprint(other));
    }

    /** Returns whether an earlier try of the same commit stored this entry. */
    boolean isSameAs(Entry entry) {
      return id.equals(entry.event().id())
          && acceptedAt.equals(millis(entry.event().acceptedAt()))
          && Objects.equals(fingerprint, fingerprint(entry.event()))
          && deliveries == entry.deliveries().size()
          && entry.deliveries().stream().allMatch(q -> ids.contains(q.delivery().id()));
    }

    Receipt receipt(Entry repeat) {
      return new Receipt(id, deliveries, !isSameAs(repeat));
    }

    private static @Nullable Fingerprint fingerprint(Event event) {
      Idempotence idempotence = event.idempotence();
      return idempotence == null ? null : idempotence.fingerprint();
    }

    private static Instant millis(Instant time) {
      return time.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  void add(SiteId site, Known known, @Nullable String key) {
    byId.put(new Name(site, known.id().value()), known);
    if (key != null) {
      byKey.put(new Name(site, key), known);
    }
  }

  void add(Entry entry) {
    add(entry.event().site(), Known.of(entry), key(entry.event()));
  }

  void addAll(KnownEvents others) {
    byId.putAll(others.byId);
    byKey.putAll(others.byKey);
  }

  /**
   * Returns the events that have the id or the key of this event: at most two, the one with the
   * same id first.
   */
  List<Known> withSameIdOrKey(Event event) {
    String key = key(event);
    Known sameId = byId.get(new Name(event.site(), event.id().value()));
    Known sameKey = key == null ? null : byKey.get(new Name(event.site(), key));
    return Stream.of(Stream.ofNullable(sameId), Stream.ofNullable(sameKey))
        .flatMap(same -> same)
        .distinct()
        .toList();
  }

  static @Nullable String key(Event event) {
    return event.idempotence() == null ? null : event.idempotence().key();
  }
}
