package dev.hookferry.jdbc;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.port.Batch;
import dev.hookferry.port.Release;
import dev.hookferry.port.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of deliveries by a batch.
 *
 * @param results of attempts, in the order of the batch
 * @param releases what is given back as it is
 */
record Outcomes(List<Result> results, List<Release> releases) {
  static Outcomes of(Batch batch) {
    return new Outcomes(batch.results(), batch.releases());
  }

  /** The deliveries that have become final. */
  List<Delivery> settled() {
    return results.stream().map(Result::delivery).filter(Outcomes::isFinal).toList();
  }

  /** The results after which a delivery waits again. */
  List<Result> waiting() {
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
