package dev.hookferry.spring;

import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;

/**
 * Accepts events from a {@link WebhookPublisher} as part of the running transaction. By default a
 * table in the application's database; in tests a simulation. Thread-safe.
 */
@FunctionalInterface
public interface TransactionalOutbox {
  /**
   * Adds an event to the running transaction. It is delivered if that transaction commits.
   *
   * @return the event's id, which receivers see as {@code webhook-id}
   * @throws dev.hookferry.refusal.InvalidException if the event breaks a rule
   * @throws org.springframework.transaction.IllegalTransactionStateException if there is no
   *     suitable transaction
   */
  EventId add(SiteId site, NewEvent event);
}
