package dev.hookferry.contract.store.delivery;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that publish with the same ordering keys, end deliveries and change them by command, all
 * at once; and what they did when, by a common counter.
 */
final class ConcurrentQueues {
  static final List<String> KEYS = List.of("a", "b", "c");
  private static final int PUBLISHES = 25;
  private static final Duration MAX_TIME = Duration.ofMinutes(8);

  private final Store store;
  private final EndpointId endpoint;
  private final Map<DeliveryId, Course> courses = new ConcurrentHashMap<>();
  private final AtomicLong counter = new AtomicLong();
  private final AtomicInteger publishing = new AtomicInteger();
  private final long deadline = System.nanoTime() + MAX_TIME.toNanos();

  /** Times of a delivery's steps; 0 means never. */
  private static final class Course {
    final String key;
    final long offered;
    volatile long acknowledged;
    volatile long begun;
    volatile long ended;

    Course(String key, long offered) {
      this.key = key;
      this.offered = offered;
    }
  }

  ConcurrentQueues(Store store, EndpointId endpoint) {
    this.store = store;
    this.endpoint = endpoint;
  }

  EndpointId endpoint() {
    return endpoint;
  }

  /** Publishes two events at a time, whose keys come in either order. */
  Callable<Void> publisher(Owner owner, int seed) {
    publishing.incrementAndGet();
    Samples samples = new Samples(seed);
    return () -> {
      for (int n = 0; n < PUBLISHES; n++) {
        int key = samples.number(KEYS.size());
        List<PublishEntry.Entry> entries =
            List.of(
                offer(samples, KEYS.get(key)), offer(samples, KEYS.get((key + 1) % KEYS.size())));
        commit(owner, Batch.of(new PublishEntry(entries)));
        long acknowledged = counter.incrementAndGet();
        entries.forEach(
            entry -> course(entry.deliveries().get(0).delivery()).acknowledged = acknowledged);
      }
      publishing.decrementAndGet();
      return null;
    };
  }

  private PublishEntry.Entry offer(Samples samples, String key) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event, endpoint).inOrder(key);
    courses.put(delivery.id(), new Course(key, counter.incrementAndGet()));
    return new PublishEntry.Entry(event, List.of(new PublishEntry.Queued(delivery, false)));
  }

  /** Claims some deliveries, and writes all their results at once. */
  Callable<Void> sender(Owner owner, int seed) {
    Samples samples = new Samples(seed);
    return () -> {
      while (!isOver()) {
        ClaimRequest some =
            new ClaimRequest(Map.of(endpoint, 5), 5, Long.MAX_VALUE, StoreHarness.FAR_AHEAD);
        List<AttemptResult> results = new ArrayList<>();
        List<HandBack> handBacks = new ArrayList<>();
        for (Delivery delivery : StoreHarness.deliveries(store.deliveries().claim(owner, some))) {
          Course course = course(delivery);
          course.begun = course.begun == 0 ? counter.incrementAndGet() : course.begun;
          if (samples.number(10) == 0) {
            handBacks.add(new HandBack(delivery.site(), delivery.id()));
          } else {
            Delivery after = after(delivery, samples);
            results.add(new AttemptResult(after, samples.attempt(delivery, samples.failure())));
          }
        }
        long ending = counter.incrementAndGet();
        commit(owner, new Batch(List.of(), results, handBacks, List.of()));
        results.stream()
            .map(AttemptResult::delivery)
            .filter(after -> after.state().isFinal())
            .forEach(after -> course(after).ended = ending);
      }
      return null;
    };
  }

  private static Delivery after(Delivery delivery, Samples samples) {
    return switch (samples.number(10)) {
      case 0 -> delivery.retryAt(samples.now());
      case 1 -> delivery.blocked(samples.now());
      case 2 -> delivery.exhausted(samples.now());
      default -> delivery.delivered(samples.now());
    };
  }

  /** Cancels some deliveries, and retries or skips those that block. */
  Callable<Void> user(Owner owner, int seed) {
    Samples samples = new Samples(seed);
    return () -> {
      while (!isOver()) {
        DeliveryQuery blocked =
            DeliveryQuery.ofSite(Samples.SITE).endpoint(endpoint).state(DeliveryState.BLOCKED);
        List<Command> commands = new ArrayList<>();
        for (Delivery delivery : store.log().deliveries(blocked).data()) {
          commands.add(
              samples.number(2) == 0
                  ? new Command.Retry(delivery.site(), delivery.id(), samples.now())
                  : new Command.Skip(delivery.site(), delivery.id(), samples.now()));
        }
        List<DeliveryId> all = List.copyOf(courses.keySet());
        if (!all.isEmpty() && samples.number(4) == 0) {
          commands.add(new Command.Cancel(Samples.SITE, samples.oneOf(all), samples.now()));
        }
        long ending = counter.incrementAndGet();
        CommitResult done = commit(owner, new Batch(List.of(), List.of(), List.of(), commands));
        for (int i = 0; i < commands.size(); i++) {
          if (done.replies().get(i).kind() == Command.Kind.DONE) {
            ended(commands.get(i), ending);
          }
        }
      }
      return null;
    };
  }

  private void ended(Command command, long ending) {
    if (command instanceof Command.Skip skip) {
      courses.get(skip.delivery()).ended = ending;
    } else if (command instanceof Command.Cancel cancel) {
      courses.get(cancel.delivery()).ended = ending;
    }
  }

  private CommitResult commit(Owner owner, Batch batch) {
    return store.deliveries().commit(owner, batch);
  }

  private Course course(Delivery delivery) {
    return courses.get(delivery.id());
  }

  private boolean isOver() {
    return publishing.get() == 0 && left().isEmpty() || System.nanoTime() > deadline;
  }

  /** Returns the deliveries that have not ended. */
  List<DeliveryId> left() {
    return courses.entrySet().stream()
        .filter(entry -> entry.getValue().ended == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Returns the deliveries that were claimed although an earlier one of their key had not ended.
   */
  List<String> violations() {
    List<String> all = new ArrayList<>();
    for (Course one : courses.values()) {
      for (Course other : courses.values()) {
        boolean isBefore = one.key.equals(other.key) && one.acknowledged < other.offered;
        if (isBefore && other.begun != 0 && other.begun < one.ended) {
          all.add(
              "of the key %s, one was offered at %d and begun at %d, another one acknowledged at %d and ended at %d"
                  .formatted(one.key, other.offered, other.begun, one.acknowledged, one.ended));
        }
      }
    }
    return all;
  }
}
