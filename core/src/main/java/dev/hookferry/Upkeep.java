package dev.hookferry;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.Config;
import dev.hookferry.port.DeliveryQuery;
import dev.hookferry.port.EndpointScope;
import dev.hookferry.port.TimeWindow;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has to be looked after from time to time, beside the deliveries. */
final class Upkeep {
  private static final Duration LOOK_AT_CONFIG = Duration.ofSeconds(1);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Parts parts;
  private final @Nullable Duration keep;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          action -> {
            Thread made = new Thread(action, "hookferry-upkeep");
            made.setDaemon(true);
            return made;
          });

  Upkeep(Parts parts, @Nullable Duration keep) {
    this.parts = parts;
    this.keep = keep;
  }

  void start() {
    if (parts.store().isShared()) {
      every(LOOK_AT_CONFIG, "other nodes' changes were not read", parts.keeper()::refresh);
    }
    Duration kept = keep;
    if (kept != null) {
      every(FORGET, "old events were not forgotten", () -> forget(kept));
    }
    thread.execute(guarded("left-over deliveries were not looked for", this::abandonLeftOver));
  }

  void stop() {
    thread.shutdownNow();
  }

  private void forget(Duration kept) {
    long unused = parts.store().log().forget(parts.clock().instant().minus(kept));
  }

  /** A crash may have come between the removal of an endpoint and that of its deliveries. */
  private void abandonLeftOver() {
    Config config = parts.keeper().config();
    for (SiteId site : config.sites().keySet()) {
      Set<EndpointId> known =
          ConfigKeeper.endpoints(config, site).stream()
              .map(endpoint -> endpoint.id())
              .collect(Collectors.toSet());
      DeliveryQuery query =
          new DeliveryQuery(
              site,
              Set.of(DeliveryState.PENDING),
              EndpointScope.except(known),
              null,
              null,
              TimeWindow.ALL,
              DeliveryQuery.all(site).page());
      parts.store().log().deliveries(query).data().stream()
          .map(Delivery::endpoint)
          .distinct()
          .forEach(endpoint -> parts.shell().abandon(site, endpoint));
    }
  }

  private void every(Duration period, String failure, Runnable action) {
    var unused =
        thread.scheduleWithFixedDelay(
            guarded(failure, action),
            Math.min(period.toMillis(), SOON.toMillis()),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private Runnable guarded(String failure, Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException e) {
        parts.shell().fault(failure, e);
      }
    };
  }
}
