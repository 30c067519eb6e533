package dev.hookferry.http.wire;

import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs requests that are refused because the store fails: one line per minute and reason, with the
 * number of suppressed lines. Every request may fail during an outage, which the engine itself
 * reports. Thread-safe.
 */
public final class RefusedRequests {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");
  private static final long PERIOD = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final Map<String, Silence> silences = new LinkedHashMap<>();

  /** True while any reason is being suppressed; read by every request without the lock. */
  private volatile boolean isSilent;

  private static final class Silence {
    private final long since;
    private long suppressed;

    Silence(long since) {
      this.since = since;
    }
  }

  /** Creates a log; {@code nanoTime} is a clock such as {@link System#nanoTime}. */
  public RefusedRequests(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Logs a request that was refused because of this failure; the path is empty if not known. */
  public void failed(String path, StoreException failure) {
    String cause = failure.rootCause().replaceAll("[\"\\\\\\p{Cntrl}]", "'");
    String reason = failure.isOutage() ? "store unavailable" : "store failed";
    log(reason, (path.isEmpty() ? "" : " path=" + path) + " cause=\"" + cause + '"');
    LOG.log(System.Logger.Level.DEBUG, "stack trace of a refused request", failure);
  }

  /** Logs a request that was refused because the store took too long. */
  public void timedOut(String path) {
    log("store did not respond in time", " path=" + path);
  }

  private synchronized void log(String reason, String about) {
    long now = nanoTime.getAsLong();
    Silence silence = silences.get(reason);
    if (silence != null && now - silence.since < PERIOD) {
      silence.suppressed++;
      return;
    }
    LOG.log(
        System.Logger.Level.WARNING, "request refused: " + reason + about + suppressed(silence));
    silences.put(reason, new Silence(now));
    isSilent = true;
  }

  /**
   * Logs how many lines were suppressed in the minutes that have ended. Cheap if there are none.
   */
  public void logSuppressed() {
    if (isSilent) {
      logSuppressed(PERIOD);
    }
  }

  /** Logs how many lines were suppressed so far. */
  public void logAllLeftOut() {
    logSuppressed(0);
  }

  private synchronized void logSuppressed(long age) {
    long now = nanoTime.getAsLong();
    silences
        .entrySet()
        .removeIf(
            one -> {
              Silence silence = one.getValue();
              boolean hasEnded = now - silence.since >= age;
              if (hasEnded && silence.suppressed > 0) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "request refused: " + one.getKey() + suppressed(silence));
              }
              return hasEnded;
            });
    isSilent = !silences.isEmpty();
  }

  private static String suppressed(@Nullable Silence silence) {
    return silence == null || silence.suppressed == 0 ? "" : " suppressed=" + silence.suppressed;
  }
}
