package dev.hookferry.http.socket;

import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.StreamedBody;
import dev.hookferry.refusal.OverloadedException;
import io.prometheus.metrics.core.metrics.Counter;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.xnio.IoUtils;

/**
 * Sends replies whose bodies are written while they are sent, such as backups. They have a few
 * threads of their own, so that clients that read slowly or not at all cannot keep the workers from
 * other requests, and a connection that takes nothing for {@link #PATIENCE} is closed. Thread-safe.
 */
public final class Downloads {
  /** Maximum number of downloads at once. */
  public static final int MOST = 8;

  /** How long a client may take no byte before its connection is closed. */
  public static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final boolean behindProxy;
  private final Counter failures;
  private final AtomicInteger open = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool(Downloads::thread);
  private Instant nextLine = Instant.MIN;
  private long unlogged;
  private volatile boolean ended;

  /**
   * Creates an instance without downloads.
   *
   * @param behindProxy whether a proxy reports the addresses of clients
   */
  public Downloads(InstantSource clock, Metrics metrics, boolean behindProxy) {
    this.clock = clock;
    this.behindProxy = behindProxy;
    failures =
        metrics.counter(
            "hookferry_downloads_failed_total", "Downloads refused or cut off.", "reason");
    failures.initLabelValues("busy");
    failures.initLabelValues("stalled");
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "hookferry-download");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the refusal of a download while {@link #MOST} others are open. */
  public static OverloadedException busy() {
    return new OverloadedException(
        MOST + " downloads are running already; wait until one has ended", RETRY_AFTER);
  }

  /**
   * Sends a reply from any thread. If it has a streamed body and no thread is free, closes that and
   * sends the other reply.
   *
   * @param busy returns the reply if no thread is free
   */
  public void send(HttpServerExchange exchange, HttpReply reply, Supplier<HttpReply> busy) {
    StreamedBody body = reply.stream();
    if (body == null) {
      ReplySender.sendSoon(exchange, reply);
      return;
    }
    if (open.incrementAndGet() > MOST) {
      release(body);
      failures.labelValues("busy").inc();
      ReplySender.sendSoon(exchange, busy.get());
      return;
    }
    try {
      exchange.getIoThread().execute(() -> begin(exchange, reply, body));
    } catch (RejectedExecutionException e) {
      // The server has stopped.
      release(body);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private void release(StreamedBody body) {
    open.decrementAndGet();
    body.close();
  }

  private void begin(HttpServerExchange exchange, HttpReply reply, StreamedBody body) {
    if (exchange.isResponseStarted()) {
      release(body);
      return;
    }
    ReplySender.start(exchange, reply);
    try {
      threads.execute(() -> write(exchange, body));
    } catch (RejectedExecutionException e) {
      release(body);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** A client must not take half a body for a whole one, so a failure closes the connection. */
  private void write(HttpServerExchange exchange, StreamedBody body) {
    DownloadStream out = new DownloadStream(exchange, PATIENCE, clock, () -> ended);
    boolean isComplete = false;
    try (body) {
      body.writeTo(out);
      out.finish();
      isComplete = true;
    } catch (IOException | RuntimeException e) {
      if (out.hasStalled()) {
        countStalled(exchange);
      } else if (e instanceof RuntimeException) {
        LOG.log(System.Logger.Level.WARNING, "a reply was cut off", e);
      }
    } finally {
      open.decrementAndGet();
      if (isComplete) {
        exchange.endExchange();
      } else {
        IoUtils.safeClose(exchange.getConnection());
      }
    }
  }

  /** Counts a client that took nothing. Logs at most one line a minute. */
  private synchronized void countStalled(HttpServerExchange exchange) {
    failures.labelValues("stalled").inc();
    unlogged++;
    Instant now = clock.instant();
    if (!now.isBefore(nextLine)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "closed the connection of a stalled download address={0} path={1} count={2}",
          ClientAddress.of(exchange, behindProxy),
          exchange.getRequestURI(),
          Long.toString(unlogged));
      nextLine = now.plus(BETWEEN_LINES);
      unlogged = 0;
    }
  }

  /** Cuts off the downloads that wait for their clients, and begins no more. */
  public void end() {
    ended = true;
    threads.shutdown();
  }
}
