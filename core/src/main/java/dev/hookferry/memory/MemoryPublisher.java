package dev.hookferry.memory;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.CommitResult.Conflicting;
import dev.hookferry.store.commit.CommitResult.Outdated;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Publisher of one commit: stores publications; returns the receipt of the first for a repeat. */
final class MemoryPublisher {
  private final Tables tables;
  private final @Nullable Owner owner;
  private final long config;

  /**
   * Creates a publisher for one commit.
   *
   * @param owner null if the owner is dead and gets no deliveries
   * @param config the version of the configuration
   */
  MemoryPublisher(Tables tables, @Nullable Owner owner, long config) {
    this.tables = tables;
    this.owner = owner;
    this.config = config;
  }

  Published publish(PublishEntry publication) {
    EventTable mine = new EventTable();
    List<Entry> fresh = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < publication.entries().size(); i++) {
      Entry entry = publication.entries().get(i);
      EventTable.Kept kept = kept(entry);
      List<EventTable.Kept> earlier = new ArrayList<>(tables.events.withSameIdOrKey(entry.event()));
      earlier.addAll(mine.withSameIdOrKey(entry.event()));
      Optional<EventTable.Kept> other =
          earlier.stream()
              .filter(e -> !e.isRepeatedBy(entry.event()) && !isSame(e, kept))
              .findFirst();
      if (other.isPresent()) {
        return new Conflicting(i, other.get().event().id());
      }
      if (earlier.isEmpty()) {
        mine.add(kept);
        fresh.add(entry);
      }
      receipts.add(receipt(earlier.isEmpty() ? kept : earlier.get(0), kept));
    }
    if (!fresh.isEmpty() && publication.config() < config) {
      return new Outdated(config);
    }
    List<Delivery> ordered = publication.ownedInOrder();
    ordered.forEach(this::handBackEarlierTry);
    fresh.forEach(this::store);
    Set<DeliveryId> unowned = new HashSet<>();
    ordered.stream()
        .filter(delivery -> !isOwned(delivery))
        .forEach(delivery -> unowned.add(delivery.id()));
    return new Stored(receipts, unowned);
  }

  private boolean isOwned(Delivery delivery) {
    return owner != null && tables.deliveries.isOwned(delivery.site(), delivery.id(), owner);
  }

  /** Hands back a delivery that an earlier try of the same commit stored for this owner. */
  private void handBackEarlierTry(Delivery delivery) {
    if (isOwned(delivery)) {
      tables
          .deliveries
          .find(delivery.site(), delivery.id())
          .ifPresent(row -> tables.deliveries.put(row.delivery(), null, row.suspicion()));
    }
  }

  private void store(Entry entry) {
    tables.events.add(kept(entry));
    entry.deliveries().forEach(q -> tables.deliveries.put(q.delivery(), q.owned() ? owner : null));
  }

  private static EventTable.Kept kept(Entry entry) {
    List<DeliveryId> deliveries = entry.deliveries().stream().map(q -> q.delivery().id()).toList();
    return EventTable.Kept.of(entry.event(), deliveries);
  }

  private static Receipt receipt(EventTable.Kept first, EventTable.Kept repeat) {
    Event event = first.event();
    return new Receipt(event.id(), first.receipt(), !isSame(first, repeat));
  }

  /** Returns whether an earlier try of the same commit stored the event. */
  private static boolean isSame(EventTable.Kept first, EventTable.Kept repeat) {
    return first.event().id().equals(repeat.event().id())
        && first.event().acceptedAt().equals(repeat.event().acceptedAt())
        && Objects.equals(first.event().idempotence(), repeat.event().idempotence())
        && first.deliveries().equals(repeat.deliveries());
  }
}
