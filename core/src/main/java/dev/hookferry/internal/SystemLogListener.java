package dev.hookferry.internal;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.StoreOutage;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The default listener: logs noteworthy events to {@link System.Logger}, so that no failure is
 * silent. Logs each kind of line at most once in ten seconds, with the number of suppressed ones.
 * Not thread-safe.
 */
public final class SystemLogListener implements Listener {
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final System.Logger log;
  private final LongSupplier nanos;
  private final Map<String, Silence> silences = new HashMap<>();
  private final StoreOutage outage;

  public SystemLogListener(System.Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    outage = new StoreOutage(nanos);
  }

  /** Suppression of a kind of line: when it began, and how many lines it left out. */
  private static final class Silence {
    private long since;
    private long suppressed;
  }

  @Override
  public void fault(String what, Throwable cause) {
    if (cause instanceof StoreException failure && failure.isOutage()) {
      String about = "what=\"%s\" cause=%s".formatted(what, cause);
      outage
          .failed()
          .ifPresent(left -> write(System.Logger.Level.WARNING, "store unavailable", about, left));
      return;
    }
    log(System.Logger.Level.WARNING, what, "cause=" + cause, cause);
  }

  @Override
  public void storeRecovered() {
    outage
        .recovered()
        .ifPresent(
            lasted ->
                write(
                    System.Logger.Level.INFO,
                    "store available again",
                    "after=" + lasted.toMillis() + "ms",
                    0));
  }

  @Override
  public void settled(Delivery delivery) {
    if (delivery.state() == DeliveryState.EXHAUSTED || delivery.state() == DeliveryState.POISONED) {
      String about = "site=%s endpoint=%s event=%s delivery=%s attempts=%d";
      log(
          System.Logger.Level.WARNING,
          "delivery " + delivery.state().code(),
          about.formatted(
              delivery.site(),
              delivery.endpoint(),
              delivery.event(),
              delivery.id(),
              delivery.attempts()),
          null);
    }
  }

  @Override
  public void endpointChanged(EndpointHealthEvent news) {
    boolean good = news.kind() == EndpointHealthEvent.Kind.RECOVERED;
    log(
        good ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        switch (news.kind()) {
          case FAILING -> "endpoint failing";
          case GONE -> "endpoint disabled";
          case DISABLING -> "endpoint will be disabled";
          case RECOVERED -> "endpoint recovered";
        },
        "site=%s endpoint=%s reason=\"%s\"".formatted(news.site(), news.endpoint(), news.reason()),
        null);
  }

  @Override
  public void keyBlocked(BlockedKeyEvent news) {
    log(
        System.Logger.Level.WARNING,
        "ordering key blocked",
        "site=%s endpoint=%s delivery=%s since=%s"
            .formatted(news.site(), news.endpoint(), news.delivery(), news.since()),
        null);
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    log(
        System.Logger.Level.WARNING,
        notice.kind() == ExpiryNotice.Kind.CERTIFICATE
            ? "client certificate expires"
            : "signature ends",
        "site=%s endpoint=%s name=\"%s\" expiresAt=%s"
            .formatted(notice.site(), notice.endpoint(), notice.name(), notice.expiresAt()),
        null);
  }

  private void log(
      System.Logger.Level level, String event, String about, @Nullable Throwable cause) {
    long now = nanos.getAsLong();
    Silence silence = silences.get(event);
    if (silence != null && now - silence.since < PERIOD.toNanos()) {
      silence.suppressed++;
      return;
    }
    long suppressed = silence == null ? 0 : silence.suppressed;
    // Some kinds contain an id, so their entries must not be kept forever.
    silences.values().removeIf(old -> now - old.since >= PERIOD.toNanos());
    Silence begun = new Silence();
    begun.since = now;
    silences.put(event, begun);
    if (cause == null) {
      write(level, event, about, suppressed);
    } else {
      log.log(level, line(event, about, suppressed), cause);
    }
  }

  private void write(System.Logger.Level level, String event, String about, long suppressed) {
    log.log(level, line(event, about, suppressed));
  }

  private static String line(String event, String about, long suppressed) {
    return event + " " + about + (suppressed == 0 ? "" : " suppressed=" + suppressed);
  }
}
