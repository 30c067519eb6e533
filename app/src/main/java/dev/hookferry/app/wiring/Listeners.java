package dev.hookferry.app.wiring;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.Listener;
import dev.hookferry.replay.ReplayJob;
import java.util.List;
import java.util.function.Consumer;

/** Forwards each call to several listeners; one that throws does not affect the others. */
record Listeners(List<Listener> all) implements Listener {
  private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void accepted(Event event, int deliveries) {
    each(listener -> listener.accepted(event, deliveries));
  }

  @Override
  public void readdressed(Event event, int deliveries) {
    each(listener -> listener.readdressed(event, deliveries));
  }

  @Override
  public void attempted(Attempt attempt) {
    each(listener -> listener.attempted(attempt));
  }

  @Override
  public void attempted(Attempt attempt, Delivery before) {
    each(listener -> listener.attempted(attempt, before));
  }

  @Override
  public void settled(Delivery delivery) {
    each(listener -> listener.settled(delivery));
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    each(listener -> listener.abandoned(site, endpoint, deliveries));
  }

  @Override
  public void masterKeyRotated(String key, int rewrapped) {
    each(listener -> listener.masterKeyRotated(key, rewrapped));
  }

  @Override
  public void replay(ReplayJob job) {
    each(listener -> listener.replay(job));
  }

  @Override
  public void endpointChanged(EndpointHealthEvent news) {
    each(listener -> listener.endpointChanged(news));
  }

  @Override
  public void fault(String what, Throwable cause) {
    each(listener -> listener.fault(what, cause));
  }

  private void each(Consumer<Listener> action) {
    for (Listener listener : all) {
      try {
        action.accept(listener);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "listener failed", e);
      }
    }
  }
}
