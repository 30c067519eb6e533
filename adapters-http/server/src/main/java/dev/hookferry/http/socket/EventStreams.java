package dev.hookferry.http.socket;

import dev.hookferry.http.console.frame.LiveFeed;
import dev.hookferry.http.wire.HttpReply;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;

/** Server-sent event streams to open console pages. Bounded. Thread-safe. */
public final class EventStreams {
  private static final int MAX = 200;
  private static final int KEEP_ALIVE_MILLIS = 20_000;

  /** Minimum interval between two messages to a browser. */
  private static final int PAUSE_MILLIS = 500;

  private final AtomicInteger open = new AtomicInteger();
  private final Set<ServerSentEventConnection> connections = ConcurrentHashMap.newKeySet();

  /** Closes all streams; browsers reconnect on their own. */
  public void close() {
    connections.forEach(ServerSentEventConnection::shutdown);
  }

  /** Opens a stream. May be called on any thread. */
  public void open(HttpServerExchange exchange, LiveFeed feed) {
    if (open.incrementAndGet() > MAX) {
      open.decrementAndGet();
      ReplySender.sendLater(exchange, HttpReply.of(503, "", new byte[0]).with("Retry-After", "60"));
      return;
    }
    ServerSentEventHandler handler =
        new ServerSentEventHandler(
            (connection, lastEventId) -> begin(connection, exchange.getIoThread(), feed));
    try {
      exchange.getIoThread().execute(() -> start(exchange, handler));
    } catch (RejectedExecutionException e) {
      open.decrementAndGet();
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private void start(HttpServerExchange exchange, ServerSentEventHandler handler) {
    try {
      handler.handleRequest(exchange);
    } catch (Exception e) {
      open.decrementAndGet();
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private void begin(ServerSentEventConnection connection, XnioIoThread thread, LiveFeed feed) {
    connections.add(connection);
    connection.setKeepAliveTime(KEEP_ALIVE_MILLIS);
    AtomicBoolean waiting = new AtomicBoolean();
    Runnable end =
        feed.open(
            () -> {
              if (waiting.compareAndSet(false, true)) {
                later(connection, thread, waiting);
              }
            });
    connection.addCloseTask(
        closed -> {
          end.run();
          connections.remove(connection);
          open.decrementAndGet();
        });
  }

  private static void later(
      ServerSentEventConnection connection, XnioIoThread thread, AtomicBoolean waiting) {
    Runnable tell =
        () -> {
          waiting.set(false);
          if (connection.isOpen()) {
            // Browsers ignore an event without data.
            connection.send("now", "changed", null, null);
          }
        };
    try {
      var unused = thread.executeAfter(tell, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server has stopped; the browser notices that itself.
    }
  }
}
