package dev.hookferry.observe;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listener that passes every call on to several others, in order; see {@link Listener#all}. */
final class CompositeListener implements Listener {
  private final List<Listener> listeners;

  CompositeListener(List<Listener> listeners) {
    this.listeners = listeners;
  }

  /** Calls every listener, then throws the first failure with the others suppressed in it. */
  private void each(Consumer<Listener> call) {
    @Nullable Throwable first = null;
    for (Listener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        } else if (first != e) {
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
  }

  @Override
  public void accepted(Event event, int deliveries) {
    each(listener -> listener.accepted(event, deliveries));
  }

  @Override
  public void filtered(Event event, int endpoints) {
    each(listener -> listener.filtered(event, endpoints));
  }

  @Override
  public void unroutable(Event event, int endpoints) {
    each(listener -> listener.unroutable(event, endpoints));
  }

  @Override
  public void resent(Event event, int deliveries) {
    each(listener -> listener.resent(event, deliveries));
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
  public void attempted(Attempt attempt, Delivery before, Event event) {
    each(listener -> listener.attempted(attempt, before, event));
  }

  @Override
  public void isolated(Delivery delivery) {
    each(listener -> listener.isolated(delivery));
  }

  @Override
  public void settled(Delivery delivery) {
    each(listener -> listener.settled(delivery));
  }

  @Override
  public void skipped(Delivery delivery) {
    each(listener -> listener.skipped(delivery));
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
  public void endpointChanged(EndpointHealthEvent change) {
    each(listener -> listener.endpointChanged(change));
  }

  @Override
  public void keyBlocked(BlockedKeyEvent blocked) {
    each(listener -> listener.keyBlocked(blocked));
  }

  @Override
  public void blockedKeys(Map<SiteId, BlockedKeyCount> bySite) {
    each(listener -> listener.blockedKeys(bySite));
  }

  @Override
  public void tokenFetched(SiteId site, boolean succeeded, Duration took) {
    each(listener -> listener.tokenFetched(site, succeeded, took));
  }

  @Override
  public void signerCalled(String signer, boolean succeeded, Duration took) {
    each(listener -> listener.signerCalled(signer, succeeded, took));
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    each(listener -> listener.expiryNoticed(notice));
  }

  @Override
  public void expiring(List<ExpiryNotice> all) {
    each(listener -> listener.expiring(all));
  }

  @Override
  public void portalSessionStarted(PortalSessionStart start) {
    each(listener -> listener.portalSessionStarted(start));
  }

  @Override
  public void fault(String what, Throwable cause) {
    each(listener -> listener.fault(what, cause));
  }

  @Override
  public void storeRecovered() {
    each(Listener::storeRecovered);
  }
}
