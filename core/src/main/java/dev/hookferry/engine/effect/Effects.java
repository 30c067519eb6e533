package dev.hookferry.engine.effect;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.observe.Listener;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Batch;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Side effects requested by the engine. Calls return immediately; results come back as messages.
 */
public interface Effects {
  /**
   * Writes a batch; the result arrives as {@code committed} or {@code commitFailed} with the same
   * number.
   */
  void commit(long number, Batch batch);

  /** Claims work from the store; the result arrives as {@code claimed} or {@code claimFailed}. */
  void claim(long incarnation, ClaimRequest claim);

  /**
   * Sends the owner's heartbeat; the result arrives as {@code heard} or {@code heartbeatFailed}.
   *
   * @param retire whether to retire the owner first, so that it gives up its deliveries
   */
  void heartbeat(boolean retire);

  /** Registers a new owner; the result arrives as {@code registered} or {@code heartbeatFailed}. */
  void register();

  /** Uses a new owner for all later commits, claims and heartbeats. */
  void own(Owner owner);

  /**
   * Records in the store that a suspect is about to be sent; the result arrives as {@code
   * trialNoted} or {@code trialFailed}.
   */
  void beginTrial(Sending suspect);

  /** Makes an attempt; the result arrives as {@code ended}. */
  void send(Sending sending);

  /** Completes a caller's future on a thread that may block. */
  void reply(Runnable completion);

  /** Completes a future on the executor that its caller chose, if any. */
  default void reply(CompletableFuture<?> whose, Runnable completion) {
    reply(completion);
  }

  /** Notifies the listener. */
  void notifyListener(Consumer<Listener> notification);

  /**
   * Notifies the listener about an event, which stays in memory until then. Hookferry's own
   * listener does not need it.
   */
  default void notifyOfEvent(Event event, Consumer<Listener> notification) {
    notifyListener(notification);
  }

  /**
   * Notifies the listener of an attempt to deliver an event, which stays in memory until then.
   *
   * @param more bytes that stay in memory in addition to the event
   */
  default void notifyOfAttempt(Event event, int more, Consumer<Listener> notification) {
    notifyListener(notification);
  }

  /**
   * Notifies the listener of a delivery that has ended. Hookferry's own listener needs only those
   * that were not delivered.
   */
  default void notifyOfEnd(Delivery delivery, Consumer<Listener> notification) {
    notifyListener(notification);
  }
}
