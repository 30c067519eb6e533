package dev.hookferry.http.console;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.Event;
import dev.hookferry.port.Listener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened of late at this node, kept as it happens. Thread-safe; bounded. */
public final class Activity implements Listener {
  private final Map<SiteId, List<LiveFeed.Listener>> lookers = new ConcurrentHashMap<>();

  @Override
  public void accepted(Event event, int deliveries) {
    changed(event.site());
  }

  @Override
  public void attempted(Attempt attempt) {
    changed(attempt.site());
  }

  @Override
  public void settled(Delivery delivery) {
    changed(delivery.site());
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    changed(site);
  }

  /** Tells a browser whenever something happens at a site. */
  LiveFeed feed(SiteId site) {
    return listener -> {
      lookers.computeIfAbsent(site, s -> new CopyOnWriteArrayList<>()).add(listener);
      return () -> lookers.getOrDefault(site, List.of()).remove(listener);
    };
  }

  private void changed(SiteId site) {
    for (LiveFeed.Listener listener : lookers.getOrDefault(site, List.of())) {
      listener.changed();
    }
  }
}
