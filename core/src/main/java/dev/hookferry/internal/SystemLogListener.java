package dev.hookferry.internal;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.StoreOutage;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The default listener: logs noteworthy events to {@link System.Logger}, so that no failure is
 * silent. Logs each kind of line at most once every ten seconds; the next line of that kind, or a
 * separate one, reports how many were suppressed. Not thread-safe.
 */
public final class SystemLogListener implements Listener {
  private static final long PERIOD = Duration.ofSeconds(10).toNanos();

  private final System.Logger log;
  private final LongSupplier nanos;
  private final Map<String, Silence> silences = new LinkedHashMap<>();
  private final StoreOutage outage;

  /** The last attempt; usually the one that settles the delivery reported next. */
  private @Nullable Attempt last;

  public SystemLogListener(System.Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    outage = new StoreOutage(nanos);
  }

  /** Suppression of a kind of line: its level, when it began, and how many lines it left out. */
  private static final class Silence {
    private final System.Logger.Level level;
    private final long since;
    private long suppressed;

    Silence(System.Logger.Level level, long since) {
      this.level = level;
      this.since = since;
    }
  }

  @Override
  public void fault(String what, Throwable cause) {
    if (cause instanceof StoreException failure && failure.isOutage()) {
      unavailable(what, failure);
      return;
    }
    log(System.Logger.Level.WARNING, what, new LogPairs().add("cause", cause), cause);
  }

  private void unavailable(String what, StoreException failure) {
    outage
        .failed()
        .ifPresent(
            suppressed -> {
              LogPairs about =
                  new LogPairs()
                      .add("cause", failure.rootCause())
                      .add("during", what.replaceFirst(" failed\\b.*", ""))
                      .addCount("suppressed", suppressed);
              log.log(
                  System.Logger.Level.ERROR,
                  "store unavailable: events are refused, nothing is sent" + about);
              log.log(System.Logger.Level.DEBUG, "stack trace of the fault", failure);
            });
  }

  @Override
  public void storeRecovered() {
    long suppressed = outage.leftOut();
    outage
        .recovered()
        .ifPresent(
            lasted -> {
              LogPairs about =
                  new LogPairs()
                      .add("afterMillis", lasted.toMillis())
                      .addCount("suppressed", suppressed);
              log.log(System.Logger.Level.INFO, "store available again" + about);
            });
  }

  @Override
  public void accepted(Event event, int deliveries) {
    logSuppressed();
  }

  @Override
  public void attempted(Attempt attempt) {
    last = attempt;
    logSuppressed();
  }

  @Override
  public void isolated(Delivery delivery) {
    log(
        System.Logger.Level.WARNING,
        "delivery isolated: in flight during two crashes, will be sent alone",
        about(delivery),
        null);
  }

  @Override
  public void skipped(Delivery delivery) {
    log(System.Logger.Level.INFO, "blocked delivery skipped", about(delivery), null);
  }

  @Override
  public void settled(Delivery delivery) {
    if (delivery.type().equals(EventType.TEST)) {
      // The sender of a test sees its outcome, and no event is lost.
      return;
    }
    if (delivery.state() == DeliveryState.POISONED) {
      log(
          System.Logger.Level.WARNING,
          "delivery poisoned: processes crashed while sending it",
          withOutcome(about(delivery), delivery),
          null);
    } else if (delivery.state() == DeliveryState.EXHAUSTED) {
      log(
          System.Logger.Level.WARNING,
          "delivery exhausted: no retries left",
          withOutcome(about(delivery), delivery),
          null);
    }
  }

  private static LogPairs about(Delivery delivery) {
    return new LogPairs()
        .add("delivery", delivery.id())
        .add("event", delivery.event())
        .add("type", delivery.type().name())
        .add("site", delivery.site())
        .add("endpoint", delivery.endpoint())
        .add("attempts", delivery.attempts());
  }

  /**
   * Adds the outcome of the attempt that settled a delivery; omits the URL path, which may be
   * secret.
   */
  private LogPairs withOutcome(LogPairs about, Delivery delivery) {
    Attempt attempt = last;
    return attempt == null || !attempt.delivery().equals(delivery.id())
        ? about
        : about
            .add("to", attempt.url().replaceFirst("^([^/?]*//[^/?]*).*$", "$1"))
            .add("outcome", attempt.outcome().kind().code())
            .addCount("status", attempt.outcome().statusCode())
            .add("detail", attempt.outcome().detail());
  }

  @Override
  public void endpointChanged(EndpointHealthEvent change) {
    boolean good = change.kind() == EndpointHealthEvent.Kind.RECOVERED;
    log(
        good ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        switch (change.kind()) {
          case FAILING -> "endpoint failing";
          case GONE -> "endpoint disabled: its deliveries are held";
          case DISABLING -> "endpoint will be disabled: no attempt succeeds";
          case RECOVERED -> "endpoint recovered";
        },
        new LogPairs()
            .add("site", change.site())
            .add("endpoint", change.endpoint())
            .addCount("failures", change.failures())
            .add("reason", change.reason()),
        null);
  }

  @Override
  public void keyBlocked(BlockedKeyEvent blocked) {
    log(
        System.Logger.Level.WARNING,
        "ordering key blocked: retry or skip the delivery",
        new LogPairs()
            .add("site", blocked.site())
            .add("endpoint", blocked.endpoint())
            .add("delivery", blocked.delivery())
            .add("since", blocked.since()),
        null);
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    log(
        System.Logger.Level.WARNING,
        notice.kind() == ExpiryNotice.Kind.CERTIFICATE
            ? "client certificate expires"
            : "signature expires",
        new LogPairs()
            .add("site", notice.site())
            .add("endpoint", notice.endpoint())
            .add("name", notice.name())
            .add("expiresAt", notice.expiresAt()),
        null);
  }

  private void log(
      System.Logger.Level level, String event, LogPairs about, @Nullable Throwable cause) {
    long now = nanos.getAsLong();
    Silence silence = silences.get(event);
    if (silence != null && now - silence.since < PERIOD) {
      silence.suppressed++;
      return;
    }
    silences.remove(event);
    logSuppressed();
    silences.put(event, new Silence(level, now));
    String line = event + about.addCount("suppressed", silence == null ? 0 : silence.suppressed);
    if (cause == null) {
      log.log(level, line);
    } else {
      log.log(level, line, cause);
    }
  }

  /**
   * Logs the number of lines suppressed in each period that has ended, and discards these periods.
   */
  private void logSuppressed() {
    if (silences.isEmpty()) {
      return;
    }
    long now = nanos.getAsLong();
    List<String> ended = new ArrayList<>();
    silences.forEach(
        (event, silence) -> {
          if (now - silence.since >= PERIOD) {
            ended.add(event);
          }
        });
    for (String event : ended) {
      Silence silence = silences.remove(event);
      if (silence != null && silence.suppressed > 0) {
        String kind = event.replaceFirst(":.*", "");
        LogPairs count = new LogPairs().addCount("suppressed", silence.suppressed);
        log.log(silence.level, kind + ": more lines suppressed" + count);
      }
    }
  }
}
