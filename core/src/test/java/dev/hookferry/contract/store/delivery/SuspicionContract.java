package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
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
import dev.hookferry.store.commit.HandBack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of crash suspicion: which deliveries were in flight when a process crashed. */
@Promise(
    by = DeliveryStore.class,
    value =
        "The record stays until a result or a command changes the delivery, and is "
            + "returned by a claim.")
public interface SuspicionContract extends StoreFixture {
  @ParameterizedTest
  @EnumSource(CrashSuspicion.class)
  default void keepsTheCrashRecordOfADelivery(CrashSuspicion suspicion, StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Delivery later = delivery.postponed(harness.samples.now());

    harness.record(new AttemptResult(later, null, suspicion));

    assertThat(held(harness, harness.owner(), endpoint)).containsExactly(suspicion);
    harness.commit(Batch.of(new HandBack(Samples.SITE, delivery.id())));
    assertThat(held(harness, harness.owner(), endpoint))
        .as("given back")
        .containsExactly(suspicion);
    Owner heir = harness.register();
    harness.store().deliveries().retire(harness.owner());
    assertThat(held(harness, heir, endpoint)).as("orderly end").containsExactly(suspicion);
  }

  @Promise(
      by = InFlightJournal.class,
      value = "The note belongs to the delivery and is cleared by its next result")
  @Test
  default void recordsATrialOfAnOwnedDelivery(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);

    assertThat(
            harness
                .store()
                .inFlightJournal()
                .beginTrial(harness.owner(), delivery, CrashSuspicion.FIRST_TRIAL))
        .isTrue();

    assertThat(harness.claimAll(endpoint)).as("it stays owned").isEmpty();
    harness.record(
        new AttemptResult(
            delivery.postponed(harness.samples.now()), null, CrashSuspicion.TWO_CRASHES));
    assertThat(held(harness, harness.owner(), endpoint))
        .containsExactly(CrashSuspicion.TWO_CRASHES);
  }

  @Test
  default void anInconclusiveResultClearsTheCrashRecord(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Delivery later = delivery.postponed(harness.samples.now());
    harness.record(new AttemptResult(later, null, CrashSuspicion.TWO_CRASHES));
    harness.claimAll(endpoint);

    harness.record(new AttemptResult(later.postponed(harness.samples.now()), null));

    assertThat(held(harness, harness.owner(), endpoint)).containsExactly(CrashSuspicion.NONE);
  }

  /** A manual retry sends it now, like any other delivery. */
  @Test
  default void retryingAPendingSuspectClearsTheCrashRecord(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Delivery later = delivery.retryAt(harness.samples.now().plusSeconds(3_600));
    Attempt attempt = harness.samples.attempt(delivery, harness.samples.failure());
    harness.record(new AttemptResult(later, attempt, CrashSuspicion.TWO_CRASHES));
    Instant now = harness.samples.now();

    Command.Reply reply = harness.command(new Command.Retry(Samples.SITE, delivery.id(), now));

    assertThat(reply).isEqualTo(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(harness.shown(delivery)).isEqualTo(later.revived(now));
    assertThat(harness.shown(delivery).attempts()).isEqualTo(1);
    ClaimRequest due = new ClaimRequest(Map.of(endpoint, 9), 9, Long.MAX_VALUE, now);
    assertThat(harness.store().deliveries().claim(harness.owner(), due).work())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.delivery()).isEqualTo(later.revived(now));
              assertThat(work.suspicion()).isEqualTo(CrashSuspicion.NONE);
            });
  }

  @Test
  default void keepsAPoisonedDeliveryAndItsReasonUntilARetry(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    Delivery poisoned = delivery.poisoned(harness.samples.now());
    harness.record(
        new AttemptResult(poisoned, harness.samples.attempt(delivery, harness.samples.failure())));

    assertThat(harness.shown(delivery)).isEqualTo(poisoned);
    assertThat(harness.claimAll(endpoint)).isEmpty();

    Command.Reply reply =
        harness.command(new Command.Retry(Samples.SITE, delivery.id(), harness.samples.now()));

    assertThat(reply.kind()).isEqualTo(Command.Kind.DONE);
    assertThat(harness.shown(delivery).state()).isEqualTo(DeliveryState.PENDING);
    assertThat(held(harness, harness.owner(), endpoint)).containsExactly(CrashSuspicion.NONE);
  }

  /** Returns the suspicion of each delivery that a claim returns. */
  static List<CrashSuspicion> held(StoreHarness harness, Owner owner, EndpointId endpoint) {
    return harness
        .store()
        .deliveries()
        .claim(owner, StoreHarness.everything(endpoint))
        .work()
        .stream()
        .map(ClaimResult.Work::suspicion)
        .toList();
  }
}
