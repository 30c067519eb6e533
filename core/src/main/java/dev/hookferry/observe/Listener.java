package dev.hookferry.observe;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.replay.ReplayJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Observes engine events, for logs and metrics. All calls come from a single thread, sequentially
 * and in order. Implementations must return quickly and must not throw; exceptions are logged.
 */
public interface Listener {
  /**
   * Returns a listener that passes every call on to all of these, in this order and on the same
   * thread. If one of them throws, the others are still called; the exception is logged.
   *
   * @param listeners any number of listeners; with none, calls have no effect
   */
  static Listener all(Listener... listeners) {
    return new CompositeListener(NoNulls.in(listeners, "listeners"));
  }

  /** Called when an event has become durable. */
  default void accepted(Event event, int deliveries) {}

  /**
   * Called when an event has become durable that filters withheld from endpoints subscribed to its
   * type.
   *
   * @param endpoints the number of these endpoints, at least 1
   */
  default void filtered(Event event, int endpoints) {}

  /**
   * Called when an event has become durable that some subscribed endpoints do not get, because
   * their URLs need routing values that it lacks.
   *
   * @param endpoints the number of these endpoints, at least 1
   */
  default void unroutable(Event event, int endpoints) {}

  /** Called when a user resent an accepted event to additional endpoints. */
  default void resent(Event event, int deliveries) {}

  /** Called when an attempt has been written to the log. */
  default void attempted(Attempt attempt) {}

  /**
   * Called when an attempt has been written to the log; by default calls {@link
   * #attempted(Attempt)}.
   *
   * @param before the delivery as it was when it was sent
   */
  default void attempted(Attempt attempt, Delivery before) {
    attempted(attempt);
  }

  /**
   * Called when an attempt has been written to the log; by default calls {@link #attempted(Attempt,
   * Delivery)}.
   *
   * @param before the delivery as it was when it was sent
   * @param event the event that it carried
   */
  default void attempted(Attempt attempt, Delivery before, Event event) {
    attempted(attempt, before);
  }

  /**
   * Called when this node isolates a delivery that was in flight during two crashes: it waits for
   * at least 30 seconds, and isolated deliveries are then sent one at a time.
   */
  default void isolated(Delivery delivery) {}

  /** Called when a delivery has become final. */
  default void settled(Delivery delivery) {}

  /**
   * Called instead of {@link #settled} when someone skips a delivery that blocks its ordering key.
   * Its state is then exhausted. Calls {@link #settled} by default.
   */
  default void skipped(Delivery delivery) {
    settled(delivery);
  }

  /** Called when deliveries were cancelled together because their endpoint or site was removed. */
  default void abandoned(SiteId site, EndpointId endpoint, int deliveries) {}

  /**
   * Called when secrets were moved to another master key.
   *
   * @param key the name of the new key
   * @param rewrapped number of sites and endpoints changed
   */
  default void masterKeyRotated(String key, int rewrapped) {}

  /** Called when a replay was started, paused or resumed, or has ended. */
  default void replay(ReplayJob job) {}

  /** Called when this node observed a change of an endpoint's health. */
  default void endpointChanged(EndpointHealthEvent change) {}

  /**
   * Called once when this node finds that an ordering key has been blocked for longer than the
   * limit; called again only if the key is unblocked and blocked again.
   */
  default void keyBlocked(BlockedKeyEvent blocked) {}

  /**
   * Called every minute with the numbers of blocked ordering keys and of deliveries behind them.
   *
   * @param bySite the sites that have any
   */
  default void blockedKeys(Map<SiteId, BlockedKeyCount> bySite) {}

  /**
   * Called when an access token for an endpoint was fetched, or fetching it failed.
   *
   * @param site the site of the endpoint
   * @param took the time until the response, or until the failure
   */
  default void tokenFetched(SiteId site, boolean succeeded, Duration took) {}

  /**
   * Called when a signer has signed a request or failed to.
   *
   * @param signer its name
   * @param took the time from when the request was ready, which includes waiting for a thread
   */
  default void signerCalled(String signer, boolean succeeded, Duration took) {}

  /**
   * Called with a notice that a certificate or signature of an endpoint expires soon, or has
   * expired: once for each notice, on one of the nodes that share a store.
   */
  default void expiryNoticed(ExpiryNotice notice) {}

  /**
   * Called every hour on every node with all certificates and signatures that expire soon and the
   * certificates that have expired. After the last one that can expire is removed, called once more
   * with an empty list, then not until there is one again.
   */
  default void expiring(List<ExpiryNotice> all) {}

  /**
   * Called when a user's session in the customer portal has started; not called for an operator's
   * session.
   */
  default void portalSessionStarted(PortalSessionStart start) {}

  /** Called when something inside Hookferry failed; processing continues. */
  default void fault(String what, Throwable cause) {}

  /**
   * Called when commits and claims work again after {@link #fault faults} of the store. While the
   * store is unavailable, every call to it fails, so there may be many faults before this call.
   */
  default void storeRecovered() {}
}
