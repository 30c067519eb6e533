package org.example.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.CommitResult.Conflicting;
import dev.hookferry.store.commit.CommitResult.Outdated;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.PublishEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stores the publications of a commit and recognizes repeats. */
final class Publisher {
  private final Ledger.Change change;
  private final Owner owner;

  /**
   * Creates a publisher for one commit.
   *
   * @param owner the committing owner; null if it is dead and can own nothing
   */
  Publisher(Ledger.Change change, Owner owner) {
    this.change = change;
    this.owner = owner;
  }

  Published publish(PublishEntry publication) {
    Map<EventRow, PublishEntry.Entry> fresh = new LinkedHashMap<>();
    List<Receipt> receipts = new ArrayList<>();
    for (PublishEntry.Entry entry : publication.entries()) {
      EventRow row = row(entry, change.tables().nextEvent() + fresh.size());
      List<EventRow> earlier = earlier(row, fresh);
      Optional<EventRow> conflict =
          earlier.stream().filter(e -> !row.repeats(e) && !row.isSameAs(e)).findFirst();
      if (conflict.isPresent()) {
        return new Conflicting(receipts.size(), conflict.get().event().id());
      }
      if (earlier.isEmpty()) {
        fresh.put(row, entry);
      }
      receipts.add(receipt(earlier.isEmpty() ? row : earlier.get(0), row));
    }
    long config = change.tables().config().version();
    if (!fresh.isEmpty() && publication.config() < config) {
      return new Outdated(config);
    }
    List<Delivery> ordered = publication.ownedInOrder();
    ordered.forEach(this::handBackEarlierTry);
    fresh.forEach(this::store);
    Set<DeliveryId> unowned =
        ordered.stream()
            .filter(delivery -> !isOwned(delivery))
            .map(Delivery::id)
            .collect(Collectors.toSet());
    return new Stored(receipts, unowned);
  }

  private static EventRow row(PublishEntry.Entry entry, long number) {
    return new EventRow(
        number, entry.event(), entry.deliveries().stream().map(q -> q.delivery().id()).toList());
  }

  /** Returns the events with the same id or key, from the store and from this publication. */
  private List<EventRow> earlier(EventRow row, Map<EventRow, ?> fresh) {
    return Stream.concat(
            change.tables().withSameIdOrKey(row).stream(),
            fresh.keySet().stream().filter(row::sharesNameWith))
        .toList();
  }

  private static Receipt receipt(EventRow first, EventRow row) {
    return new Receipt(first.event().id(), first.published().size(), !row.isSameAs(first));
  }

  private boolean isOwned(Delivery delivery) {
    return owner != null && find(delivery).map(row -> owner.equals(row.owner())).orElse(false);
  }

  private Optional<DeliveryIndex.Row> find(Delivery delivery) {
    return change.tables().deliveries().find(delivery.site(), delivery.id());
  }

  /** Hands back a delivery that an earlier try of the commit stored. Others may claim it. */
  private void handBackEarlierTry(Delivery delivery) {
    if (isOwned(delivery)) {
      find(delivery)
          .ifPresent(
              row -> change.add(new Fact.DeliveryChanged(row.delivery(), null, row.suspicion())));
    }
  }

  private void store(EventRow row, PublishEntry.Entry entry) {
    change.add(new Fact.EventAccepted(row.number(), row.event(), row.published()));
    for (PublishEntry.Queued queued : entry.deliveries()) {
      Owner sender = queued.owned() ? owner : null;
      change.add(new Fact.DeliveryChanged(queued.delivery(), sender, CrashSuspicion.NONE));
    }
  }
}
