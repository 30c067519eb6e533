package dev.hookferry.internal;

import dev.hookferry.store.Store;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The right of one Hookferry at a time to use an open store that cannot be shared: it never reads
 * the configuration again, so it would not see the changes of a second one. Thread-safe.
 */
final class ExclusiveUse {
  /** Stores in use and their users; weak, so that a store that is never closed can be collected. */
  private static final Map<Store, Object> USERS = new WeakHashMap<>();

  private final Store store;
  private final Object user = new Object();

  ExclusiveUse(Store store) {
    this.store = store;
  }

  /**
   * Takes the store until {@link #close}, unless it can be shared.
   *
   * @throws IllegalStateException if another user has it
   */
  void begin() {
    if (store.isShared()) {
      return;
    }
    synchronized (USERS) {
      if (USERS.putIfAbsent(store, user) != null) {
        throw new IllegalStateException(
            "the store is used by another Hookferry; close that one first, or open a store for"
                + " each");
      }
    }
  }

  /** Closes the store, unless another user has it. */
  void close() {
    boolean isOurs;
    synchronized (USERS) {
      Object current = USERS.get(store);
      isOurs = current == null || current == user;
      USERS.remove(store, user);
    }
    if (isOurs) {
      store.close();
    }
  }
}
