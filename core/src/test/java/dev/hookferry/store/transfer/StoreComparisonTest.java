package dev.hookferry.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.transfer.TransferContent;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.transfer.StoreComparison.Side;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StoreComparisonTest {
  private final MemoryStore store = new MemoryStore(() -> Samples.START, Duration.ofMinutes(5));

  private StoreComparison.Result compare(UnaryOperator<TransferRecord> change) {
    TransferContent.write(store, 1, 100);
    return new StoreComparison(10)
        .compare(
            new Side(store.snapshot(), RecordChange.NONE),
            new Side(store.snapshot(), one -> Optional.of(change.apply(one))),
            TransferHistory.ALL);
  }

  private static StoredDelivery changed(StoredDelivery stored) {
    return new StoredDelivery(stored.delivery(), stored.suspicion(), stored.payloadBytes() + 1);
  }

  @Test
  void findsNoDifferenceBetweenEqualStores() {
    StoreComparison.Result result = compare(UnaryOperator.identity());
    assertThat(result.differences()).isEmpty();
    assertThat(result.records()).isGreaterThan(200);
  }

  @Test
  void namesARecordThatDiffers() {
    DeliveryId[] first = new DeliveryId[1];
    StoreComparison.Result result =
        compare(
            one -> {
              if (first[0] == null && one instanceof StoredDelivery delivery) {
                first[0] = delivery.delivery().id();
              }
              return one instanceof StoredDelivery delivery
                      && delivery.delivery().id().equals(first[0])
                  ? changed(delivery)
                  : one;
            });
    assertThat(result.differences()).containsExactly("delivery " + first[0] + " differs");
  }

  @Test
  void namesTheFirstTenOfMany() {
    StoreComparison.Result result =
        compare(one -> one instanceof StoredDelivery delivery ? changed(delivery) : one);
    assertThat(result.differences())
        .hasSize(10)
        .allMatch(line -> line.matches("delivery dlv_\\w+ differs"));
  }

  @Test
  void namesRecordsPresentOnOnlyOneSide() {
    UUID missing = new UUID(1, 1);
    StoreComparison.Result result =
        compare(
            one ->
                one instanceof TransferRecord.StoredReplay replay
                    ? new TransferRecord.StoredReplay(
                        new dev.hookferry.store.ReplayStore.ReplayEntry(
                            missing, 1, replay.replay().text()))
                    : one);
    assertThat(result.differences())
        .anyMatch(line -> line.matches("replay \\S+ is only in memory"))
        .anyMatch(line -> line.contains(missing.toString()));
  }
}
