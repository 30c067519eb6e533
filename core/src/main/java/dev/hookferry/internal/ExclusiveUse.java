package dev.hookferry.internal;

import dev.hookferry.store.Store;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Exclusive right of one Hookferry instance to use an open store that cannot be shared. An instance
 * never rereads the configuration of such a store, so it would miss the changes made by another.
 * Thread-safe.
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
   * Claims the store until {@link #close}; no effect if it can be shared.
   *
   * @throws IllegalStateException if another instance has claimed it
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

  /**
   * Closes the store and gives up the claim; no effect if another instance has claimed the store.
   */
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
