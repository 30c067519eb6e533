package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Paging;
import dev.hookferry.query.DeliveryFilter;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayText;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.ReplayStore.Kept;
import dev.hookferry.store.config.Config;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replays that go on by themselves, at a rate, and survive a restart: what was made due just before
 * a crash may be made due once more after it. Thread-safe; blocks, and throws {@link
 * dev.hookferry.port.StoreException} if the store fails.
 */
public final class ReplayJobs {
  /** How many deliveries are counted at most before a replay begins. */
  public static final int MOST_COUNTED = 100_000;

  private static final int SAMPLES = 5;
  private static final int KEPT = 50;
  private static final int TRIES = 20;

  private final CoreServices parts;

  ReplayJobs(CoreServices parts) {
    this.parts = parts;
  }

  /**
   * What a replay would send.
   *
   * @param count how many deliveries
   * @param more whether there are more, which were not counted
   * @param byEndpoint how many of them for each endpoint
   * @param byStatus how many of them are in each final state
   * @param samples the newest
   */
  public record Preview(
      long count,
      boolean more,
      Map<EndpointId, Long> byEndpoint,
      Map<DeliveryState, Long> byStatus,
      List<Delivery> samples) {
    public Preview {
      byStatus = Map.copyOf(byStatus);
      byEndpoint = Map.copyOf(byEndpoint);
      samples = List.copyOf(samples);
    }
  }

  /** Looks at what a replay would send; changes nothing. */
  public Preview preview(SiteId site, Replays.Window asked) {
    return preview(site, closed(asked));
  }

  private Preview preview(SiteId site, ReplayWindow window) {
    Map<EndpointId, Long> byEndpoint = new LinkedHashMap<>();
    Map<DeliveryState, Long> byStatus = new EnumMap<>(DeliveryState.class);
    List<Delivery> samples = new ArrayList<>();
    long count = 0;
    String cursor = null;
    do {
      Page<Delivery> page = page(site, window, PageRequest.MAX_LIMIT, cursor);
      for (Delivery delivery : page.data()) {
        if (canBeSent(delivery)) {
          count++;
          byEndpoint.merge(delivery.endpoint(), 1L, Long::sum);
          byStatus.merge(delivery.state(), 1L, Long::sum);
          if (samples.size() < SAMPLES) {
            samples.add(delivery);
          }
        }
      }
      cursor = page.next();
    } while (cursor != null && count < MOST_COUNTED);
    return new Preview(count, cursor != null, byEndpoint, byStatus, samples);
  }

  /**
   * Begins a replay.
   *
   * @param rate how many deliveries a second, at most; 1 to {@link ReplayJob#FASTEST}
   */
  public ReplayJob start(SiteId site, Replays.Window asked, int rate) {
    parts.keeper().site(site);
    Instant now = parts.clock().instant();
    ReplayId id = new ReplayId(parts.ids().next(now));
    ReplayWindow window = closed(asked);
    ReplayJob blank = ReplayJob.begin(id, site, window, rate, now);
    Preview preview = preview(site, window);
    ReplayJob job = blank.expecting(preview.more() ? -1 : preview.count());
    forgetOld(site);
    if (!store().save(id.value(), ReplayText.write(job), 0)) {
      throw new IllegalStateException(id + " is there already");
    }
    told(AuditAction.REPLAY_STARTED, job);
    return job;
  }

  /** The replays of a site, newest first: those that go on, and the last that ended. */
  public List<ReplayJob> list(SiteId site) {
    parts.keeper().site(site);
    return all().stream().filter(job -> job.site().equals(site)).toList();
  }

  /** The same in parts. */
  public Page<ReplayJob> list(SiteId site, PageRequest page) {
    return Paging.of(list(site), page, job -> job.id().toString());
  }

  /** One replay. */
  public ReplayJob get(SiteId site, ReplayId id) {
    return list(site).stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("replay", id));
  }

  /** Lets it rest; a {@link ConflictException} if it ended already. */
  public ReplayJob pause(SiteId site, ReplayId id) {
    return changed(AuditAction.REPLAY_PAUSED, site, id, job -> job.paused(true));
  }

  /** Lets it go on; a {@link ConflictException} if it ended already. */
  public ReplayJob resume(SiteId site, ReplayId id) {
    return changed(AuditAction.REPLAY_RESUMED, site, id, job -> job.paused(false));
  }

  /** Stops it; what it made due stays so. A {@link ConflictException} if it ended already. */
  public ReplayJob cancel(SiteId site, ReplayId id) {
    Instant now = parts.clock().instant();
    return changed(AuditAction.REPLAY_CANCELLED, site, id, job -> job.cancelled("", now));
  }

  private ReplayJob changed(
      AuditAction action, SiteId site, ReplayId id, UnaryOperator<ReplayJob> change) {
    ReplayJob before = get(site, id);
    if (before.state().isFinal()) {
      throw new ConflictException(id + " is " + before.state().word() + " already");
    }
    ReplayJob after = change(id, change).orElseThrow(() -> new NotFoundException("replay", id));
    told(action, after);
    return after;
  }

  private void told(AuditAction action, ReplayJob job) {
    parts.shell().tell(listener -> listener.replay(job));
    parts.notes().done(action, job.site(), job.id().toString(), List.of());
  }

  /** Changes one, again and again until nobody else changed it meanwhile; nothing if it is gone. */
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
    throw new ConflictException(id + " is changed by others all the time; try again");
  }

  List<ReplayJob> all() {
    return store().all().stream()
        .map(kept -> ReplayText.read(new ReplayId(kept.id()), kept.text()))
        .toList();
  }

  /** A part of the window's deliveries, newest first. */
  Page<Delivery> page(SiteId site, ReplayWindow window, int limit, @Nullable String cursor) {
    return new Deliveries(parts)
        .list(
            site,
            new DeliveryFilter(
                null,
                window.endpoint(),
                window.type(),
                null,
                new TimeWindow(window.since(), window.until()),
                new PageRequest(limit, cursor)),
            window.statuses());
  }

  /** What comes to be from now on is not meant. */
  private ReplayWindow closed(Replays.Window asked) {
    Instant until = asked.until() == null ? parts.clock().instant() : asked.until();
    return new ReplayWindow(asked.since(), until, asked.endpoint(), asked.type(), asked.statuses());
  }

  private boolean canBeSent(Delivery delivery) {
    Config config = parts.keeper().config();
    return delivery.state().isFinal()
        && !delivery.type().equals(EventType.TEST)
        && config.endpoints().containsKey(delivery.endpoint());
  }

  private void forgetOld(SiteId site) {
    all().stream()
        .filter(job -> job.site().equals(site) && job.state().isFinal())
        .skip(KEPT - 1L)
        .forEach(job -> store().remove(job.id().value()));
  }

  private ReplayStore store() {
    return parts.store().replays();
  }
}
