package dev.hookferry.contract;

import dev.hookferry.store.Store;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a store hands to its contract tests. */
@ExtendWith({SceneResolver.class, BrokenPromiseReporter.class})
public interface StoreFixture {
  /**
   * Opens the store. Within one test every call opens the same data; when a test begins, there is
   * none. Owners must not be given up for being silent within a minute.
   */
  Store open();

  /** Lets the store's clock go on, if it is one that tests can turn; else does nothing. */
  default void letTimePass(Duration time) {}

  /** Whether {@code forget} forgets each event by itself, not only whole units of many. */
  default boolean forgetsSingleEvents() {
    return true;
  }
}
