package dev.hookferry.spring.test;

import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.spring.TransactionRule;
import dev.hookferry.spring.TransactionalOutbox;
import dev.hookferry.testing.SimulatedHookferry;
import java.util.Objects;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Publishes events in the simulation once their transaction has committed. A refused event, such as
 * one of an unknown type, fails the test when the transaction commits.
 */
final class SimulatedOutbox implements TransactionalOutbox {
  private final SimulatedHookferry hooks;
  private final TransactionRule rule;
  private int count;

  SimulatedOutbox(SimulatedHookferry hooks, TransactionRule rule) {
    this.hooks = hooks;
    this.rule = rule;
  }

  @Override
  public EventId add(SiteId site, NewEvent event) {
    boolean running = rule.check(event);
    JsonValidator.require("data", event.data());
    NewEvent named = event.id() == null ? event.id("simulated-" + next()) : event;
    if (running && TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              publish(site, named);
            }
          });
    } else {
      publish(site, named);
    }
    return Objects.requireNonNull(named.id());
  }

  private synchronized int next() {
    return ++count;
  }

  /** Publishes one event at a time, because the simulation has no threads of its own. */
  private synchronized void publish(SiteId site, NewEvent event) {
    var unused = hooks.publish(site, event);
  }
}
