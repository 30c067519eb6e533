package dev.hookferry.session;

import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.store.TallyStore;

/** The part of an instance that pages need in addition to the facades. Thread-safe. */
public interface PageAccess {
  /**
   * Returns the sessions of browsers. Every node of the store accepts them, but if the store does
   * not support sessions, they exist only in the memory of this process.
   */
  SessionKeeper sessions();

  /** Returns a read-only view of the chart counters of all nodes. Its methods block. */
  TallyStore tallies();

  /**
   * Notifies the listener that a customer's portal session has started, and publishes the
   * operational event to endpoints that subscribe to it. Called by the portal; returns immediately.
   */
  void portalSessionStarted(PortalSessionStart start);
}
