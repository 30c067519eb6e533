package dev.hookferry.spring;

import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;

/**
 * Takes events that a {@link WebhookPublisher} publishes, as part of the running transaction. By
 * default a table of the application's database; in tests a simulation. Thread-safe.
 */
@FunctionalInterface
public interface TransactionalOutbox {
  /**
   * Adds an event to the running transaction: it is delivered if that transaction commits.
   *
   * @return the event's id, which receivers see as {@code webhook-id}
   * @throws dev.hookferry.refusal.InvalidException if the event breaks a rule
   * @throws org.springframework.transaction.IllegalTransactionStateException if there is no
   *     suitable transaction
   */
  EventId add(SiteId site, NewEvent event);
}
