package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Events with the same ordering key reach an endpoint one after the other. */
class OrderByKeyTest extends OrderedWorld {
  @Test
  void nextIsSentAsSoonAsItsPredecessorSucceeds() {
    Event first = publish("a");
    Event second = publish("a");
    Event third = publish("a");
    assertThat(open()).containsExactly(first);

    end(Outcomes.ok());
    assertThat(open()).containsExactly(second);
    end(Outcomes.ok());
    assertThat(open()).containsExactly(third);
  }

  @Test
  void aKeyWithOneEventAtATimeNeedsNoClaim() {
    int claims = world.claims.size();
    Event first = publish("a");

    assertThat(open()).containsExactly(first);
    end(Outcomes.ok());
    assertThat(world.claims).as("nothing waits behind it").hasSize(claims);
  }

  @Test
  void eventsOfACommitInDoubtKeepTheirOrder() {
    AtomicBoolean isLost = new AtomicBoolean(true);
    world.afterCommit =
        () -> isLost.getAndSet(false) ? new IllegalStateException("the reply is lost") : null;
    Event first = publish("a");
    world.advance(Duration.ofSeconds(5));
    Event second = publish("a");
    assertThat(open()).containsExactly(first);

    end(Outcomes.ok());
    assertThat(open()).containsExactly(second);
  }

  @Test
  void otherKeysAndEventsWithoutOneAreNotHeldUp() {
    Event first = publish("a");
    publish("a");
    Event other = publish("b");
    Event free = publish(null);
    Event alsoFree = publish(null);

    assertThat(open()).containsExactlyInAnyOrder(first, other, free, alsoFree);
  }

  @Test
  void anEndpointWithoutAnOrderIsNotHeldUp() {
    Endpoint unordered = world.endpoint("https://b.example/", "*");
    publish("a");
    publish("a");

    assertThat(world.sentByEndpoint()).containsEntry(unordered.id(), 2L);
    assertThat(world.sentByEndpoint()).containsEntry(endpoint.id(), 1L);
  }

  @Test
  void aRetryHoldsUpThoseBehindIt() {
    Event first = publish("a");
    Event second = publish("a");

    end(Outcomes.refused());
    world.advance(Duration.ofSeconds(9));
    assertThat(open()).isEmpty();
    world.advance(Duration.ofSeconds(2));
    assertThat(open()).containsExactly(first);
    end(Outcomes.ok());

    assertThat(open()).containsExactly(second);
  }

  private Event exhausted() {
    Event first = publish("a");
    end(Outcomes.refused());
    world.advance(Duration.ofSeconds(11));
    end(Outcomes.refused());
    return first;
  }

  @Test
  void anExhaustedDeliveryBlocksItsKeyUntilARetrySucceeds() {
    Event first = exhausted();
    Event second = publish("a");
    world.advance(Duration.ofDays(1));
    assertThat(deliveryOf(first).state()).isEqualTo(DeliveryState.BLOCKED);
    assertThat(open()).isEmpty();

    world.retry(deliveryOf(first));
    assertThat(open()).containsExactly(first);
    end(Outcomes.refused());
    assertThat(deliveryOf(first).state()).isEqualTo(DeliveryState.BLOCKED);
    world.retry(deliveryOf(first));
    end(Outcomes.ok());

    assertThat(open()).containsExactly(second);
  }

  @Test
  void aDeliveryWhoseResultsCannotBeStoredBlocksItsKey() {
    Event first = publish("a");
    Event second = publish("a");
    world.judge =
        batch ->
            batch.results().stream()
                    .map(AttemptResult::delivery)
                    .anyMatch(
                        delivery ->
                            delivery.event().equals(first.id())
                                && delivery.state() != DeliveryState.BLOCKED)
                ? new RejectedBatchException("unfit", new IllegalStateException())
                : null;
    end(Outcomes.ok());
    publish("b");
    world.advance(Duration.ofSeconds(5));
    publish("c");
    world.advance(Duration.ofSeconds(5));

    assertThat(deliveryOf(first).state()).isEqualTo(DeliveryState.BLOCKED);
    assertThat(deliveryOf(second).state()).isEqualTo(DeliveryState.WAITING);
  }

  @Test
  void aSkippedDeliveryIsExhaustedAndTheNextIsSent() {
    Event first = exhausted();
    Event second = publish("a");

    assertThat(skip(first)).isEqualTo(Command.Kind.DONE);

    assertThat(deliveryOf(first).state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(open()).containsExactly(second);
    assertThat(skip(second)).isEqualTo(Command.Kind.OWNED);
  }

  /** The commit is repeated then, and finds what it has done, or what nobody has done. */
  @Test
  void aSkipWhoseReplyWasLostSaysThatItMayBeDone() {
    Event first = exhausted();
    Event second = publish("a");
    AtomicBoolean mayBeDone = new AtomicBoolean();
    assertThat(skipLosingTheReply(second, mayBeDone)).isEqualTo(Command.Kind.NOT_BLOCKED);
    assertThat(mayBeDone).isTrue();
    assertThat(deliveryOf(second).state()).isEqualTo(DeliveryState.WAITING);

    mayBeDone.set(false);
    assertThat(skipLosingTheReply(first, mayBeDone)).isEqualTo(Command.Kind.NOT_BLOCKED);
    assertThat(mayBeDone).isTrue();
    assertThat(deliveryOf(first).state()).isEqualTo(DeliveryState.EXHAUSTED);
  }

  @Test
  void recognizesASkipInASplitUncertainCommit() {
    Event first = exhausted();
    AtomicBoolean mayBeDone = new AtomicBoolean();
    AtomicBoolean rejects = new AtomicBoolean();
    world.judge =
        batch ->
            rejects.getAndSet(false)
                ? new RejectedBatchException("unfit", new IllegalStateException())
                : null;
    AtomicBoolean loses = new AtomicBoolean(true);
    world.afterCommit =
        () -> {
          if (!loses.getAndSet(false)) {
            return null;
          }
          rejects.set(true);
          return new StoreException("reset");
        };
    CompletableFuture<Command.Kind> answer = new CompletableFuture<>();
    world.engine.skip(skipping(first), () -> mayBeDone.set(true), answer);
    world.publish(event("b"));
    world.advance(Duration.ofSeconds(5));

    assertThat(answer).isCompletedWithValue(Command.Kind.NOT_BLOCKED);
    assertThat(mayBeDone).isTrue();
  }

  private Command.Kind skipLosingTheReply(Event event, AtomicBoolean mayBeDone) {
    AtomicBoolean loses = new AtomicBoolean(true);
    world.afterCommit = () -> loses.getAndSet(false) ? new StoreException("reset") : null;
    CompletableFuture<Command.Kind> answer = new CompletableFuture<>();
    world.engine.skip(skipping(event), () -> mayBeDone.set(true), answer);
    world.advance(Duration.ofSeconds(5));
    return answer.join();
  }

  @Test
  void skippingEndpointContinuesByItself() {
    endpoint = endpoint.with(s -> s.order(DeliveryOrder.BY_KEY_SKIPPING));
    world.configure(new ConfigChange.PutEndpoint(endpoint));
    Event first = publish("a");
    Event second = publish("a");
    end(Outcomes.refused());
    world.advance(Duration.ofSeconds(11));
    end(Outcomes.refused());

    assertThat(deliveryOf(first).state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(open()).containsExactly(second);
  }

  @Test
  void pausingKeepsTheOrder() {
    Event first = publish("a");
    Event second = publish("a");
    world.configure(
        new ConfigChange.PutEndpoint(endpoint.with(EndpointStatus.paused(world.now()))));
    end(Outcomes.ok());
    Event third = publish("a");
    world.advance(Duration.ofMinutes(5));
    assertThat(open()).isEmpty();

    world.configure(
        new ConfigChange.PutEndpoint(endpoint.with(EndpointStatus.resumed(world.now(), null))));
    world.advance(Duration.ofSeconds(1));

    assertThat(open()).containsExactly(second);
    end(Outcomes.ok());
    assertThat(open()).containsExactly(third);
    assertThat(deliveryOf(first).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  /** Queued deliveries stay queued; new events follow the new setting. */
  @Test
  void aChangeOfTheOrderIsAboutNewEvents() {
    publish("a");
    Event second = publish("a");
    world.configure(new ConfigChange.PutEndpoint(endpoint.with(s -> s.order(DeliveryOrder.NONE))));
    Event third = publish("a");
    assertThat(open()).hasSize(2).contains(third).doesNotContain(second);

    world.configure(new ConfigChange.PutEndpoint(endpoint));
    Event fourth = publish("a");
    end(Outcomes.ok());
    assertThat(open()).containsExactly(third, second);
    assertThat(deliveryOf(fourth).state()).isEqualTo(DeliveryState.WAITING);
  }

  @Test
  void exhaustedDeliveryBlocksNothingOnceOrderIsSwitchedOff() {
    publish("a");
    Event second = publish("a");
    world.configure(new ConfigChange.PutEndpoint(endpoint.with(s -> s.order(DeliveryOrder.NONE))));
    end(Outcomes.refused());
    world.advance(Duration.ofSeconds(11));
    end(Outcomes.refused());

    assertThat(open()).containsExactly(second);
  }

  @Test
  void removingTheEndpointCancelsAllOfThem() {
    exhausted();
    publish("a");
    publish("b");
    world.configure(new ConfigChange.RemoveEndpoint(endpoint.id()));
    end(Outcomes.refused());
    world.advance(Duration.ofSeconds(1));

    assertThat(world.deliveries())
        .extracting(Delivery::state)
        .containsOnly(DeliveryState.CANCELLED);
  }

  @Test
  void anotherNodeTakesOverTheFirst() {
    Event first = publish("a");
    Event second = publish("a");
    World other = new World(LoadLimits.DEFAULT, world.store);
    other.engine.configured(world.store.config().load(), other.now());
    List<Event> there = new ArrayList<>();
    other.receiver =
        sending -> {
          there.add(sending.event());
          return Outcomes.ok();
        };
    world.store.deliveries().retire(world.owner());
    other.claimAgain();
    other.run();

    assertThat(there).containsExactly(first, second);
  }

  /** Another node may have added the endpoint a moment ago. */
  @Test
  void eventKeepsItsKeyAtAnEndpointOfUnknownOrder() {
    Event first = publish("a");
    Event second = publish("a");
    EndpointId further = new Samples(99).endpoint();

    for (Event event : List.of(first, second)) {
      world.engine.deliver(event, List.of(further), new CompletableFuture<>(), world.now());
      world.run();
    }

    assertThat(world.deliveries())
        .filteredOn(delivery -> delivery.endpoint().equals(further))
        .extracting(Delivery::state)
        .containsExactlyInAnyOrder(DeliveryState.PENDING, DeliveryState.WAITING);
  }
}
