package dev.hookferry.contract.store.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ScriptedTransport;
import org.junit.jupiter.api.Test;

/** A store that cannot be shared is used by one Hookferry at a time. */
@Promise(by = Store.class, value = "refuses to start on it until the first is closed")
public interface ExclusiveUseContract extends StoreFixture {
  @Test
  default void aSecondHookferryOnAnOpenStoreDoesNotStart() {
    Store store = open();
    assumeThat(store.isShared()).as("several may use it").isFalse();
    try (Hookferry first = on(store).start()) {
      Hookferry second = on(store);

      assertThatThrownBy(second::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the store is used by another Hookferry; close that one first, or open a store for"
                  + " each");
      second.close();
      assertThat(first.isReady()).isTrue();
    }
    on(open()).start().close();
  }

  private static Hookferry on(Store store) {
    return Hookferry.builder(store, new ScriptedTransport()).secrets(Secrets.inTheClear()).build();
  }
}
