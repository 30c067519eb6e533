package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Release;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of deliveries by a batch.
 *
 * @param results of attempts, in the order of the batch
 * @param releases what is given back as it is
 */
record BatchOutcome(List<AttemptResult> results, List<Release> releases) {
  static BatchOutcome of(Batch batch) {
    return new BatchOutcome(batch.results(), batch.releases());
  }

  /** The deliveries that have become final. */
  List<Delivery> settled() {
    return results.stream().map(AttemptResult::delivery).filter(BatchOutcome::isFinal).toList();
  }

  /** The results after which a delivery waits again. */
  List<AttemptResult> waiting() {
    return results.stream().filter(result -> !isFinal(result.delivery())).toList();
  }

  private static boolean isFinal(Delivery delivery) {
    return delivery.state().isFinal();
  }

  /** All of these deliveries. */
  Set<DeliveryId> ids() {
    Set<DeliveryId> ids = new HashSet<>();
    results.forEach(result -> ids.add(result.delivery().id()));
    releases.forEach(release -> ids.add(release.delivery()));
    return ids;
  }
}
