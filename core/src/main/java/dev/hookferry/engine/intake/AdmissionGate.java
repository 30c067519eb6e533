package dev.hookferry.engine.intake;

import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Admission control: delays new events while the send backlog exceeds the mark, so that acceptance
 * keeps pace with delivery instead of using the whole machine and building up a backlog. Sites take
 * turns; a site without delayed events is admitted at once. The delay is at most a second, because
 * a backlog with another cause must not lock producers out.
 */
public final class AdmissionGate {
  private static final Duration MAX_TIME = Duration.ofSeconds(1);

  private final int mark;
  private final Map<SiteId, Deque<Arrival>> waiting = new LinkedHashMap<>();
  private int events;
  private long bytes;

  /**
   * Creates an empty gate.
   *
   * @param mark send backlog above which the gate closes
   */
  public AdmissionGate(int mark) {
    this.mark = mark;
  }

  /**
   * The events of one publish call, with its pending receipts.
   *
   * @param config the configuration version that routed them
   * @param verdicts which filters each event meets, in the order of the events, with null for an
   *     event without filters; empty if none has any
   */
  public record Arrival(
      SiteId site,
      List<Event> events,
      long config,
      List<@Nullable FilterVerdict> verdicts,
      CompletableFuture<List<Receipt>> reply,
      Instant since) {
    /** Returns the filters' verdict on the event at an index; null if there is none. */
    @Nullable FilterVerdict verdict(int index) {
      return verdicts.isEmpty() ? null : verdicts.get(index);
    }

    Arrival waitingLonger(Duration by) {
      return new Arrival(site, events, config, verdicts, reply, since.minus(by));
    }

    long bytes() {
      return bytesOf(events);
    }

    /** Returns the size of events in bytes. */
    public static long bytesOf(List<Event> events) {
      long sum = 0;
      for (Event event : events) {
        sum += event.size();
      }
      return sum;
    }
  }

  /** Returns the number of queued events. */
  public int events() {
    return events;
  }

  /** Returns the size of the queued events in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Queues events behind those of their site. */
  public void add(Arrival arrival) {
    waiting.computeIfAbsent(arrival.site(), site -> new ArrayDeque<>()).addLast(arrival);
    events += arrival.events().size();
    bytes += arrival.bytes();
  }

  /** Returns the next arrival to admit; null if there is none or the gate is closed. */
  public @Nullable Arrival next(Lanes lanes, Instant now) {
    boolean open = lanes.congestion() < mark;
    for (Deque<Arrival> arrivals : waiting.values()) {
      Arrival first = arrivals.getFirst();
      if (open || lanes.ready(first.site()) == 0 || !deadlineOf(first).isAfter(now)) {
        take(arrivals);
        return first;
      }
    }
    return null;
  }

  /** Returns when the first arrival is admitted at the latest; null if none is waiting. */
  public @Nullable Instant opensAt() {
    Instant earliest = null;
    for (Deque<Arrival> arrivals : waiting.values()) {
      Instant opens = deadlineOf(arrivals.getFirst());
      earliest = earliest == null || opens.isBefore(earliest) ? opens : earliest;
    }
    return earliest;
  }

  /**
   * Shifts waiting times after the clock was set back by this much, so that nothing waits longer.
   */
  public void clockSetBack(Duration by) {
    waiting.values().forEach(arrivals -> arrivals.addAll(earlier(arrivals, by)));
  }

  /** Empties the queue of a site and returns its arrivals with adjusted waiting times. */
  private static List<Arrival> earlier(Deque<Arrival> arrivals, Duration by) {
    List<Arrival> all = arrivals.stream().map(arrival -> arrival.waitingLonger(by)).toList();
    arrivals.clear();
    return all;
  }

  /** Removes and returns all queued arrivals. */
  public List<Arrival> clear() {
    List<Arrival> all = new ArrayList<>();
    waiting.values().forEach(all::addAll);
    waiting.clear();
    events = 0;
    bytes = 0;
    return all;
  }

  /** Removes a site's first arrival and moves the site to the end of the rotation. */
  private void take(Deque<Arrival> arrivals) {
    Arrival first = arrivals.removeFirst();
    events -= first.events().size();
    bytes -= first.bytes();
    waiting.remove(first.site());
    if (!arrivals.isEmpty()) {
      waiting.put(first.site(), arrivals);
    }
  }

  private static Instant deadlineOf(Arrival arrival) {
    return arrival.since().plus(MAX_TIME);
  }
}
