package dev.hookferry.http.socket;

import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.StreamedBody;
import dev.hookferry.refusal.OverloadedException;
import io.prometheus.metrics.core.metrics.Counter;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.Options;

/**
 * Sender of replies with streamed bodies, such as backups. They run on a few dedicated threads, so
 * that clients that read slowly or not at all cannot occupy the workers. The connection of a client
 * that takes nothing for {@link #PATIENCE}, or less than {@link #MIN_PER_SECOND} on average, is
 * closed, which frees its slot. Thread-safe.
 */
public final class Downloads {
  /** Maximum number of downloads at once. */
  public static final int MAX = 8;

  /** Maximum number of exports among them; the other slots are reserved for backups. */
  public static final int MAX_EXPORTS = 6;

  /** Time after which the connection of a client that reads nothing is closed. */
  public static final Duration PATIENCE = Duration.ofSeconds(45);

  /** Bytes per second that a client must take, on average over the time spent waiting for it. */
  public static final int MIN_PER_SECOND = 16 * 1024;

  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final boolean behindProxy;
  private final Counter failures;
  private final Semaphore places = new Semaphore(MAX);
  private final Semaphore exportPlaces = new Semaphore(MAX_EXPORTS);
  private final ExecutorService threads = Executors.newCachedThreadPool(Downloads::thread);
  private boolean hasLogged;
  private long loggedAt;
  private long suppressed;
  private volatile boolean ended;

  /**
   * Creates an instance without downloads.
   *
   * @param nanoTime a monotonic clock
   * @param behindProxy whether a proxy reports the addresses of clients
   */
  public Downloads(LongSupplier nanoTime, Metrics metrics, boolean behindProxy) {
    this.nanoTime = nanoTime;
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

  /**
   * Sends a reply. If its body is streamed and no slot is free, or the body cannot begin, closes
   * the body and sends a refusal instead. May be called on any thread; on an IO thread only if the
   * body does not block when it begins.
   *
   * @param refused returns the reply to a refused request, given the cause
   */
  public void send(
      HttpServerExchange exchange, HttpReply reply, Function<Throwable, HttpReply> refused) {
    StreamedBody body = reply.stream();
    if (body == null) {
      ReplySender.sendSoon(exchange, reply);
      return;
    }
    OverloadedException refusal = admit(body);
    if (refusal != null) {
      body.close();
      failures.labelValues("busy").inc();
      ReplySender.sendSoon(exchange, refused.apply(refusal));
      return;
    }
    StreamedBody placed = new PlacedBody(body, this);
    try {
      body.begin();
    } catch (RuntimeException | Error e) {
      placed.close();
      ReplySender.sendSoon(exchange, refused.apply(e));
      return;
    }
    send(exchange, reply, placed);
  }

  /** Reserves a slot for a body. Returns the refusal if none is free, else null. */
  private @Nullable OverloadedException admit(StreamedBody body) {
    if (!body.isBackup() && !exportPlaces.tryAcquire()) {
      return busy(MAX_EXPORTS + " exports");
    }
    if (places.tryAcquire()) {
      return null;
    }
    if (!body.isBackup()) {
      exportPlaces.release();
    }
    return busy(MAX + " downloads");
  }

  private void leave(StreamedBody body) {
    places.release();
    if (!body.isBackup()) {
      exportPlaces.release();
    }
  }

  private static OverloadedException busy(String running) {
    return new OverloadedException(
        running + " are already running; try again when one has finished", RETRY_AFTER);
  }

  private void send(HttpServerExchange exchange, HttpReply reply, StreamedBody body) {
    try {
      exchange.getIoThread().execute(() -> begin(exchange, reply, body));
    } catch (RejectedExecutionException e) {
      // The server has stopped.
      body.close();
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** A body that holds a slot until it is closed, which happens once. */
  private record PlacedBody(StreamedBody body, Downloads downloads) implements StreamedBody {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }

    @Override
    public boolean isBackup() {
      return body.isBackup();
    }

    @Override
    public void close() {
      try {
        body.close();
      } finally {
        downloads.leave(body);
      }
    }
  }

  private void begin(HttpServerExchange exchange, HttpReply reply, StreamedBody body) {
    if (exchange.isResponseStarted()) {
      body.close();
      return;
    }
    ReplySender.start(exchange, reply);
    try {
      threads.execute(() -> write(exchange, body));
    } catch (RejectedExecutionException e) {
      body.close();
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /**
   * Writes the body. A failure closes the connection: a client must not take a part for the whole.
   */
  private void write(HttpServerExchange exchange, StreamedBody body) {
    DownloadStream out = new DownloadStream(exchange, new ClientPace(nanoTime), () -> ended);
    boolean isComplete = false;
    try (body) {
      body.writeTo(out);
      out.finish();
      isComplete = true;
    } catch (IOException | RuntimeException e) {
      if (out.hasStalled()) {
        countStalled(exchange);
      } else if (e instanceof RuntimeException) {
        LOG.log(
            System.Logger.Level.WARNING, "download cut off path=" + exchange.getRequestURI(), e);
      }
    } finally {
      if (isComplete) {
        exchange.endExchange();
      } else {
        cut(exchange);
      }
    }
  }

  /**
   * Closes a connection. Resets it if the response is not chunked, such as one with {@code
   * Connection: close}: an orderly close would look like the end of the body.
   */
  private static void cut(HttpServerExchange exchange) {
    ServerConnection connection = exchange.getConnection();
    try {
      if (!exchange.getResponseHeaders().contains(Headers.TRANSFER_ENCODING)) {
        connection.setOption(Options.CLOSE_ABORT, true);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection is closed already", e);
    }
    IoUtils.safeClose(connection);
  }

  /** Counts a client that took nothing, or too little. Logs at most one line a minute. */
  private synchronized void countStalled(HttpServerExchange exchange) {
    failures.labelValues("stalled").inc();
    long now = nanoTime.getAsLong();
    if (hasLogged && now - loggedAt < BETWEEN_LINES.toNanos()) {
      suppressed++;
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "stalled download cut off client={0} path={1} suppressed={2}",
          ClientAddress.of(exchange, behindProxy),
          exchange.getRequestURI(),
          Long.toString(suppressed));
      hasLogged = true;
      loggedAt = now;
      suppressed = 0;
    }
  }

  /** Cuts off the downloads that are waiting for their clients, and starts no new ones. */
  public void end() {
    ended = true;
    threads.shutdown();
  }
}
