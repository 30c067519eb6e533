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
 * Keeps places free for those who have something to do: anybody can open connections and leave them
 * at that, or send requests that take for ever. When nearly all places are taken, those connections
 * are closed on which nothing has been done for longest, as far as no request of a valid key is
 * under way there. Thread-safe.
 */
public final class OpenConnections implements ExchangeCompletionListener {
  private static final int PARTS = 10;

  private final Map<StreamConnection, Place> places = new ConcurrentHashMap<>();
  private final int most;
  private final LongSupplier nanos;

  /**
   * No connections yet.
   *
   * @param limit how many are accepted; a tenth of them is kept free. Of fewer than ten none is:
   *     whoever comes then waits until somebody goes, or has been idle for a minute
   */
  public OpenConnections(int limit, LongSupplier nanos) {
    most = limit - limit / PARTS;
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
   * Takes a place for a connection.
   *
   * @param begin serves it; may answer a first request at once
   */
  public void enter(StreamConnection connection, Runnable begin) {
    places.put(connection, new Place(connection, nanos.getAsLong()));
    begin.run();
    // The server has set its own by now.
    @Nullable ChannelListener<? super StreamConnection> before = connection.getCloseListener();
    connection.setCloseListener(
        closed -> {
          places.remove(connection);
          ChannelListeners.invokeChannelListener(closed, before);
        });
    if (!connection.isOpen()) {
      places.remove(connection);
    }
    if (places.size() > most) {
      makeRoom();
    }
  }

  /** A valid key asks for something: the connection stays until that is answered. */
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

  /** Some at once, so that they need not be looked through for each. */
  private synchronized void makeRoom() {
    long now = nanos.getAsLong();
    List<Idle> idle =
        places.values().stream()
            .filter(place -> !place.busy)
            .map(place -> new Idle(place, now - place.since))
            .sorted(Comparator.comparingLong(Idle::nanos).reversed())
            .limit(Math.max(1, most / PARTS / PARTS))
            .toList();
    for (Idle each : idle) {
      // Now, since it may take a while until the connection has told that it is closed.
      places.remove(each.place.connection);
      IoUtils.safeClose(each.place.connection);
    }
  }

  private record Idle(Place place, long nanos) {}
}
