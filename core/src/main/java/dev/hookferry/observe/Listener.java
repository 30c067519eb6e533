package dev.hookferry.observe;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayJob;

/**
 * Observes what happens, for logs and metrics. Every call comes from the same thread, one at a time
 * and in order: implementations must be quick and must not throw (what they throw is logged).
 */
public interface Listener {
  /** An event is durable. */
  default void accepted(Event event, int deliveries) {}

  /** An event that was accepted before got new deliveries, as somebody asked for. */
  default void readdressed(Event event, int deliveries) {}

  /** An attempt is in the log. */
  default void attempted(Attempt attempt) {}

  /**
   * The same, for who wants to know more.
   *
   * @param before the delivery as it was when it was sent
   */
  default void attempted(Attempt attempt, Delivery before) {
    attempted(attempt);
  }

  /** A delivery became final. */
  default void settled(Delivery delivery) {}

  /** Deliveries were cancelled, all at once, because their endpoint or site was removed. */
  default void abandoned(SiteId site, EndpointId endpoint, int deliveries) {}

  /**
   * Secrets were put under another master key.
   *
   * @param key the name of the key
   * @param rewrapped how many sites and endpoints were changed
   */
  default void masterKeyRotated(String key, int rewrapped) {}

  /** A replay began, was paused or resumed, or ended. */
  default void replay(ReplayJob job) {}

  /** An endpoint fares otherwise than before, as far as this node knows. */
  default void endpointChanged(EndpointHealthEvent news) {}

  /** Something of ours failed; the work goes on. */
  default void fault(String what, Throwable cause) {}
}
