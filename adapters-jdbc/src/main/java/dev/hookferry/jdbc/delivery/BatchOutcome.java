package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.HandBack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The effects of a batch on deliveries.
 *
 * @param results results of attempts, in the order of the batch
 * @param handBacks deliveries to hand back unchanged
 */
record BatchOutcome(List<AttemptResult> results, List<HandBack> handBacks) {
  static BatchOutcome of(Batch batch) {
    return new BatchOutcome(batch.results(), batch.handBacks());
  }

  /**
   * Returns the batch with only the first result or hand-back of each delivery. That one ends the
   * ownership, so later ones are refused; the statements that write a batch do not keep the order
   * of its results.
   *
   * @param again receives the deliveries whose later results or hand-backs were left out
   */
  static Batch once(Batch batch, Set<DeliveryId> again) {
    Set<Key> seen = new HashSet<>();
    List<AttemptResult> results = new ArrayList<>(batch.results().size());
    for (AttemptResult result : batch.results()) {
      Delivery delivery = result.delivery();
      if (seen.add(new Key(delivery.site(), delivery.id()))) {
        results.add(result);
      } else {
        again.add(delivery.id());
      }
    }
    List<HandBack> handBacks = new ArrayList<>(batch.handBacks().size());
    for (HandBack handBack : batch.handBacks()) {
      if (seen.add(new Key(handBack.site(), handBack.delivery()))) {
        handBacks.add(handBack);
      } else {
        again.add(handBack.delivery());
      }
    }
    return again.isEmpty()
        ? batch
        : new Batch(batch.publications(), results, handBacks, batch.commands());
  }

  private record Key(SiteId site, DeliveryId id) {}

  /** Returns the deliveries that have become final. */
  List<Delivery> settled() {
    return results.stream().map(AttemptResult::delivery).filter(BatchOutcome::isFinal).toList();
  }

  /** Returns the results after which the delivery is pending again. */
  List<AttemptResult> retried() {
    return results.stream().filter(result -> !isFinal(result.delivery())).toList();
  }

  private static boolean isFinal(Delivery delivery) {
    return delivery.state().isFinal();
  }

  /** Returns the ids of all deliveries in the batch. */
  Set<DeliveryId> ids() {
    Set<DeliveryId> ids = new HashSet<>();
    results.forEach(result -> ids.add(result.delivery().id()));
    handBacks.forEach(handBack -> ids.add(handBack.delivery()));
    return ids;
  }
}
