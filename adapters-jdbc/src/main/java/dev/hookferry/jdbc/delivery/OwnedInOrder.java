package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The deliveries with ordering keys that a commit publishes for its owner to send. The owner gets
 * those that are first in their queues. Deliveries stored by an earlier try of the commit are
 * handed back, because the owner does not know which of them it got.
 */
final class OwnedInOrder {
  private final List<List<Delivery>> byPublication;
  private final Set<DeliveryId> stored = new HashSet<>();
  private final Set<DeliveryId> owned = new HashSet<>();

  /**
   * Reads the publications of a commit.
   *
   * @param fresh the events that this try of the commit stores
   * @param queues the queue places of the deliveries
   */
  OwnedInOrder(List<PublishEntry> publications, List<Entry> fresh, KeyQueues queues) {
    byPublication = publications.stream().map(PublishEntry::ownedInOrder).toList();
    if (!isEmpty()) {
      for (Entry entry : fresh) {
        entry.deliveries().forEach(queued -> stored.add(queued.delivery().id()));
      }
      byPublication.forEach(
          some ->
              some.stream()
                  .filter(one -> stored.contains(one.id()) && !queues.waits(one))
                  .forEach(one -> owned.add(one.id())));
    }
  }

  boolean isEmpty() {
    return byPublication.stream().allMatch(List::isEmpty);
  }

  /** Returns the deliveries to hand back, in case an earlier try of the commit stored them. */
  List<HandBack> handBacks() {
    List<HandBack> handBacks = new ArrayList<>();
    for (List<Delivery> some : byPublication) {
      some.stream()
          .filter(one -> !stored.contains(one.id()))
          .forEach(one -> handBacks.add(new HandBack(one.site(), one.id())));
    }
    return handBacks;
  }

  /**
   * Returns the results of the publications with the deliveries that the owner does not own.
   *
   * @param isAlive whether the owner is alive; a dead owner owns nothing
   */
  List<Published> complete(List<Published> results, boolean isAlive) {
    if (isEmpty()) {
      return results;
    }
    List<Published> completed = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Published result = results.get(i);
      if (result instanceof Stored publication) {
        Set<DeliveryId> unowned = new HashSet<>();
        byPublication.get(i).stream()
            .map(Delivery::id)
            .filter(id -> !isAlive || !owned.contains(id))
            .forEach(unowned::add);
        result = new Stored(publication.receipts(), unowned);
      }
      completed.add(result);
    }
    return completed;
  }
}
