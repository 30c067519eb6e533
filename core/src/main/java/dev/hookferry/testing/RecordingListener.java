package dev.hookferry.testing;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.Listener;
import dev.hookferry.replay.ReplayJob;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. Thread-safe. */
public final class RecordingListener implements Listener {
  private final List<Event> accepted = new CopyOnWriteArrayList<>();
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final List<Delivery> settled = new CopyOnWriteArrayList<>();
  private final Map<EndpointId, Integer> abandoned = new ConcurrentHashMap<>();
  private final List<ReplayJob> replays = new CopyOnWriteArrayList<>();
  private final List<EndpointHealthEvent> news = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  /** Creates a listener that remembers everything. */
  public RecordingListener() {}

  @Override
  public void accepted(Event event, int deliveries) {
    accepted.add(event);
  }

  @Override
  public void attempted(Attempt attempt) {
    attempts.add(attempt);
  }

  @Override
  public void settled(Delivery delivery) {
    settled.add(delivery);
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    abandoned.merge(endpoint, deliveries, Integer::sum);
  }

  @Override
  public void replay(ReplayJob job) {
    replays.add(job);
  }

  @Override
  public void endpointChanged(EndpointHealthEvent one) {
    news.add(one);
  }

  @Override
  public void fault(String what, Throwable cause) {
    faults.add(what);
  }

  /** The events that became durable. */
  public List<Event> accepted() {
    return List.copyOf(accepted);
  }

  /** The attempts that are in the log. */
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** The deliveries that became final. */
  public List<Delivery> settled() {
    return List.copyOf(settled);
  }

  /** How many deliveries were cancelled of each endpoint that was removed. */
  public Map<EndpointId, Integer> abandoned() {
    return Map.copyOf(abandoned);
  }

  /** Replays at each turn of their lives. */
  public List<ReplayJob> replays() {
    return List.copyOf(replays);
  }

  /** What changed with endpoints. */
  public List<EndpointHealthEvent> news() {
    return List.copyOf(news);
  }

  /** What failed. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
