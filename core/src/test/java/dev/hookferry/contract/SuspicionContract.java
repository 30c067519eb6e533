package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held against deliveries, as processes died with them. */
@Promise(
    by = DeliveryStore.class,
    value =
        "The record stays until a result or a command changes the delivery, and is "
            + "returned by a claim.")
public interface SuspicionContract extends StoreFixture {
  @ParameterizedTest
  @EnumSource(CrashSuspicion.class)
  default void keepsWhatIsHeldAgainstADelivery(CrashSuspicion suspicion, Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Delivery later = delivery.postponed(scene.samples.now());

    scene.record(new AttemptResult(later, null, suspicion));

    assertThat(held(scene, scene.owner(), endpoint)).containsExactly(suspicion);
    scene.commit(Batch.of(new Release(Samples.SITE, delivery.id())));
    assertThat(held(scene, scene.owner(), endpoint)).as("given back").containsExactly(suspicion);
    Owner heir = scene.register();
    scene.store().deliveries().retire(scene.owner());
    assertThat(held(scene, heir, endpoint)).as("orderly end").containsExactly(suspicion);
  }

  @Promise(
      by = InFlightJournal.class,
      value = "The note belongs to the delivery and is cleared by its next result")
  @Test
  default void notesATrialWithADeliveryThatStaysOwned(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);

    assertThat(
            scene
                .store()
                .inFlightJournal()
                .beginTrial(scene.owner(), delivery, CrashSuspicion.TRIAL))
        .isTrue();

    assertThat(scene.claimAll(endpoint)).as("it stays owned").isEmpty();
    scene.record(
        new AttemptResult(delivery.postponed(scene.samples.now()), null, CrashSuspicion.TWICE));
    assertThat(held(scene, scene.owner(), endpoint)).containsExactly(CrashSuspicion.TWICE);
  }

  @Test
  default void endsItWithAResultThatSaysNothing(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Delivery later = delivery.postponed(scene.samples.now());
    scene.record(new AttemptResult(later, null, CrashSuspicion.TWICE));
    scene.claimAll(endpoint);

    scene.record(new AttemptResult(later.postponed(scene.samples.now()), null));

    assertThat(held(scene, scene.owner(), endpoint)).containsExactly(CrashSuspicion.NONE);
  }

  /** Who retries it by hand wants it sent like any other, and now. */
  @Test
  default void endsItWhenSomebodyRetriesAPendingSuspect(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Delivery later = delivery.retryAt(scene.samples.now().plusSeconds(3_600));
    Attempt attempt = scene.samples.attempt(delivery, scene.samples.failure());
    scene.record(new AttemptResult(later, attempt, CrashSuspicion.TWICE));
    Instant now = scene.samples.now();

    Command.Reply reply = scene.command(new Command.Retry(Samples.SITE, delivery.id(), now));

    assertThat(reply).isEqualTo(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(scene.shown(delivery)).isEqualTo(later.revived(now));
    assertThat(scene.shown(delivery).attempts()).isEqualTo(1);
    ClaimRequest due = new ClaimRequest(Map.of(endpoint, 9), 9, Long.MAX_VALUE, now);
    assertThat(scene.store().deliveries().claim(scene.owner(), due).work())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.delivery()).isEqualTo(later.revived(now));
              assertThat(work.suspicion()).isEqualTo(CrashSuspicion.NONE);
            });
  }

  @Test
  default void keepsAPoisonedDeliveryWithItsReasonUntilSomebodyRetriesIt(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    Delivery poisoned = delivery.poisoned(scene.samples.now());
    scene.record(
        new AttemptResult(poisoned, scene.samples.attempt(delivery, scene.samples.failure())));

    assertThat(scene.shown(delivery)).isEqualTo(poisoned);
    assertThat(scene.claimAll(endpoint)).isEmpty();

    Command.Reply reply =
        scene.command(new Command.Retry(Samples.SITE, delivery.id(), scene.samples.now()));

    assertThat(reply.kind()).isEqualTo(Command.Kind.DONE);
    assertThat(scene.shown(delivery).state()).isEqualTo(DeliveryState.PENDING);
    assertThat(held(scene, scene.owner(), endpoint)).containsExactly(CrashSuspicion.NONE);
  }

  /** What is held against the deliveries that a claim gives. */
  static List<CrashSuspicion> held(Scene scene, Owner owner, EndpointId endpoint) {
    return scene.store().deliveries().claim(owner, Scene.everything(endpoint)).work().stream()
        .map(ClaimResult.Work::suspicion)
        .toList();
  }
}
