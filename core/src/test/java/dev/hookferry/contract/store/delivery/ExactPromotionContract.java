package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of stores that know whether a commit promoted a delivery. */
@Promise(
    by = CommitResult.class,
    value =
        "whether a result ended the first of the queue of an ordering key and another delivery"
            + " followed it, which can be claimed now")
public interface ExactPromotionContract extends StoreFixture {
  @Test
  default void aResultPromotesOnlyIfAnotherFollows(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = OrderContract.ordered(harness, endpoint, "a");
    Delivery second = OrderContract.ordered(harness, endpoint, "a");
    Delivery other = OrderContract.ordered(harness, endpoint, "b");
    Delivery free = harness.queued(endpoint);
    harness.claimAll(endpoint);

    assertThat(promoted(harness, other, free)).isFalse();
    assertThat(promoted(harness, first)).isTrue();
    harness.claimAll(endpoint);
    assertThat(promoted(harness, second)).isFalse();
  }

  @Test
  default void commandsThatEndNoDeliveryPromoteNone(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = OrderContract.ordered(harness, endpoint, "a");
    OrderContract.ordered(harness, endpoint, "a");

    assertThat(promoted(harness, first)).as("refused: nobody owns it").isFalse();
    harness.claimAll(endpoint);
    assertThat(harness.commit(Batch.of(new HandBack(first.site(), first.id()))).promoted())
        .isFalse();
    harness.claimAll(endpoint);
    Delivery blocked = first.blocked(harness.samples.now());
    AttemptResult result =
        new AttemptResult(blocked, harness.samples.attempt(first, harness.samples.failure()));
    assertThat(harness.commit(Batch.of(result)).promoted()).isFalse();
  }

  @Test
  default void aDeliveryOfTheSameCommitMayFollow(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = OrderContract.ordered(harness, endpoint, "a");
    harness.claimAll(endpoint);
    Event event = harness.samples.event();
    Delivery second = harness.samples.delivery(event, endpoint).inOrder("a");

    CommitResult done =
        harness.commit(
            new Batch(
                List.of(StoreHarness.free(event, second)),
                List.of(OrderContract.success(harness, first)),
                List.of(),
                List.of()));

    assertThat(done.promoted()).isTrue();
    assertThat(harness.claimAll(endpoint)).containsExactly(second);
  }

  private static boolean promoted(StoreHarness harness, Delivery... ended) {
    List<AttemptResult> results =
        Stream.of(ended).map(one -> OrderContract.success(harness, one)).toList();
    return harness.commit(new Batch(List.of(), results, List.of(), List.of())).promoted();
  }
}
