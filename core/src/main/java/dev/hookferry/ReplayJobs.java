package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Paging;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayText;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.ReplayStore.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Replays that run in the background at a limited rate and survive a restart. Deliveries scheduled
 * just before a crash may be scheduled again after it. Thread-safe; calls block, and throw {@link
 * dev.hookferry.store.StoreException} if the store fails.
 */
public final class ReplayJobs {
  /** A preview stops counting when it has found this many deliveries. */
  public static final int MOST_COUNTED = 100_000;

  private static final int SAMPLES = 5;
  private static final int KEPT = 50;
  private static final int TRIES = 20;

  private final CoreServices services;

  ReplayJobs(CoreServices parts) {
    this.services = parts;
  }

  /**
   * Preview of a replay.
   *
   * @param count number of deliveries found
   * @param more whether there are more that were not counted
   * @param byEndpoint number of deliveries per endpoint
   * @param byStatus number of deliveries per final state
   * @param samples the newest five deliveries
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

  /** Counts what a replay would send, without changing anything. */
  public Preview preview(SiteId site, Replays.Window asked) {
    Objects.requireNonNull(asked, "asked");
    return preview(ReplaySource.of(services, site, asked));
  }

  private static Preview preview(ReplaySource source) {
    Map<EndpointId, Long> byEndpoint = new LinkedHashMap<>();
    Map<DeliveryState, Long> byStatus = new EnumMap<>(DeliveryState.class);
    List<Delivery> samples = new ArrayList<>();
    AtomicLong count = new AtomicLong();
    boolean more =
        source.each(
            page -> {
              for (Delivery delivery : page) {
                byEndpoint.merge(delivery.endpoint(), 1L, Long::sum);
                byStatus.merge(delivery.state(), 1L, Long::sum);
                if (samples.size() < SAMPLES) {
                  samples.add(delivery);
                }
              }
              return count.addAndGet(page.size()) < MOST_COUNTED;
            });
    return new Preview(count.get(), more, byEndpoint, byStatus, samples);
  }

  /**
   * Starts a replay.
   *
   * @param rate maximum deliveries per second; 1 to {@link ReplayJob#FASTEST}
   */
  public ReplayJob start(SiteId site, Replays.Window asked, int rate) {
    services.configHolder().site(site);
    Objects.requireNonNull(asked, "asked");
    Instant now = services.clock().instant();
    ReplayId id = new ReplayId(services.ids().next(now));
    ReplaySource source = ReplaySource.of(services, site, asked);
    ReplayJob blank = ReplayJob.begin(id, site, source.window(), rate, now);
    Preview preview = preview(source);
    ReplayJob job = blank.expecting(preview.more() ? -1 : preview.count());
    forgetOld(site);
    if (!store().save(id.value(), ReplayText.write(job), 0)) {
      throw new IllegalStateException(id + " already exists");
    }
    audited(AuditAction.REPLAY_STARTED, job);
    return job;
  }

  /** Returns a site's replays, newest first: all unfinished ones and the most recently finished. */
  public List<ReplayJob> list(SiteId site) {
    services.configHolder().site(site);
    return all().stream().filter(job -> job.site().equals(site)).toList();
  }

  /** Returns a page of a site's replays, newest first. */
  public Page<ReplayJob> list(SiteId site, PageRequest page) {
    return Paging.of(list(site), page, job -> job.id().toString());
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
   * Pauses a replay.
   *
   * @throws ConflictException if it has already ended
   */
  public ReplayJob pause(SiteId site, ReplayId id) {
    return changed(AuditAction.REPLAY_PAUSED, site, id, job -> job.paused(true));
  }

  /**
   * Resumes a replay.
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
    ReplayJob before = get(site, id);
    if (before.state().isFinal()) {
      throw new ConflictException(id + " is " + before.state().code() + " already");
    }
    ReplayJob after = change(id, change).orElseThrow(() -> new NotFoundException("replay", id));
    audited(action, after);
    return after;
  }

  private void audited(AuditAction action, ReplayJob job) {
    services.runtime().notifyListener(listener -> listener.replay(job));
    services.notes().done(action, job.site(), job.id().toString(), List.of());
  }

  /** Updates a replay, retrying on concurrent changes; empty if it no longer exists. */
  Optional<ReplayJob> change(ReplayId id, UnaryOperator<ReplayJob> change) {
    for (int left = TRIES; left > 0; left--) {
      Optional<Kept> kept =
          store().all().stream().filter(one -> one.id().equals(id.value())).findFirst();
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      ReplayJob next = change.apply(ReplayText.read(id, kept.get().text()));
      if (store().save(id.value(), ReplayText.write(next), kept.get().revision())) {
        return Optional.of(next);
      }
    }
    throw new ConflictException(id + " keeps being changed concurrently; try again");
  }

  List<ReplayJob> all() {
    return store().all().stream()
        .map(kept -> ReplayText.read(new ReplayId(kept.id()), kept.text()))
        .toList();
  }

  private void forgetOld(SiteId site) {
    all().stream()
        .filter(job -> job.site().equals(site) && job.state().isFinal())
        .skip(KEPT - 1L)
        .forEach(job -> store().remove(job.id().value()));
  }

  private ReplayStore store() {
    return services.store().replays();
  }
}
