package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.ReplayStore.ReplayEntry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of replays. */
@Promise(
    by = ReplayStore.class,
    value = "Saves a replay durably unless it was changed concurrently.")
public interface ReplayStoreContract extends StoreFixture {
  @Promise(by = ReplayStore.class, value = "Returns all replays, newest first.")
  @Test
  default void listsReplaysNewestFirst(StoreHarness harness) {
    ReplayStore replays = harness.store().replays();
    assertThat(replays.all()).isEmpty();
    UUID first = harness.samples.deliveryId().value();
    UUID second = harness.samples.deliveryId().value();
    assertThat(replays.save(first, "a=1&b=%C3%A9", 0)).isTrue();
    assertThat(replays.save(second, "x".repeat(30_000), 0)).isTrue();

    assertThat(replays.all())
        .containsExactly(
            new ReplayEntry(second, 1, "x".repeat(30_000)),
            new ReplayEntry(first, 1, "a=1&b=%C3%A9"));
  }

  @Test
  default void detectsAConcurrentChangeOfAReplay(StoreHarness harness) {
    ReplayStore replays = harness.store().replays();
    UUID id = harness.samples.deliveryId().value();
    assertThat(replays.save(id, "none", 1)).isFalse();
    assertThat(replays.save(id, "one", 0)).isTrue();
    assertThat(replays.save(id, "again", 0)).isFalse();
    assertThat(replays.save(id, "two", 1)).isTrue();
    assertThat(replays.save(id, "late", 1)).isFalse();

    assertThat(replays.all()).containsExactly(new ReplayEntry(id, 2, "two"));
  }

  @Promise(by = ReplayStore.class, value = "Deletes a replay; no effect if it does not exist.")
  @Test
  default void removesAReplay(StoreHarness harness) {
    ReplayStore replays = harness.store().replays();
    UUID id = harness.samples.deliveryId().value();
    assertThat(replays.save(id, "one", 0)).isTrue();
    replays.remove(id);
    replays.remove(id);

    assertThat(replays.all()).isEmpty();
    assertThat(replays.save(id, "new", 0)).isTrue();
  }
}
