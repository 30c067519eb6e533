package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.commit.Command;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A retried delivery queues behind the others of its key, whenever the retry is requested. */
class OrderRetryTest extends OrderedWorld {
  @ParameterizedTest
  @EnumSource(names = {"DELIVERED", "EXHAUSTED"})
  void retriedDeliveryGoesToTheEnd(DeliveryState ended) {
    Event first = publish("a");
    if (ended == DeliveryState.DELIVERED) {
      end(Outcomes.ok());
    } else {
      end(Outcomes.refused());
      world.advance(Duration.ofSeconds(11));
      end(Outcomes.refused());
      skip(first);
    }
    Event second = publish("a");
    Event third = publish("a");
    CompletableFuture<Command.Kind> answer = new CompletableFuture<>();
    Delivery delivery = deliveryOf(first);
    assertThat(delivery.state()).isEqualTo(ended);
    world.engine.retry(
        new Command.Retry(Samples.SITE, delivery.id(), world.now(), "a"), answer, world.now());
    world.run();

    end(Outcomes.ok());
    assertThat(open()).containsExactly(third);
    end(Outcomes.ok());
    assertThat(open()).containsExactly(first);
    assertThat(deliveryOf(second).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  private CompletableFuture<Command.Kind> retry(World node, Event event) {
    CompletableFuture<Command.Kind> answer = new CompletableFuture<>();
    node.engine.retry(
        new Command.Retry(Samples.SITE, deliveryOf(event).id(), node.now(), "a"),
        answer,
        node.now());
    node.run();
    return answer;
  }

  /** The retry may come from a user of this node or of another one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRetryDuringACommitHappensBeforeOrAfterIt(boolean elsewhere) {
    Event first = publish("a");
    Event second = publish("a");
    World node = elsewhere ? new World(LoadLimits.DEFAULT, world.store) : world;
    node.engine.configured(world.store.config().load(), node.now());
    assertThat(retry(node, first).join()).isEqualTo(Command.Kind.OWNED);
    world.commitsWait = true;
    end(Outcomes.ok());

    CompletableFuture<Command.Kind> early = retry(node, first);
    world.letCommitsGo();
    assertThat(early.join()).isEqualTo(elsewhere ? Command.Kind.OWNED : Command.Kind.DONE);
    if (elsewhere) {
      assertThat(retry(node, first).join()).isEqualTo(Command.Kind.DONE);
    }

    assertThat(open()).containsExactly(second);
    end(Outcomes.ok());
    world.claimAgain();
    world.run();
    assertThat(open()).containsExactly(first);
  }
}
