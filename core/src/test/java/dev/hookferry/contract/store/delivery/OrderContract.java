package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of the order by key. */
@Promise(by = DeliveryStore.class, value = "form a queue, across nodes")
public interface OrderContract extends StoreFixture {
  /** Publishes a free delivery with an ordering key. */
  static Delivery ordered(StoreHarness harness, EndpointId endpoint, String key) {
    Event event = harness.samples.event();
    Delivery delivery = harness.samples.delivery(event, endpoint).inOrder(key);
    harness.publish(event, delivery);
    return delivery;
  }

  /** Ends a delivery that the harness owns. */
  static Delivery end(StoreHarness harness, Delivery owned, UnaryOperator<Delivery> verb) {
    Delivery ended = verb.apply(owned);
    harness.record(
        new AttemptResult(
            ended,
            ended.attempts() == owned.attempts()
                ? null
                : harness.samples.attempt(owned, harness.samples.failure())));
    return ended;
  }

  static UnaryOperator<Delivery> delivered(StoreHarness harness) {
    return delivery -> delivery.delivered(harness.samples.now());
  }

  /** Claims one by one whatever may be sent, and returns it in that order. */
  static List<Delivery> drain(StoreHarness harness, EndpointId... endpoints) {
    List<Delivery> order = new ArrayList<>();
    List<Delivery> some = harness.claimAll(endpoints);
    while (!some.isEmpty()) {
      order.addAll(some);
      some.forEach(one -> end(harness, one, delivered(harness)));
      some = harness.claimAll(endpoints);
    }
    return order;
  }

  @Promise(by = DeliveryStore.class, value = "Claims free deliveries: pending, due and unowned.")
  @Test
  default void theFirstOfAKeyIsFreeAndTheOthersWait(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Delivery other = ordered(harness, endpoint, "b");
    Delivery free = harness.queued(endpoint);

    assertThat(harness.shown(first)).isEqualTo(first);
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
    assertThat(harness.claimAll(endpoint)).containsExactlyInAnyOrder(first, other, free);
    assertThat(harness.claimAll(endpoint)).isEmpty();
    assertThat(harness.store().deliveries().backlog(all -> true).pending()).isEqualTo(4);
  }

  /** Returns a publication whose deliveries the publisher wants to send itself. */
  private static PublishEntry owned(StoreHarness harness, Event event, EndpointId... endpoints) {
    return PublishEntry.of(
        event,
        Stream.of(endpoints)
            .map(one -> harness.samples.delivery(event, one).inOrder("a"))
            .map(delivery -> new PublishEntry.Queued(delivery, true))
            .toList());
  }

  @Promise(by = DeliveryStore.class, value = "is not owned then, even if its publication says so")
  @Test
  default void thePublisherOwnsTheFirstAndNothingThatWaits(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    EndpointId other = harness.samples.endpoint();
    PublishEntry first = owned(harness, harness.samples.event(), endpoint);
    PublishEntry second = owned(harness, harness.samples.event(), endpoint, other);
    PublishEntry third = owned(harness, harness.samples.event(), other);
    List<Delivery> all =
        Stream.of(first, second, third).flatMap(one -> one.ownedInOrder().stream()).toList();

    assertThat(harness.publish(first)).isEqualTo(stored(first, Set.of()));
    CommitResult both =
        harness.commit(new Batch(List.of(second, third), List.of(), List.of(), List.of()));
    assertThat(both.publications())
        .containsExactly(
            stored(second, Set.of(all.get(1).id())), stored(third, Set.of(all.get(3).id())));

    assertThat(harness.claimAll(endpoint, other)).isEmpty();
    end(harness, all.get(0), delivered(harness));
    assertThat(harness.claimAll(endpoint, other)).containsExactly(all.get(1));
    end(harness, all.get(2), delivered(harness));
    assertThat(harness.claimAll(endpoint, other)).containsExactly(all.get(3));
  }

  @Promise(
      by = CommitResult.class,
      value = "another delivery followed it, which can be claimed now")
  @Test
  default void commitReportsThatItPromotedADelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    ordered(harness, endpoint, "a");
    harness.claimAll(endpoint);

    assertThat(harness.commit(Batch.of(success(harness, first))).promoted()).isTrue();
  }

  static AttemptResult success(StoreHarness harness, Delivery owned) {
    return new AttemptResult(
        owned.delivered(harness.samples.now()),
        harness.samples.attempt(owned, harness.samples.success()));
  }

  private static CommitResult.Stored stored(PublishEntry publication, Set<DeliveryId> unowned) {
    PublishEntry.Entry entry = publication.entries().get(0);
    return new CommitResult.Stored(
        List.of(new Receipt(entry.event().id(), entry.deliveries().size(), false)), unowned);
  }

  @Promise(by = DeliveryStore.class, value = "have an ordering key are handed back then")
  @Test
  default void deliveriesStoredByAnEarlierTryOfACommitAreHandedBack(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    PublishEntry publication = owned(harness, harness.samples.event(), endpoint);
    Delivery first = publication.ownedInOrder().get(0);
    harness.publish(publication);

    assertThat(harness.publish(publication)).isEqualTo(stored(publication, Set.of(first.id())));

    Delivery second = ordered(harness, endpoint, "a");
    assertThat(harness.claimAll(harness.register(), endpoint)).containsExactly(first);
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
  }

  @Promise(by = DeliveryStore.class, value = "its deliveries are free immediately")
  @Test
  default void deadPublisherOwnsNoFirstDelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    PublishEntry publication = owned(harness, harness.samples.event(), endpoint);
    Delivery first = publication.ownedInOrder().get(0);
    Owner dead = harness.register();
    harness.store().deliveries().retire(dead);

    CommitResult done = harness.store().deliveries().commit(dead, Batch.of(publication));

    assertThat(done.publications()).containsExactly(stored(publication, Set.of(first.id())));
    assertThat(harness.claimAll(endpoint)).containsExactly(first);
  }

  @Promise(by = DeliveryStore.class, value = "becomes PENDING within the same commit")
  @Test
  default void theNextFollowsWhenTheFirstHasEnded(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    List<UnaryOperator<Delivery>> ends =
        List.of(
            delivered(harness),
            delivery -> delivery.exhausted(harness.samples.now()),
            delivery -> delivery.poisoned(harness.samples.now()),
            delivery -> delivery.cancelled(harness.samples.now()));
    List<Delivery> queue =
        Stream.generate(() -> ordered(harness, endpoint, "a")).limit(ends.size() + 1).toList();

    for (int i = 0; i < ends.size(); i++) {
      assertThat(harness.claimAll(endpoint)).containsExactly(queue.get(i));
      Delivery ended = end(harness, queue.get(i), ends.get(i));
      assertThat(harness.shown(queue.get(i))).isEqualTo(ended.inOrder(null));
      assertThat(harness.shown(queue.get(i + 1))).isEqualTo(queue.get(i + 1));
    }
    assertThat(harness.claimAll(endpoint)).containsExactly(queue.get(ends.size()));
  }

  @Test
  default void aRetryHoldsUpItsKeyOnly(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    harness.claimAll(endpoint);
    Delivery later = first.retryAt(StoreHarness.FAR_AHEAD);

    end(harness, first, delivery -> later);

    Delivery other = ordered(harness, endpoint, "b");
    assertThat(harness.claimAll(endpoint)).containsExactlyInAnyOrder(later, other);
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
    assertThat(harness.shown(first)).isEqualTo(later);
  }

  @Test
  default void aHandBackOrADeadOwnerChangesNoOrder(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    harness.claimAll(endpoint);
    harness.commit(Batch.of(new HandBack(first.site(), first.id())));
    assertThat(harness.claimAll(endpoint)).containsExactly(first);

    Owner heir = harness.register();
    harness.store().deliveries().retire(harness.owner());

    assertThat(harness.claimAll(heir, endpoint)).containsExactly(first);
    assertThat(harness.claimAll(heir, endpoint)).isEmpty();
    assertThat(harness.shown(second)).isEqualTo(second.waiting());
  }

  @Test
  default void aRefusedResultChangesNoOrder(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    Delivery second = ordered(harness, endpoint, "a");
    Delivery ended = first.delivered(harness.samples.now());
    Delivery blocked = first.blocked(harness.samples.now());

    for (Delivery result : List.of(ended, blocked)) {
      AttemptResult late =
          new AttemptResult(result, harness.samples.attempt(first, harness.samples.failure()));
      assertThat(harness.commit(Batch.of(late)).refused()).containsExactly(first.id());
      assertThat(harness.shown(first)).isEqualTo(first);
      assertThat(harness.shown(second)).isEqualTo(second.waiting());
    }
    assertThat(drain(harness, endpoint)).containsExactly(first, second);
  }

  @Promise(by = DeliveryStore.class, value = "those of one commit stand in the order of its batch")
  @Test
  default void theEventsOfACommitKeepTheirOrder(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    EndpointId other = harness.samples.endpoint();
    List<PublishEntry.Entry> entries = new ArrayList<>();
    List<Delivery> here = new ArrayList<>();
    List<Delivery> there = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Event event = harness.samples.event();
      here.add(harness.samples.delivery(event, endpoint).inOrder("a"));
      there.add(harness.samples.delivery(event, other).inOrder("a"));
      List<PublishEntry.Queued> queued =
          Stream.of(here.get(i), there.get(i))
              .map(delivery -> new PublishEntry.Queued(delivery, false))
              .toList();
      entries.add(new PublishEntry.Entry(event, queued));
    }
    harness.publish(new PublishEntry(entries));

    assertThat(drain(harness, endpoint)).isEqualTo(here);
    assertThat(drain(harness, other)).isEqualTo(there);
  }

  @Test
  default void newDeliveryFollowsOneThatEndsInTheSameCommit(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery first = ordered(harness, endpoint, "a");
    harness.claimAll(endpoint);
    Event event = harness.samples.event();
    Delivery second = harness.samples.delivery(event, endpoint).inOrder("a");
    AttemptResult ended =
        new AttemptResult(
            first.delivered(harness.samples.now()),
            harness.samples.attempt(first, harness.samples.success()));

    harness.commit(
        new Batch(List.of(StoreHarness.free(event, second)), List.of(ended), List.of(), List.of()));

    assertThat(harness.shown(second)).isEqualTo(second);
    assertThat(harness.claimAll(endpoint)).containsExactly(second);
  }

  @Test
  default void keysAreComparedByEveryCharacter(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    List<Delivery> all =
        Stream.of("a", "A", "a ", " a", "é", "e\u0301", "\ud83d\ude00", "a\tb", "a".repeat(128))
            .map(key -> ordered(harness, endpoint, key))
            .toList();

    assertThat(harness.claimAll(endpoint)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(harness.shown(all.get(5)).orderingKey()).isEqualTo("e\u0301");
  }

  @Test
  default void theOrderSurvivesAnotherOpening(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    List<Delivery> queue = Stream.generate(() -> ordered(harness, endpoint, "a")).limit(6).toList();
    harness.claimAll(endpoint);
    end(harness, queue.get(0), delivered(harness));
    harness.store().deliveries().retire(harness.owner());
    harness.reopen();

    assertThat(harness.shown(queue.get(2))).isEqualTo(queue.get(2).waiting());
    Delivery last = ordered(harness, endpoint, "a");
    List<Delivery> rest = new ArrayList<>(queue.subList(1, 6));
    rest.add(last);
    assertThat(drain(harness, endpoint)).isEqualTo(rest);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "its publications, results, hand-backs and commands, in this order.")
  @Test
  default void commandsSeeTheTurnsOfWhatTheirCommitPublishes(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event one = harness.samples.event();
    Event other = harness.samples.event();
    Delivery first = harness.samples.delivery(one, endpoint).inOrder("a");
    Delivery second = harness.samples.delivery(other, endpoint).inOrder("a");
    Instant now = harness.samples.now();
    Command retry = new Command.Retry(Samples.SITE, second.id(), now);

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(StoreHarness.free(one, first), StoreHarness.free(other, second)),
                List.of(),
                List.of(),
                List.of(retry, new Command.Cancel(Samples.SITE, first.id(), now))));

    assertThat(committed.replies())
        .extracting(Command.Reply::kind)
        .containsExactly(Command.Kind.WAITING, Command.Kind.DONE);
    assertThat(harness.claimAll(endpoint)).containsExactly(second);
  }
}
