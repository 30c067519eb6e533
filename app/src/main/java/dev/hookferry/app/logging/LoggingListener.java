package dev.hookferry.app.logging;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.TraceContext;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.observe.StoreOutage;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.store.StoreException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the engine's reports: failures at INFO or above and rate-limited, the rest at DEBUG. Leaves
 * out payloads, secrets, and the path and query of URLs, which often contain a token.
 */
public final class LoggingListener implements Listener {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingListener.class);

  private final AttemptTracing tracing;
  private final String store;
  private final FailedAttempts failed;
  private final LineLimits limits;
  private final StoreOutage outage;

  /** Creates a listener that measures its rate limits with the given clock. */
  public LoggingListener(InstantSource clock) {
    this(clock, AttemptTracing.OFF, "");
  }

  /**
   * Creates a listener that also logs the trace ids of attempts.
   *
   * @param store the store's name in lines about it, without credentials; empty to leave it out
   */
  public LoggingListener(InstantSource clock, AttemptTracing tracing, String store) {
    this.tracing = tracing;
    this.store = store;
    failed = new FailedAttempts(LOG, clock);
    limits = new LineLimits(LOG, clock);
    outage = new StoreOutage(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
  }

  /** Logs how many lines were suppressed in the periods that have ended. Thread-safe. */
  void logSuppressed() {
    failed.logSuppressed(false);
    limits.logSuppressed(false);
  }

  /** Logs how many lines were suppressed so far; call it once the engine has stopped. */
  void logAllLeftOut() {
    failed.logSuppressed(true);
    limits.logSuppressed(true);
    long failures = outage.leftOut();
    boolean isUnavailable = outage.recovered().isPresent();
    if (isUnavailable && failures > 0) {
      LOG.atError()
          .addKeyValue("suppressed", failures)
          .log("store unavailable" + LinePairs.LEFT_OUT);
    }
  }

  @Override
  public void accepted(Event event, int deliveries) {
    LoggingEventBuilder line =
        LOG.atDebug()
            .addKeyValue("event", event.id())
            .addKeyValue("type", event.type().name())
            .addKeyValue("site", event.site())
            .addKeyValue("deliveries", deliveries);
    LinePairs.trace(line, event.options().trace()).log("event accepted");
  }

  @Override
  public void attempted(Attempt attempt) {
    attempted(attempt, () -> null);
  }

  @Override
  public void attempted(Attempt attempt, Delivery before, Event event) {
    attempted(attempt, () -> tracing.contextOf(event, attempt.id()));
  }

  private void attempted(Attempt attempt, Supplier<@Nullable TraceContext> trace) {
    if (attempt.outcome().isSuccess()) {
      if (LOG.isDebugEnabled()) {
        LinePairs.trace(LinePairs.attempt(LOG.atDebug(), attempt), trace.get()).log("delivered");
      }
      return;
    }
    OptionalLong suppressed = failed.take(attempt);
    if (suppressed.isPresent() || LOG.isDebugEnabled()) {
      LoggingEventBuilder line = suppressed.isPresent() ? LOG.atInfo() : LOG.atDebug();
      line = LinePairs.count(LinePairs.attempt(line, attempt), "suppressed", suppressed.orElse(0));
      line = line.addKeyValue("detail", attempt.outcome().detail());
      LinePairs.trace(line, trace.get()).log("attempt failed");
    }
  }

  @Override
  public void isolated(Delivery delivery) {
    LinePairs.delivery(limits.line(Level.WARN, "delivery isolated"), delivery)
        .log("delivery isolated: in flight during two crashes, will be sent alone");
  }

  @Override
  public void skipped(Delivery delivery) {
    LinePairs.delivery(limits.line(Level.INFO, "blocked delivery skipped"), delivery)
        .log("blocked delivery skipped");
  }

  @Override
  public void settled(Delivery delivery) {
    if (delivery.type().equals(EventType.TEST)) {
      // Its sender sees the outcome, and nothing is lost.
      LinePairs.delivery(LOG.atDebug(), delivery).log("test settled");
      return;
    }
    switch (delivery.state()) {
      case EXHAUSTED ->
          givenUp(limits.line(Level.WARN, "delivery exhausted"), delivery)
              .log("delivery exhausted: no retries left");
      case POISONED ->
          givenUp(limits.line(Level.WARN, "delivery poisoned"), delivery)
              .log("delivery poisoned: processes crashed while sending it");
      default -> LinePairs.delivery(LOG.atDebug(), delivery).log("delivery settled");
    }
  }

  /** Adds the outcome of the last attempt, whose own line may have been suppressed. */
  private LoggingEventBuilder givenUp(LoggingEventBuilder line, Delivery delivery) {
    return failed.last(LinePairs.delivery(line, delivery), delivery);
  }

  @Override
  public void abandoned(SiteId site, EndpointId endpoint, int deliveries) {
    LOG.atInfo()
        .addKeyValue("deliveries", deliveries)
        .addKeyValue("site", site)
        .addKeyValue("endpoint", endpoint)
        .log("pending deliveries of a removed endpoint cancelled");
  }

  @Override
  public void masterKeyRotated(String key, int rewrapped) {
    LOG.atInfo()
        .addKeyValue("key", key)
        .addKeyValue("rewrapped", rewrapped)
        .log("master key rotated");
  }

  @Override
  public void portalSessionStarted(PortalSessionStart news) {
    LOG.atInfo()
        .addKeyValue("site", news.site())
        .addKeyValue("subject", news.subject())
        .log("portal session started");
  }

  @Override
  public void replay(ReplayJob job) {
    LOG.atInfo()
        .addKeyValue("replay", job.id())
        .addKeyValue("site", job.site())
        .addKeyValue("state", job.state().code())
        .addKeyValue("sent", job.progress().sent())
        .addKeyValue("skipped", job.progress().skipped())
        .log("replay state changed");
  }

  @Override
  public void endpointChanged(EndpointHealthEvent news) {
    switch (news.kind()) {
      case FAILING ->
          about(limits.line(Level.WARN, "endpoint failing"), news).log("endpoint failing");
      case GONE -> about(LOG.atWarn(), news).log("endpoint disabled: its deliveries are held");
      case DISABLING ->
          about(limits.line(Level.WARN, "endpoint will be disabled"), news)
              .log("endpoint will be disabled: no attempt succeeds");
      case RECOVERED ->
          about(limits.line(Level.INFO, "endpoint recovered"), news).log("endpoint recovered");
    }
  }

  private LoggingEventBuilder about(LoggingEventBuilder line, EndpointHealthEvent news) {
    LoggingEventBuilder known =
        line.addKeyValue("site", news.site()).addKeyValue("endpoint", news.endpoint());
    Optional<String> host = failed.lastHost(news.endpoint());
    known = host.isPresent() ? known.addKeyValue("to", host.get()) : known;
    return LinePairs.count(known, "failures", news.failures()).addKeyValue("reason", news.reason());
  }

  @Override
  public void keyBlocked(BlockedKeyEvent news) {
    limits
        .line(Level.WARN, "ordering key blocked")
        .addKeyValue("site", news.site())
        .addKeyValue("endpoint", news.endpoint())
        .addKeyValue("delivery", news.delivery())
        .addKeyValue("since", news.since())
        .log("ordering key blocked: retry or skip the delivery");
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    String words =
        notice.kind() == ExpiryNotice.Kind.CERTIFICATE
            ? "client certificate expires"
            : "signature expires";
    limits
        .line(Level.WARN, words)
        .addKeyValue("site", notice.site())
        .addKeyValue("endpoint", notice.endpoint())
        .addKeyValue("name", notice.name())
        .addKeyValue("expiresAt", notice.expiresAt())
        .log(words);
  }

  @Override
  public void fault(String what, Throwable cause) {
    if (cause instanceof StoreException failure && failure.isOutage()) {
      unavailable(what, failure);
      return;
    }
    // All share one limit, because the texts vary and some contain an id.
    limits.line(Level.WARN, "other failures").addKeyValue("cause", Causes.of(cause)).log(what);
    LOG.debug("stack trace of the fault", cause);
  }

  private void unavailable(String what, StoreException failure) {
    OptionalLong suppressed = outage.failed();
    LoggingEventBuilder line = suppressed.isPresent() ? LOG.atError() : LOG.atDebug();
    line = store.isEmpty() ? line : line.addKeyValue("store", store);
    line =
        line.addKeyValue("cause", failure.rootCause())
            .addKeyValue("during", what.replaceFirst(" failed\\b.*", ""));
    LinePairs.count(line, "suppressed", suppressed.orElse(0))
        .log("store unavailable: events are refused, nothing is sent");
    if (suppressed.isPresent()) {
      LOG.debug("stack trace of the fault", failure);
    }
  }

  @Override
  public void storeRecovered() {
    long suppressed = outage.leftOut();
    outage
        .recovered()
        .ifPresent(
            lasted ->
                LinePairs.count(
                        LOG.atInfo().addKeyValue("afterMillis", lasted.toMillis()),
                        "suppressed",
                        suppressed)
                    .log("store available again"));
  }
}
