package dev.hookferry.contract.store.delivery;

import static dev.hookferry.contract.store.delivery.OrderContract.drain;
import static dev.hookferry.contract.store.delivery.OrderContract.end;
import static dev.hookferry.contract.store.delivery.OrderContract.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of commands on deliveries that stand in the queue of an ordering key. */
@Promise(by = DeliveryStore.class, value = "The first is pending or blocked")
public interface BlockedKeyContract extends StoreFixture {
  /** Publishes and claims a delivery, and lets it block its key. */
  private static Delivery blocked(StoreHarness harness, EndpointId endpoint, String key) {
    Delivery first = ordered(harness, endpoint, key);
    harness.claimAll(endpoint);
    return end(harness, first, delivery -> delivery.blocked(harness.samples.now()));
  }

  private static List<Delivery> inState(StoreHarness harness, DeliveryState... states) {
    DeliveryQuery query = DeliveryQuery.ofSite(harness.samples.event().site());
    return harness.store().log().deliveries(query.states(EnumSet.copyOf(List.of(states)))).data();
  }

  @Test
  default void aBlockedDeliveryKeepsItsKeyAndIsFound(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Delivery other = ordered(harness, endpoint, "b");

    assertThat(harness.shown(blocked)).isEqualTo(blocked);
    assertThat(harness.claimAll(endpoint)).containsExactly(other);
    assertThat(inState(harness, DeliveryState.BLOCKED)).containsExactly(blocked);
    assertThat(inState(harness, DeliveryState.WAITING)).containsExactly(second.waiting());
    assertThat(inState(harness, DeliveryState.PENDING)).containsExactly(other);
    assertThat(inState(harness, DeliveryState.BLOCKED, DeliveryState.EXHAUSTED))
        .containsExactly(blocked);
    assertThat(
            harness
                .store()
                .log()
                .deliveries(
                    DeliveryQuery.ofSite(blocked.site())
                        .endpoint(endpoint)
                        .state(DeliveryState.BLOCKED))
                .data())
        .containsExactly(blocked);
  }

  @Promise(by = AttemptLog.class, value = "behind the first of each of these ordering keys")
  @Test
  default void deliveriesWaitingBehindAKeyAreCountedUpToALimit(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    for (int i = 0; i < 4; i++) {
      ordered(harness, endpoint, "a");
    }
    ordered(harness, endpoint, "b");
    ordered(harness, harness.samples.endpoint(), "a");
    Set<String> keys =
        IntStream.range(0, 150).mapToObj(i -> "unused" + i).collect(Collectors.toSet());
    keys.addAll(Set.of("a", "b"));
    AttemptLog log = harness.store().log();

    Map<String, Integer> counts = new HashMap<>(log.waiting(endpoint, keys, 1_000));
    counts.values().removeIf(count -> count == 0);
    assertThat(counts).isEqualTo(Map.of("a", 4));
    assertThat(log.waiting(endpoint, Set.of("a"), 3)).isEqualTo(Map.of("a", 3));

    harness.command(new Command.Skip(blocked.site(), blocked.id(), harness.samples.now()));
    assertThat(log.waiting(endpoint, Set.of("a"), 1_000)).isEqualTo(Map.of("a", 3));
  }

  @Promise(by = Backlog.class, value = "null if none of them has one")
  @Test
  default void blockedAndWaitingDeliveriesAreNeverOverdue(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    blocked(harness, endpoint, "a");
    ordered(harness, endpoint, "a");

    // A store may count now and then only.
    Poll.until(
        () -> harness.store().deliveries().backlog(all -> true).equals(new Backlog(2, null)));
    Delivery later = harness.queued(endpoint);
    Poll.until(
        () ->
            harness
                .store()
                .deliveries()
                .backlog(all -> true)
                .equals(new Backlog(3, later.dueAt())));
  }

  @Promise(by = DeliveryStore.class, value = "safe while other nodes use the store")
  @Test
  default void aRepairLeavesSoundKeysAlone(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    Delivery behind = ordered(harness, endpoint, "a");
    Delivery first = ordered(harness, endpoint, "b");
    Delivery second = ordered(harness, endpoint, "b");

    harness.store().deliveries().repair();

    assertThat(harness.shown(blocked)).isEqualTo(blocked);
    assertThat(harness.shown(behind)).isEqualTo(behind.waiting());
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
    assertThat(harness.claimAll(endpoint)).containsExactly(first);
  }

  @Promise(by = AttemptLog.class, value = "behind the first of each of these ordering keys")
  @Test
  default void deliveriesWaitingBehindManyKeysAreCounted(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    List<String> keys = IntStream.range(0, 210).mapToObj(i -> "key" + i).toList();
    List<PublishEntry.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 2 * keys.size(); i++) {
      Event event = harness.samples.event();
      Delivery delivery =
          harness.samples.delivery(event, endpoint).inOrder(keys.get(i % keys.size()));
      entries.add(new PublishEntry.Entry(event, List.of(new PublishEntry.Queued(delivery, false))));
    }
    harness.publish(new PublishEntry(entries));

    assertThat(harness.store().log().waiting(endpoint, Set.copyOf(keys), 9))
        .hasSize(keys.size())
        .allSatisfy((key, waiting) -> assertThat(waiting).as(key).isEqualTo(1));
  }

  @Test
  default void aRetryOfABlockedDeliveryKeepsItsPlace(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Instant now = harness.samples.now();

    assertThat(harness.command(new Command.Retry(blocked.site(), blocked.id(), now)).kind())
        .isEqualTo(Kind.DONE);

    assertThat(harness.shown(blocked)).isEqualTo(blocked.revived(now));
    assertThat(drain(harness, endpoint)).containsExactly(blocked.revived(now), second);
  }

  @Test
  default void aSkippedDeliveryIsExhaustedAndTheNextFollows(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Instant now = harness.samples.now();

    assertThat(harness.command(new Command.Skip(blocked.site(), blocked.id(), now)).kind())
        .isEqualTo(Kind.DONE);

    assertThat(harness.shown(blocked)).isEqualTo(blocked.skipped(now).inOrder(null));
    assertThat(harness.claimAll(endpoint)).containsExactly(second);
    assertThat(inState(harness, DeliveryState.BLOCKED)).isEmpty();
  }

  @Test
  default void onlyABlockedDeliveryCanBeSkipped(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Delivery ended = harness.settled(endpoint, d -> d.exhausted(harness.samples.now()));
    Instant now = harness.samples.now();

    for (Delivery one : List.of(first, second, ended)) {
      assertThat(harness.command(new Command.Skip(one.site(), one.id(), now)))
          .isEqualTo(new Command.Reply(Kind.NOT_BLOCKED, 0));
    }
    Command unknown = new Command.Skip(first.site(), harness.samples.deliveryId(), now);
    assertThat(harness.command(unknown).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(harness.shown(ended)).isEqualTo(ended);
    assertThat(drain(harness, endpoint)).containsExactly(first, second);
  }

  @Test
  default void aWaitingDeliveryCannotBeRetriedButCancelled(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Delivery third = ordered(harness, endpoint, "a");
    Instant now = harness.samples.now();

    assertThat(harness.command(new Command.Retry(second.site(), second.id(), now)))
        .isEqualTo(new Command.Reply(Kind.WAITING, 0));
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
    assertThat(harness.command(new Command.Cancel(second.site(), second.id(), now)).kind())
        .isEqualTo(Kind.DONE);

    assertThat(harness.shown(second)).isEqualTo(second.cancelled(now).inOrder(null));
    assertThat(harness.shown(third)).isEqualTo(third.waiting());
    assertThat(drain(harness, endpoint)).containsExactly(first, third);
  }

  @Test
  default void theNextFollowsACancelledFirst(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Delivery third = ordered(harness, endpoint, "a");
    Instant now = harness.samples.now();

    harness.command(new Command.Cancel(blocked.site(), blocked.id(), now));
    assertThat(harness.shown(second)).isEqualTo(second);
    harness.command(new Command.Cancel(second.site(), second.id(), now));

    assertThat(harness.claimAll(endpoint)).containsExactly(third);
  }

  @Promise(by = DeliveryStore.class, value = "or one that had ended, goes to its end")
  @Test
  default void aDeliveryThatHadEndedGoesToTheEnd(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    harness.claimAll(endpoint);
    Delivery ended = end(harness, first, d -> d.delivered(harness.samples.now()));
    Delivery third = ordered(harness, endpoint, "a");
    Instant now = harness.samples.now();

    Command again = new Command.Retry(first.site(), first.id(), now, "a");
    assertThat(harness.command(again).kind()).isEqualTo(Kind.DONE);

    Delivery revived = ended.revived(now).inOrder("a");
    assertThat(harness.shown(first)).isEqualTo(revived.waiting());
    assertThat(drain(harness, endpoint)).containsExactly(second, third, revived);
  }

  @Test
  default void aDeliveryThatHadEndedIsTheFirstOfAnEmptyQueue(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery ended = harness.settled(endpoint, d -> d.exhausted(harness.samples.now()));
    Instant now = harness.samples.now();

    harness.command(new Command.Retry(ended.site(), ended.id(), now, "a"));
    Delivery second = ordered(harness, endpoint, "a");

    Delivery revived = ended.revived(now).inOrder("a");
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
    assertThat(drain(harness, endpoint)).containsExactly(revived, second);
  }

  @Test
  default void anAddedDeliveryGoesToTheEnd(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event event = harness.samples.event();
    harness.publish(event);
    Delivery first = ordered(harness, endpoint, "a");
    Delivery added = harness.samples.delivery(event, endpoint).inOrder("a");

    assertThat(harness.command(new Command.Deliver(List.of(added))).affected()).isEqualTo(1);
    assertThat(harness.command(new Command.Deliver(List.of(added))).affected()).isZero();

    assertThat(harness.shown(added)).isEqualTo(added.waiting());
    assertThat(drain(harness, endpoint)).containsExactly(first, added);
  }

  @Test
  default void aRemovedEndpointLeavesNothingBehind(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Instant now = harness.samples.now();

    assertThat(harness.store().deliveries().orphanedEndpoints(Set.of()))
        .containsExactly(new OrphanedEndpoint(blocked.site(), endpoint));
    Command abandon = new Command.Abandon(blocked.site(), endpoint, now, 1);
    assertThat(harness.command(abandon).affected()).isEqualTo(1);
    assertThat(harness.command(abandon).affected()).isEqualTo(1);
    assertThat(harness.command(abandon).affected()).isZero();

    assertThat(harness.shown(blocked).state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(harness.shown(second).state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(harness.store().deliveries().orphanedEndpoints(Set.of())).isEmpty();
    assertThat(harness.store().deliveries().backlog(all -> true).pending()).isZero();
    Delivery fresh = ordered(harness, endpoint, "a");
    assertThat(harness.claimAll(endpoint)).containsExactly(fresh);
  }

  @Test
  default void retentionKeepsWhatWaits(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery blocked = blocked(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");

    harness.store().log().purge(StoreHarness.FAR_AHEAD);

    assertThat(harness.shown(blocked)).isEqualTo(blocked);
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
  }
}
