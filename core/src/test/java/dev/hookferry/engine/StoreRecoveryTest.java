package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.engine.simulation.World;
import dev.hookferry.observe.Listener;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A store that has failed and is available again, while nobody publishes anything. */
class StoreRecoveryTest {
  private final World world = new World();

  @Test
  void aHeartbeatShowsThatTheStoreIsBack() {
    fail();

    world.advance(Duration.ofSeconds(2));
    world.heartbeat();

    assertThat(world.engine.isFailing()).isFalse();
    assertThat(world.engine.storeFaults().current()).isEmpty();
    assertThat(world.publish("license_created")).isCompleted();
  }

  @Test
  void aHeartbeatEndsNoBackOff() {
    fail();

    world.heartbeat();

    assertThat(world.engine.isFailing()).isTrue();
  }

  @Test
  void pendingWritesShowTheOutageInstead() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> null;
    var unused = world.publish("license_created");
    world.beforeCommit = () -> new StoreException("down");
    world.end(world.sent.get(0), Outcomes.ok());

    world.advance(Duration.ofSeconds(30));
    world.heartbeat();

    assertThat(world.engine.isFailing()).isTrue();
    world.beforeCommit = () -> null;
    world.advance(Duration.ofSeconds(2));
    assertThat(world.engine.isFailing()).isFalse();
  }

  @Test
  void aHeartbeatDoesNotShowThatAFullStoreHasRoomAgain() {
    world.beforeCommit = () -> new StoreFullException("full");
    assertThat(world.publish("license_created")).isCompletedExceptionally();

    world.advance(Duration.ofSeconds(2));
    world.engine.beat();

    assertThat(world.engine.storeFaults().current()).isNotEmpty();
  }

  /** Such as one that a step of maintenance met, while commits and claims worked. */
  @Test
  void aCommitEndsAnOutageThatWasMetOutsideTheEngine() {
    AtomicInteger recovered = new AtomicInteger();
    World watched =
        new World() {
          @Override
          public void notifyListener(Consumer<Listener> news) {
            news.accept(
                new Listener() {
                  @Override
                  public void storeRecovered() {
                    recovered.incrementAndGet();
                  }
                });
          }
        };
    assertThat(watched.publish("license_created")).isCompleted();
    assertThat(recovered).hasValue(0);

    watched.engine.storeFaults().reportedElsewhere(new StoreException("down"));
    assertThat(watched.publish("license_created")).isCompleted();
    assertThat(watched.publish("license_created")).isCompleted();

    assertThat(recovered).hasValue(1);
  }

  private void fail() {
    world.beforeCommit = () -> new StoreException("down");
    assertThat(world.publish("license_created")).isCompletedExceptionally();
    assertThat(world.engine.isFailing()).isTrue();
    world.beforeCommit = () -> null;
  }
}
