package dev.hookferry.internal.replay;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EventType;
import dev.hookferry.id.ReplayId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.order.OrderedRescheduler;
import dev.hookferry.internal.replay.ReplayJobs.ChangedReplay;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Worker that advances each running replay by one step per call, at its rate. A lease ensures that
 * only one node works on a replay at a time; another node takes over once the lease expires. Not
 * thread-safe.
 */
public final class ReplayWorker {
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** Age at which a lease is renewed; a step must end within the remaining time. */
  private static final Duration RENEW_AFTER = Duration.ofSeconds(10);

  /** Longest remaining lease; a longer one is ignored, because a clock was set back or differs. */
  private static final Duration MAX_LEASE = LEASE.multipliedBy(2);

  private static final Duration MAX_STEP = Duration.ofSeconds(2);

  /** Time limit of the search in a step, so that it does not outlive the lease. */
  private static final Duration MAX_SEARCH = Duration.ofSeconds(5);

  /** Pause of a replay after a failed step. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final CoreServices services;
  private final ReplayJobs jobs;
  private final String self;
  private final Map<ReplayId, Instant> lastStep = new HashMap<>();
  private final Map<ReplayId, OldestFirstReader> readers = new HashMap<>();
  private final Map<ReplayId, Instant> pausedUntil = new HashMap<>();

  public ReplayWorker(CoreServices services) {
    this.services = services;
    jobs = new ReplayJobs(services.store().replays());
    self = services.ids().next(services.clock().instant()).toString();
  }

  /** Result of a step; {@code next} is null if nothing is left. */
  private record Step(long sent, long skipped, @Nullable String next) {}

  /**
   * Runs one step of each replay whose lease this node holds or can take. A failed replay is paused
   * for a while and does not keep the others from advancing.
   *
   * @throws RuntimeException the first failure, thrown after all replays have been tried
   */
  public void work() {
    List<ReplayJob> all = jobs.all();
    Set<ReplayId> known = all.stream().map(ReplayJob::id).collect(Collectors.toSet());
    readers.keySet().retainAll(known);
    pausedUntil.keySet().retainAll(known);
    RuntimeException first = null;
    for (ReplayJob job : all) {
      // The steps of other replays may have taken long.
      Instant now = services.clock().instant();
      boolean others = isHeldByOther(job, now);
      if (!others && (job.state() == ReplayState.RUNNING || isLeftBehind(job))) {
        RuntimeException failure = isPaused(job, now) ? null : tried(job, now);
        first = first == null ? failure : first;
      } else {
        lastStep.remove(job.id());
        readers.remove(job.id());
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Returns whether the replay's site was removed; a new site might get the same id. */
  private boolean isLeftBehind(ReplayJob job) {
    return !job.state().isFinal() && !hasSite(job);
  }

  private boolean hasSite(ReplayJob job) {
    return services.configHolder().config().sites().containsKey(job.site());
  }

  private boolean isPaused(ReplayJob job, Instant now) {
    Instant until = pausedUntil.get(job.id());
    // A clock that was set back must not prolong the pause.
    return until != null && now.isBefore(until) && !now.isBefore(until.minus(PAUSE));
  }

  private @Nullable RuntimeException tried(ReplayJob job, Instant now) {
    try {
      advance(job, now);
      return null;
    } catch (RuntimeException e) {
      pausedUntil.put(job.id(), now.plus(PAUSE));
      readers.remove(job.id());
      return e;
    }
  }

  private void advance(ReplayJob job, Instant now) {
    if (!hasSite(job)) {
      notifyIfEnded(jobs.change(job.id(), latest -> latest.cancelled("its site was removed", now)));
      return;
    }
    int allowed = allowed(job, now);
    Optional<ReplayJob> held = allowed == 0 ? Optional.empty() : held(job, now);
    if (held.isEmpty()) {
      return;
    }
    Step step = step(held.get(), allowed, now);
    Optional<ChangedReplay> changed =
        jobs.change(
            job.id(),
            latest ->
                latest.worker().equals(self)
                    ? latest.advanced(step.sent(), step.skipped(), step.next(), now)
                    : latest);
    if (changed.isPresent() && !changed.get().after().worker().equals(self)) {
      // The step took longer than the lease. Another node has taken over and will report the end.
      readers.remove(job.id());
      return;
    }
    notifyIfEnded(changed);
  }

  private boolean isHeldByOther(ReplayJob job, Instant now) {
    return services.store().isShared()
        && job.isHeldByOther(self, now)
        && !job.heldUntil().isAfter(now.plus(MAX_LEASE));
  }

  /** Takes or renews the lease; returns the latest job, or empty if another node was faster. */
  private Optional<ReplayJob> held(ReplayJob job, Instant now) {
    if (job.worker().equals(self) && job.heldUntil().isAfter(now.plus(LEASE.minus(RENEW_AFTER)))) {
      return Optional.of(job);
    }
    return jobs.change(
            job.id(),
            latest -> isHeldByOther(latest, now) ? latest : latest.heldBy(self, now.plus(LEASE)))
        .map(ChangedReplay::after)
        .filter(held -> held.worker().equals(self) && held.state() == ReplayState.RUNNING);
  }

  /** Returns how many deliveries the rate allows since the last step. */
  private int allowed(ReplayJob job, Instant now) {
    Instant last = lastStep.get(job.id());
    if (last == null) {
      lastStep.put(job.id(), now);
      return job.rate();
    }
    if (now.isBefore(last)) {
      // The clock was set back.
      lastStep.put(job.id(), now);
      return 0;
    }
    Duration since = Duration.between(last, now);
    Duration counted = since.compareTo(MAX_STEP) > 0 ? MAX_STEP : since;
    int allowed = (int) Math.max(0, job.rate() * counted.toMillis() / 1000);
    if (allowed > 0) {
      lastStep.put(job.id(), now);
    }
    return allowed;
  }

  private Step step(ReplayJob job, int allowed, Instant now) {
    ReplaySource source = new ReplaySource(services, job.site(), job.window());
    OldestFirstReader reader = readers.get(job.id());
    String cursor = job.progress().cursor();
    if (reader == null || !Objects.equals(reader.cursor(), cursor)) {
      // The replay has just begun, or resumes after a failure or on another node.
      reader = source.oldestFirst(cursor);
      readers.put(job.id(), reader);
    }
    BooleanSupplier isLate = () -> isLate(now);
    OrderedRescheduler rescheduler = new OrderedRescheduler(services);
    long sent = 0;
    long skipped = 0;
    for (Delivery delivery : reader.next(allowed, isLate)) {
      if (delivery.type().equals(EventType.TEST)) {
        continue;
      }
      if (job.window().missing()) {
        sent += source.schedule(delivery, rescheduler) ? 0 : 1;
        continue;
      }
      Optional<Delivery> current = services.store().log().delivery(job.site(), delivery.id());
      if (current.isEmpty()) {
        skipped++;
      } else if (isMeant(job.window(), delivery, current.get())) {
        rescheduler.add(current.get());
      } else if (current.get().state().isFinal()) {
        // The delivery was pending and has ended in the meantime.
        skipped++;
      } else {
        // The delivery was retried in the meantime, perhaps by this step before it failed.
        sent++;
      }
    }
    rescheduler.await();
    String next = reader.hasNext(isLate) ? reader.cursor() : null;
    return new Step(sent + rescheduler.done(), skipped + rescheduler.skipped(), next);
  }

  private boolean isLate(Instant start) {
    Duration since = Duration.between(start, services.clock().instant());
    // The clock may have been set back.
    return since.isNegative() || since.compareTo(MAX_SEARCH) > 0;
  }

  /**
   * Returns whether a replay still applies to a delivery in its current state. A delivery that was
   * pending when found and has ended since is replayed only if the replay also covers its new
   * state.
   */
  private static boolean isMeant(ReplayWindow window, Delivery found, Delivery now) {
    return now.state().isFinal()
        ? found.state().isFinal() || window.statuses().contains(now.state())
        : !found.state().isFinal() && now.state() == DeliveryState.PENDING;
  }

  /**
   * Notifies the listener if the change ended the replay. A cancellation by a user has already been
   * reported.
   */
  private void notifyIfEnded(Optional<ChangedReplay> changed) {
    changed
        .filter(ChangedReplay::hasOtherState)
        .map(ChangedReplay::after)
        .filter(job -> job.state().isFinal())
        .ifPresent(job -> services.runtime().notifyListener(listener -> listener.replay(job)));
  }
}
