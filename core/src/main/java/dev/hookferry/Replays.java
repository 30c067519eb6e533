package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Paging;
import dev.hookferry.internal.order.OrderedRescheduler;
import dev.hookferry.internal.replay.OldestFirstReader;
import dev.hookferry.internal.replay.ReplayJobs;
import dev.hookferry.internal.replay.ReplayJobs.ChangedReplay;
import dev.hookferry.internal.replay.ReplaySource;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Resends past deliveries, with their original {@code webhook-id} so that receivers can recognize
 * them, or {@linkplain ReplayWindow#missing(boolean) events that an endpoint never got}: at once
 * ({@link #run}), or as a background job at a limited rate that survives a restart ({@link
 * #start}). Thread-safe; calls block, and throw {@link dev.hookferry.store.StoreException} if the
 * store fails.
 */
public final class Replays {
  /** A preview stops counting when it has found this many deliveries. */
  public static final int MAX_COUNTED = 100_000;

  private static final int SAMPLES = 5;

  private final CoreServices services;
  private final ReplayJobs jobs;

  Replays(CoreServices services) {
    this.services = services;
    this.jobs = new ReplayJobs(services.store().replays());
  }

  /**
   * Preview of a replay.
   *
   * @param count number of deliveries found
   * @param more whether there are more that were not counted
   * @param byEndpoint number of deliveries per endpoint
   * @param byStatus number of deliveries per final state; empty for those that do not exist yet
   * @param samples the newest five deliveries; none of those that do not exist yet
   */
  public record Preview(
      long count,
      boolean more,
      Map<EndpointId, Long> byEndpoint,
      Map<DeliveryState, Long> byStatus,
      List<Delivery> samples) {
    public Preview {
      Objects.requireNonNull(byEndpoint, "byEndpoint");
      Objects.requireNonNull(byStatus, "byStatus");
      Objects.requireNonNull(samples, "samples");
      byStatus = Map.copyOf(byStatus);
      byEndpoint = Map.copyOf(byEndpoint);
      samples = List.copyOf(samples);
    }
  }

  /** Counts the deliveries that a replay would send, without changing anything. */
  public Preview preview(SiteId site, ReplayWindow window) {
    Objects.requireNonNull(window, "window");
    return preview(ReplaySource.of(services, site, window));
  }

  private static Preview preview(ReplaySource source) {
    Map<EndpointId, Long> byEndpoint = new LinkedHashMap<>();
    Map<DeliveryState, Long> byStatus = new EnumMap<>(DeliveryState.class);
    List<Delivery> samples = new ArrayList<>();
    AtomicLong count = new AtomicLong();
    boolean missing = source.window().missing();
    boolean more =
        source.each(
            page -> {
              for (Delivery delivery : page) {
                byEndpoint.merge(delivery.endpoint(), 1L, Long::sum);
                if (!missing) {
                  byStatus.merge(delivery.state(), 1L, Long::sum);
                }
                if (!missing && samples.size() < SAMPLES) {
                  samples.add(delivery);
                }
              }
              return count.addAndGet(page.size()) < MAX_COUNTED;
            });
    return new Preview(count.get(), more, byEndpoint, byStatus, samples);
  }

  /**
   * Returns the number of deliveries that a replay would send, by final state; states without any
   * are left out. Those that do not exist yet, of a {@linkplain ReplayWindow#missing(boolean)
   * missing} window, have none; {@link #preview} counts them.
   */
  public Map<DeliveryState, Integer> countByStatus(SiteId site, ReplayWindow window) {
    Objects.requireNonNull(window, "window");
    Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
    ReplaySource source = ReplaySource.of(services, site, window);
    if (window.missing()) {
      return counts;
    }
    boolean unused =
        source.each(
            page -> {
              page.forEach(delivery -> counts.merge(delivery.state(), 1, Integer::sum));
              return true;
            });
    return counts;
  }

  /**
   * Schedules an attempt for every delivery in the window, oldest first, so that those of an
   * ordering key keep their order. All are due when this returns; if it throws, some may be due
   * already, and it is safe to call again.
   *
   * @return the number of deliveries scheduled
   */
  public int run(SiteId site, ReplayWindow window) {
    Objects.requireNonNull(window, "window");
    ReplaySource source = ReplaySource.of(services, site, window);
    OldestFirstReader reader = source.oldestFirst(null);
    OrderedRescheduler rescheduler = new OrderedRescheduler(services);
    try {
      while (reader.hasNext()) {
        reader.next(PageRequest.MAX_LIMIT).stream()
            .filter(source::canBeSent)
            .forEach(one -> source.schedule(one, rescheduler));
        rescheduler.await();
      }
    } catch (RuntimeException e) {
      try {
        note(site, window, rescheduler.done());
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    note(site, window, rescheduler.done());
    return rescheduler.done();
  }

  /**
   * Starts a replay in the background. Deliveries scheduled just before a crash may be scheduled
   * again after it.
   *
   * @param rate maximum deliveries per second; 1 to {@link ReplayJob#FASTEST}
   */
  public ReplayJob start(SiteId site, ReplayWindow window, int rate) {
    services.configHolder().site(site);
    Objects.requireNonNull(window, "window");
    Instant now = services.clock().instant();
    ReplayId id = new ReplayId(services.ids().next(now));
    ReplaySource source = ReplaySource.of(services, site, window);
    ReplayJob blank = ReplayJob.begin(id, site, source.window(), rate, now);
    Preview preview = preview(source);
    ReplayJob job = blank.expecting(preview.more() ? -1 : preview.count());
    jobs.add(job);
    started(job);
    return job;
  }

  /** Returns a site's replays, newest first: all unfinished ones and the most recently finished. */
  public List<ReplayJob> list(SiteId site) {
    services.configHolder().site(site);
    return jobs.all().stream().filter(job -> job.site().equals(site)).toList();
  }

  /** Returns a page of a site's replays, newest first. */
  public Page<ReplayJob> list(SiteId site, PageRequest page) {
    return Paging.newestFirst(list(site), page, ReplayJob::id, ReplayId::parse);
  }

  /** Returns one replay. */
  public ReplayJob get(SiteId site, ReplayId id) {
    Objects.requireNonNull(id, "id");
    return list(site).stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("replay", id));
  }

  /**
   * Pauses a replay; no effect if it is paused.
   *
   * @throws ConflictException if it has already ended
   */
  public ReplayJob pause(SiteId site, ReplayId id) {
    return changed(AuditAction.REPLAY_PAUSED, site, id, job -> job.paused(true));
  }

  /**
   * Resumes a replay; no effect if it is running.
   *
   * @throws ConflictException if it has already ended
   */
  public ReplayJob resume(SiteId site, ReplayId id) {
    return changed(AuditAction.REPLAY_RESUMED, site, id, job -> job.paused(false));
  }

  /**
   * Cancels a replay; deliveries it has already scheduled stay scheduled.
   *
   * @throws ConflictException if it has already ended
   */
  public ReplayJob cancel(SiteId site, ReplayId id) {
    Instant now = services.clock().instant();
    return changed(AuditAction.REPLAY_CANCELLED, site, id, job -> job.cancelled("", now));
  }

  private ReplayJob changed(
      AuditAction action, SiteId site, ReplayId id, UnaryOperator<ReplayJob> change) {
    var unused = get(site, id);
    ChangedReplay changed =
        jobs.change(id, latest -> change.apply(unended(latest)))
            .orElseThrow(() -> new NotFoundException("replay", id));
    if (changed.hasOtherState()) {
      audited(action, changed.after(), List.of());
    }
    return changed.after();
  }

  private static ReplayJob unended(ReplayJob job) {
    if (job.state().isFinal()) {
      throw new ConflictException(job.id() + " is " + job.state().code() + " already");
    }
    return job;
  }

  private void started(ReplayJob job) {
    Map<String, @Nullable Object> what = new LinkedHashMap<>();
    long expected = job.progress().expected();
    what.put("count", expected < 0 ? null : expected);
    describe(job.window(), what);
    what.put("rate", job.rate());
    audited(AuditAction.REPLAY_STARTED, job, changes(what));
  }

  private void audited(AuditAction action, ReplayJob job, List<FieldChange> what) {
    services.runtime().notifyListener(listener -> listener.replay(job));
    services.auditRecorder().done(action, job.site(), job.id().toString(), what);
  }

  private void note(SiteId site, ReplayWindow window, int count) {
    if (count == 0) {
      return;
    }
    Map<String, @Nullable Object> criteria = new LinkedHashMap<>();
    describe(window, criteria);
    criteria.put("count", count);
    services
        .auditRecorder()
        .done(AuditAction.DELIVERIES_REPLAYED, site, site.value(), changes(criteria));
  }

  private static void describe(ReplayWindow window, Map<String, @Nullable Object> criteria) {
    criteria.put("since", window.since());
    criteria.put("until", window.until());
    criteria.put("endpoint", window.endpoint());
    criteria.put("type", window.types().isEmpty() ? null : window.typeNames());
    criteria.put("event", window.event());
    criteria.put("statusCode", window.statusCode());
    window.fields().forEach((name, value) -> criteria.put("fields." + name, value));
    criteria.put(window.missing() ? "missing" : "status", window.missing() ? true : window.codes());
  }

  private static List<FieldChange> changes(Map<String, @Nullable Object> criteria) {
    List<FieldChange> fields = new ArrayList<>();
    criteria.forEach(
        (name, value) -> {
          if (value != null) {
            fields.add(new FieldChange(name, null, value.toString()));
          }
        });
    return fields;
  }
}
