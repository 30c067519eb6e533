package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.store.commit.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends past deliveries again, with their original {@code webhook-id} so that receivers can
 * recognise them. Thread-safe; calls block, and throw {@link dev.hookferry.store.StoreException} if
 * the store fails.
 */
public final class Replays {
  private final CoreServices services;

  Replays(CoreServices parts) {
    this.services = parts;
  }

  /**
   * The deliveries of a replay; a null filter matches all.
   *
   * @param since created at this time or later
   * @param until created before this time; now, if null
   * @param endpoint to this endpoint
   * @param type of this event type
   * @param statuses in one of these final states: {@link ReplayWindow#FAILED} for failed deliveries
   *     only, {@link ReplayWindow#ENDED} to include delivered and cancelled ones
   */
  public record Window(
      Instant since,
      @Nullable Instant until,
      @Nullable EndpointId endpoint,
      @Nullable EventType type,
      Set<DeliveryState> statuses) {
    public Window {
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(statuses, "statuses");
      statuses = ReplayWindow.checked(statuses);
    }

    /** Returns the window of all failed deliveries since a time. */
    public static Window failedSince(Instant since) {
      return new Window(since, null, null, null, ReplayWindow.FAILED);
    }
  }

  /** Returns the number of deliveries that a replay would send. */
  public int count(SiteId site, Window window) {
    return countByStatus(site, window).values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Returns the number of deliveries that a replay would send, by final state; states without any
   * are left out.
   */
  public Map<DeliveryState, Integer> countByStatus(SiteId site, Window window) {
    Objects.requireNonNull(window, "window");
    Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
    boolean unused =
        ReplaySource.of(services, site, window)
            .each(
                page -> {
                  page.forEach(delivery -> counts.merge(delivery.state(), 1, Integer::sum));
                  return true;
                });
    return counts;
  }

  /**
   * Schedules an attempt for every delivery in the window. All are due when this returns; if it
   * throws, some may be due already, and it is safe to call again.
   *
   * @return the number of deliveries scheduled
   */
  public int run(SiteId site, Window window) {
    Objects.requireNonNull(window, "window");
    ReplaySource source = ReplaySource.of(services, site, window);
    AtomicInteger count = new AtomicInteger();
    try {
      boolean unused =
          source.each(
              page -> {
                revive(site, page, count);
                return true;
              });
    } catch (RuntimeException e) {
      try {
        note(site, window, count.get());
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    note(site, window, count.get());
    return count.get();
  }

  private void revive(SiteId site, List<Delivery> chosen, AtomicInteger count) {
    List<CompletableFuture<Command.Kind>> under =
        chosen.stream()
            .map(delivery -> new Deliveries(services).revive(site, delivery.id()))
            .toList();
    List<RuntimeException> failures = new ArrayList<>();
    for (CompletableFuture<Command.Kind> done : under) {
      try {
        Command.Kind unused = done.join();
        count.incrementAndGet();
      } catch (CompletionException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void note(SiteId site, Window window, int count) {
    if (count == 0) {
      return;
    }
    Map<String, @Nullable Object> asked = new LinkedHashMap<>();
    asked.put("since", window.since());
    asked.put("until", window.until());
    asked.put("endpoint", window.endpoint());
    asked.put("type", window.type());
    asked.put("status", ReplayWindow.codes(window.statuses()));
    asked.put("count", count);
    List<FieldChange> fields = new ArrayList<>();
    asked.forEach(
        (name, value) -> {
          if (value != null) {
            fields.add(new FieldChange(name, null, value.toString()));
          }
        });
    services.notes().done(AuditAction.DELIVERIES_REPLAYED, site, site.value(), fields);
  }
}
