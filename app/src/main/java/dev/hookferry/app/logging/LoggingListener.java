package dev.hookferry.app.logging;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.TraceContext;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.observe.StoreOutage;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs what the engine reports: failures at INFO or above and rate-limited, the rest at DEBUG.
 * Leaves out payloads, secrets, and the path and query of URLs, which often contain a token.
 */
public final class LoggingListener implements Listener {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingListener.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int IN_ALL = 60;

  private final AttemptTracing tracing;
  private final FailedAttempts failed;
  private final RateLimitedLogger failures;
  private final RateLimitedLogger exhausted;
  private final RateLimitedLogger faults;
  private final RateLimitedLogger changes;
  private final StoreOutage outage;

  /** Creates a listener that measures its rate limits with the given clock. */
  public LoggingListener(InstantSource clock) {
    this(clock, AttemptTracing.OFF);
  }

  /** Creates a listener that also names the traces of attempts. */
  public LoggingListener(InstantSource clock, AttemptTracing tracing) {
    this.tracing = tracing;
    failed = new FailedAttempts(clock);
    failures = new RateLimitedLogger(clock, IN_ALL, PERIOD);
    exhausted = new RateLimitedLogger(clock, IN_ALL, PERIOD);
    changes = new RateLimitedLogger(clock, IN_ALL, PERIOD);
    faults = new RateLimitedLogger(clock, IN_ALL, PERIOD);
    outage = new StoreOutage(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
  }

  @Override
  public void accepted(Event event, int deliveries) {
    LoggingEventBuilder line =
        LOG.atDebug()
            .addKeyValue("event", event.id())
            .addKeyValue("type", event.type().name())
            .addKeyValue("site", event.site())
            .addKeyValue("deliveries", deliveries);
    traced(line, event.options().trace()).log("event accepted");
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
        traced(about(attempt, LOG.atDebug()), trace.get()).log("delivered");
      }
      return;
    }
    OptionalLong suppressed = failed.take(attempt);
    boolean loud = suppressed.isPresent() && failures.take().isPresent();
    if (loud || LOG.isDebugEnabled()) {
      LoggingEventBuilder line = about(attempt, loud ? LOG.atInfo() : LOG.atDebug());
      line = suppressed(line, suppressed.orElse(0));
      line = line.addKeyValue("detail", attempt.outcome().detail());
      traced(line, trace.get()).log("attempt failed");
    }
  }

  @Override
  public void settled(Delivery delivery) {
    if (delivery.type().equals(EventType.TEST)) {
      // Its sender sees the outcome, and nothing is lost.
      about(delivery, LOG.atDebug()).log("test settled");
      return;
    }
    boolean isPoisoned = delivery.state() == DeliveryState.POISONED;
    boolean loud = isPoisoned || delivery.state() == DeliveryState.EXHAUSTED;
    OptionalLong suppressed = loud ? exhausted.take() : OptionalLong.empty();
    LoggingEventBuilder line = suppressed.isPresent() ? LOG.atWarn() : LOG.atDebug();
    about(delivery, suppressed(line, suppressed.orElse(0)))
        .log(
            isPoisoned
                ? "delivery poisoned: processes crashed while sending it"
                : loud ? "delivery exhausted: no retries left" : "delivery settled");
  }

  private static LoggingEventBuilder about(Delivery delivery, LoggingEventBuilder line) {
    return line.addKeyValue("delivery", delivery.id())
        .addKeyValue("event", delivery.event())
        .addKeyValue("type", delivery.type().name())
        .addKeyValue("site", delivery.site())
        .addKeyValue("endpoint", delivery.endpoint())
        .addKeyValue("attempts", delivery.attempts());
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
    OptionalLong suppressed = news.kind() == Kind.GONE ? OptionalLong.of(0) : changes.take();
    LoggingEventBuilder line =
        suppressed.isEmpty()
            ? LOG.atDebug()
            : news.kind() == Kind.RECOVERED ? LOG.atInfo() : LOG.atWarn();
    about(news, suppressed(line, suppressed.orElse(0)))
        .addKeyValue("reason", news.reason())
        .log(
            switch (news.kind()) {
              case FAILING -> "endpoint failing";
              case GONE -> "endpoint disabled: its deliveries are held";
              case DISABLING -> "endpoint will be disabled: no attempt succeeds";
              case RECOVERED -> "endpoint recovered";
            });
  }

  private LoggingEventBuilder about(EndpointHealthEvent news, LoggingEventBuilder line) {
    LoggingEventBuilder known =
        line.addKeyValue("site", news.site()).addKeyValue("endpoint", news.endpoint());
    Optional<String> host = failed.lastHost(news.endpoint());
    known = host.isPresent() ? known.addKeyValue("to", host.get()) : known;
    return news.failures() == 0 ? known : known.addKeyValue("failures", news.failures());
  }

  @Override
  public void keyBlocked(BlockedKeyEvent news) {
    OptionalLong suppressed = changes.take();
    suppressed(suppressed.isPresent() ? LOG.atWarn() : LOG.atDebug(), suppressed.orElse(0))
        .addKeyValue("site", news.site())
        .addKeyValue("endpoint", news.endpoint())
        .addKeyValue("delivery", news.delivery())
        .addKeyValue("since", news.since())
        .log("ordering key blocked: retry or skip the delivery");
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    OptionalLong suppressed = changes.take();
    suppressed(suppressed.isPresent() ? LOG.atWarn() : LOG.atDebug(), suppressed.orElse(0))
        .addKeyValue("site", notice.site())
        .addKeyValue("endpoint", notice.endpoint())
        .addKeyValue("name", notice.name())
        .addKeyValue("expiresAt", notice.expiresAt())
        .log(
            notice.kind() == ExpiryNotice.Kind.CERTIFICATE
                ? "client certificate expires"
                : "signature ends");
  }

  @Override
  public void fault(String what, Throwable cause) {
    if (cause instanceof StoreException failure && failure.isOutage()) {
      unavailable(what, cause);
      return;
    }
    OptionalLong suppressed = faults.take();
    if (suppressed.isPresent()) {
      suppressed(LOG.atWarn(), suppressed.getAsLong())
          .addKeyValue("cause", Causes.of(cause))
          .log(what);
      LOG.debug("stack trace of the fault", cause);
    }
  }

  private void unavailable(String what, Throwable cause) {
    OptionalLong suppressed = outage.failed();
    suppressed(suppressed.isPresent() ? LOG.atWarn() : LOG.atDebug(), suppressed.orElse(0))
        .addKeyValue("what", what)
        .addKeyValue("cause", Causes.of(cause))
        .log("store unavailable");
  }

  @Override
  public void storeRecovered() {
    outage
        .recovered()
        .ifPresent(
            lasted ->
                LOG.atInfo()
                    .addKeyValue("afterMillis", lasted.toMillis())
                    .log("store available again"));
  }

  private static LoggingEventBuilder about(Attempt attempt, LoggingEventBuilder line) {
    LoggingEventBuilder known =
        line.addKeyValue("delivery", attempt.delivery())
            .addKeyValue("event", attempt.event())
            .addKeyValue("type", attempt.type().name())
            .addKeyValue("site", attempt.site())
            .addKeyValue("endpoint", attempt.endpoint())
            .addKeyValue("to", FailedAttempts.host(attempt))
            .addKeyValue("attempt", attempt.number())
            .addKeyValue("outcome", attempt.outcome().kind().code());
    int status = attempt.outcome().statusCode();
    LoggingEventBuilder said = status == 0 ? known : known.addKeyValue("status", status);
    return said.addKeyValue("ms", attempt.outcome().took().toMillis());
  }

  private static LoggingEventBuilder traced(
      LoggingEventBuilder line, @Nullable TraceContext trace) {
    return trace == null
        ? line
        : line.addKeyValue(LogNames.TRACE, trace.traceId())
            .addKeyValue(LogNames.SPAN, trace.spanId());
  }

  private static LoggingEventBuilder suppressed(LoggingEventBuilder line, long count) {
    return count == 0 ? line : line.addKeyValue("suppressed", count);
  }
}
