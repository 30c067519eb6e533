package dev.hookferry.testing;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.replay.ReplayJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A listener that records the calls for which it has getters, and lets tests wait for them.
 * Thread-safe.
 */
public final class RecordingListener implements Listener {
  private final List<Event> accepted = new CopyOnWriteArrayList<>();
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final List<Delivery> isolated = new CopyOnWriteArrayList<>();
  private final List<Delivery> settled = new CopyOnWriteArrayList<>();
  private final Map<EndpointId, Integer> abandoned = new ConcurrentHashMap<>();
  private final List<ReplayJob> replays = new CopyOnWriteArrayList<>();
  private final List<EndpointHealthEvent> healthEvents = new CopyOnWriteArrayList<>();
  private final List<BlockedKeyEvent> blockedKeys = new CopyOnWriteArrayList<>();
  private final List<ExpiryNotice> expiryNotices = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final Lock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();

  /** Creates a listener without recorded calls. */
  public RecordingListener() {}

  @Override
  public void accepted(Event event, int deliveries) {
    accepted.add(event);
    signal();
  }

  @Override
  public void attempted(Attempt attempt) {
    attempts.add(attempt);
    signal();
  }

  @Override
  public void isolated(Delivery delivery) {
    isolated.add(delivery);
    signal();
  }

  @Override
  public void settled(Delivery delivery) {
    settled.add(delivery);
    signal();
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    abandoned.merge(endpoint, deliveries, Integer::sum);
    signal();
  }

  @Override
  public void replay(ReplayJob job) {
    replays.add(job);
    signal();
  }

  @Override
  public void endpointChanged(EndpointHealthEvent one) {
    healthEvents.add(one);
    signal();
  }

  @Override
  public void keyBlocked(BlockedKeyEvent blocked) {
    blockedKeys.add(blocked);
    signal();
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    expiryNotices.add(notice);
    signal();
  }

  @Override
  public void fault(String what, Throwable cause) {
    faults.add(what);
    signal();
  }

  private void signal() {
    lock.lock();
    try {
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks until a condition holds. Evaluates it immediately, and after every recorded call.
   *
   * @param condition the condition, evaluated with this listener; must be fast and free of side
   *     effects
   * @throws AssertionError if the condition does not hold in time, or the thread is interrupted
   */
  public void await(Duration atMost, Predicate<RecordingListener> condition) {
    Objects.requireNonNull(atMost, "atMost");
    Objects.requireNonNull(condition, "condition");
    lock.lock();
    try {
      long nanosLeft = atMost.toNanos();
      while (!condition.test(this)) {
        if (nanosLeft <= 0) {
          throw new AssertionError("not within " + atMost + "; recorded so far: " + this);
        }
        nanosLeft = called.awaitNanos(nanosLeft);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted; recorded so far: " + this, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%d accepted, attempts %s, settled %s, faults %s",
        accepted.size(), attempts, settled, faults);
  }

  /** Returns the events that became durable. */
  public List<Event> accepted() {
    return List.copyOf(accepted);
  }

  /** Returns the attempts that were logged. */
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** Returns the deliveries that were isolated after two crashes. */
  public List<Delivery> isolated() {
    return List.copyOf(isolated);
  }

  /** Returns the deliveries that became final. */
  public List<Delivery> settled() {
    return List.copyOf(settled);
  }

  /** Returns the number of deliveries cancelled per removed endpoint. */
  public Map<EndpointId, Integer> abandoned() {
    return Map.copyOf(abandoned);
  }

  /** Returns the recorded replay state changes. */
  public List<ReplayJob> replays() {
    return List.copyOf(replays);
  }

  /** Returns the recorded changes of endpoint health. */
  public List<EndpointHealthEvent> healthEvents() {
    return List.copyOf(healthEvents);
  }

  /** Returns the ordering keys reported as blocked for too long. */
  public List<BlockedKeyEvent> blockedKeys() {
    return List.copyOf(blockedKeys);
  }

  /** Returns the recorded notices about expiring certificates and signatures. */
  public List<ExpiryNotice> expiryNotices() {
    return List.copyOf(expiryNotices);
  }

  /** Returns the recorded faults. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
