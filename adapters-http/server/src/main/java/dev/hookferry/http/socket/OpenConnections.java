package dev.hookferry.http.socket;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Limits open connections and keeps a tenth free for new ones, so that no client can block the
 * server with idle connections or endless requests. When the rest is in use, closes the connections
 * that have been idle longest; one with an authenticated request in flight stays open. Thread-safe.
 */
public final class OpenConnections implements ExchangeCompletionListener {
  private static final int PARTS = 10;

  private final Map<StreamConnection, Place> places = new ConcurrentHashMap<>();
  private final int max;
  private final LongSupplier nanos;

  /**
   * Creates an empty set of connections.
   *
   * @param limit maximum number of connections. A tenth is kept free; with fewer than ten, none is,
   *     and a new one waits until another is closed or has been idle for a minute
   */
  public OpenConnections(int limit, LongSupplier nanos) {
    max = limit - limit / PARTS;
    this.nanos = nanos;
  }

  private static final class Place {
    private final StreamConnection connection;
    private volatile boolean busy;
    private volatile long since;

    Place(StreamConnection connection, long since) {
      this.connection = connection;
      this.since = since;
    }
  }

  /**
   * Registers a connection.
   *
   * @param begin serves the connection; may handle a first request at once
   */
  public void enter(StreamConnection connection, Runnable begin) {
    places.put(connection, new Place(connection, nanos.getAsLong()));
    begin.run();
    // The server has set its own listener by now.
    @Nullable ChannelListener<? super StreamConnection> before = connection.getCloseListener();
    connection.setCloseListener(
        closed -> {
          places.remove(connection);
          ChannelListeners.invokeChannelListener(closed, before);
        });
    if (!connection.isOpen()) {
      places.remove(connection);
    }
    if (places.size() > max) {
      makeRoom();
    }
  }

  /** Marks a request with a valid key as in flight: its connection stays open until the reply. */
  public void use(HttpServerExchange exchange) {
    @Nullable Place place = place(exchange);
    if (place != null) {
      place.busy = true;
      exchange.addExchangeCompleteListener(this);
    }
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
    @Nullable Place place = place(exchange);
    if (place != null) {
      place.since = nanos.getAsLong();
      place.busy = false;
    }
    next.proceed();
  }

  private @Nullable Place place(HttpServerExchange exchange) {
    return exchange.getConnection() instanceof AbstractServerConnection connection
        ? places.get(connection.getChannel())
        : null;
  }

  /** Closes several connections at once, so that the search is not repeated for each new one. */
  private synchronized void makeRoom() {
    long now = nanos.getAsLong();
    List<Idle> idle =
        places.values().stream()
            .filter(place -> !place.busy)
            .map(place -> new Idle(place, now - place.since))
            .sorted(Comparator.comparingLong(Idle::nanos).reversed())
            .limit(Math.max(1, max / PARTS / PARTS))
            .toList();
    for (Idle each : idle) {
      // Remove it now: the close listener may run much later.
      places.remove(each.place.connection);
      IoUtils.safeClose(each.place.connection);
    }
  }

  private record Idle(Place place, long nanos) {}
}
