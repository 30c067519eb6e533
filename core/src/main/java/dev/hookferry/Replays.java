package dev.hookferry;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.EventType;
import dev.hookferry.port.Config;
import dev.hookferry.port.Page;
import dev.hookferry.port.PageRequest;
import dev.hookferry.port.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends many deliveries again, with the same {@code webhook-id}, so that receivers can tell.
 * Thread- safe; blocks, and throws {@link dev.hookferry.port.StoreException} if the store fails.
 */
public final class Replays {
  private final Parts parts;

  Replays(Parts parts) {
    this.parts = parts;
  }

  /**
   * Which deliveries; null means any.
   *
   * @param since created at this time or later
   * @param until created before this time; now, if null
   * @param endpoint to this endpoint
   * @param type of this event type
   * @param status in this final state; all final ones, if null
   */
  public record Window(
      Instant since,
      @Nullable Instant until,
      @Nullable EndpointId endpoint,
      @Nullable EventType type,
      @Nullable DeliveryState status) {
    public Window {
      if (status != null && !status.isFinal()) {
        throw InvalidException.of(
            "status",
            "must be delivered, exhausted, cancelled or poisoned; others are sent anyway");
      }
    }
  }

  /** How many deliveries a replay would send. */
  public int count(SiteId site, Window window) {
    return each(site, window, delivery -> CompletableFuture.completedFuture(delivery));
  }

  /**
   * Sends them again. Each is due once this returns; if it fails in between, those before are due,
   * and it can be repeated.
   *
   * @return how many
   */
  public int run(SiteId site, Window window) {
    return each(site, window, delivery -> parts.deliveries().retry(site, delivery.id()));
  }

  private int each(SiteId site, Window window, Action action) {
    Instant until = window.until() == null ? parts.clock().instant() : window.until();
    DeliveryFilter filter =
        new DeliveryFilter(
            window.status(),
            window.endpoint(),
            window.type(),
            null,
            new TimeWindow(window.since(), until),
            PageRequest.FIRST);
    int count = 0;
    String cursor = null;
    do {
      Page<Delivery> page =
          parts.deliveries().list(site, filter.at(new PageRequest(PageRequest.MAX_LIMIT, cursor)));
      List<Delivery> chosen = page.data().stream().filter(this::canBeSent).toList();
      List<CompletableFuture<Delivery>> under = chosen.stream().map(action::on).toList();
      under.forEach(CompletableFuture::join);
      count += chosen.size();
      cursor = page.next();
    } while (cursor != null);
    return count;
  }

  private boolean canBeSent(Delivery delivery) {
    Config config = parts.keeper().config();
    return delivery.state().isFinal()
        && !delivery.type().equals(EventType.TEST)
        && config.endpoints().containsKey(delivery.endpoint());
  }

  private interface Action {
    CompletableFuture<Delivery> on(Delivery delivery);
  }
}
