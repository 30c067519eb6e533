package dev.hookferry.internal;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.Listener;
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

  public SystemLogListener(System.Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
  }

  /** When suppression of a kind of line began, and how many lines were suppressed. */
  private static final class Silence {
    private long since;
    private long leftOut;
  }

  @Override
  public void fault(String what, Throwable cause) {
    log(System.Logger.Level.WARNING, what, "cause=" + cause, cause);
  }

  @Override
  public void settled(Delivery delivery) {
    if (delivery.state() == DeliveryState.EXHAUSTED || delivery.state() == DeliveryState.POISONED) {
      String about = "site=%s endpoint=%s event=%s delivery=%s attempts=%d";
      log(
          System.Logger.Level.WARNING,
          "delivery " + delivery.state().word(),
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
          case RECOVERED -> "endpoint recovered";
        },
        "site=%s endpoint=%s reason=\"%s\"".formatted(news.site(), news.endpoint(), news.reason()),
        null);
  }

  private void log(
      System.Logger.Level level, String event, String about, @Nullable Throwable cause) {
    long now = nanos.getAsLong();
    Silence silence = silences.get(event);
    if (silence != null && now - silence.since < PERIOD.toNanos()) {
      silence.leftOut++;
      return;
    }
    long leftOut = silence == null ? 0 : silence.leftOut;
    // Some kinds contain an id, so their entries must not be kept forever.
    silences.values().removeIf(old -> now - old.since >= PERIOD.toNanos());
    Silence begun = new Silence();
    begun.since = now;
    silences.put(event, begun);
    String line = event + " " + about + (leftOut == 0 ? "" : " leftOut=" + leftOut);
    if (cause == null) {
      log.log(level, line);
    } else {
      log.log(level, line, cause);
    }
  }
}
