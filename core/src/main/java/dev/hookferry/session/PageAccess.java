package dev.hookferry.session;

import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.store.TallyStore;

/** The part of an instance that pages need in addition to the facades. Thread-safe. */
public interface PageAccess {
  /**
   * Returns the sessions of browsers, which every node of the store accepts; those of this process,
   * in memory, if the store keeps none.
   */
  SessionKeeper sessions();

  /** Returns a read-only view of the chart counters of all nodes. Its methods block. */
  TallyStore tallies();

  /**
   * Tells the listener of a session of the customer's portal, and publishes the operational event
   * to endpoints that subscribe to it. Called by the portal; returns at once.
   */
  void portalSessionStarted(PortalSessionStart start);
}
