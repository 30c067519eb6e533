package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.delivery.SuspicionContract;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Optional: how a shared store remembers the trials of suspects that its processes died with. */
@Promise(
    by = InFlightJournal.class,
    value =
        "if its owner is evicted from now on, CrashSuspicion.afterDeath begins from the word noted"
            + " here")
public interface SharedTrialContract extends SharedStoreContract {
  @Test
  default void remembersTheTrialDuringWhichAnOwnerDied(StoreHarness harness) {
    harness.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = harness.samples.endpoint();
    for (CrashSuspicion trial : List.of(CrashSuspicion.FIRST_TRIAL, CrashSuspicion.SECOND_TRIAL)) {
      Delivery tried = harness.owned(endpoint);
      assertThat(harness.store().inFlightJournal().beginTrial(harness.owner(), tried, trial))
          .isTrue();
    }

    Owner heir = heirOf(harness, 2);

    assertThat(SuspicionContract.held(harness, heir, endpoint))
        .containsExactlyInAnyOrder(CrashSuspicion.FIRST_TRIAL_FAILED, CrashSuspicion.POISONED);
  }
}
