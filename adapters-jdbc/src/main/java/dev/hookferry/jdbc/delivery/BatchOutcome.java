package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Release;
import java.util.ArrayList;
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

  /**
   * Returns the batch with the first result or release of each delivery only. It ends the
   * ownership, so those that follow are refused; the statements below know no order within a batch.
   *
   * @param again receives the deliveries of those that are left out
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
    List<Release> releases = new ArrayList<>(batch.releases().size());
    for (Release release : batch.releases()) {
      if (seen.add(new Key(release.site(), release.delivery()))) {
        releases.add(release);
      } else {
        again.add(release.delivery());
      }
    }
    return again.isEmpty()
        ? batch
        : new Batch(batch.publications(), results, releases, batch.commands());
  }

  private record Key(SiteId site, DeliveryId id) {}

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
