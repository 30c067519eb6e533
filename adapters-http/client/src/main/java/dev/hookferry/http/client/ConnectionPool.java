package dev.hookferry.http.client;

import static java.util.Comparator.comparingLong;

import dev.hookferry.outbound.TargetUrl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections, limited in total and per route. A place is a permit for one open
 * connection; a request holds its place until it returns it, with or without a connection.
 *
 * <p>A URL gets another place only while it holds fewer places than are free (a dynamic threshold).
 * Among waiting URLs, the one with the fewest places goes first. A URL that already holds places
 * can therefore never take the last one: the first hanging URL leaves half of the places, the
 * second leaves half of those. With {@code n} places, a healthy URL still gets one while up to
 * {@code log2(n)} others hang, rounded down: none with one place, one with two or three, two with
 * four. No rule can tolerate more than {@code n - 1}, since every URL may have its first place.
 */
final class ConnectionPool implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ConnectionPool.class.getName());

  private final int maxTotal;
  private final int maxPerRoute;
  private final Map<PoolKey, Places> routes = new HashMap<>();
  private final LinkedHashSet<Share> queue = new LinkedHashSet<>();
  private final Queue<Runnable> grants = new ConcurrentLinkedQueue<>();
  private final AtomicInteger granting = new AtomicInteger();
  private int held;
  private int idle;
  private boolean closed;

  /** A request that needs a connection. Exactly one callback runs, unless it is forgotten first. */
  interface Waiter {
    /** Returns the URL of the request. */
    TargetUrl target();

    /** Receives an idle connection. */
    void reuse(Connection connection);

    /** Receives an empty place: must open a connection or return the place. */
    void open();
  }

  /** The connections and waiters of one route. */
  private static final class Places {
    final PoolKey route;
    final Deque<Connection> idle = new ArrayDeque<>();
    final Map<TargetUrl, Share> shares = new HashMap<>();
    int held;

    Places(PoolKey route) {
      this.route = route;
    }
  }

  /** The places held by requests to one URL, and the requests to it that are waiting. */
  private static final class Share {
    final TargetUrl target;
    final Places places;
    final Set<Waiter> waiters = new LinkedHashSet<>();
    int held;

    Share(TargetUrl target, Places places) {
      this.target = target;
      this.places = places;
    }
  }

  ConnectionPool(int maxTotal, int maxPerRoute) {
    this.maxTotal = maxTotal;
    this.maxPerRoute = maxPerRoute;
  }

  /** Requests a connection. The waiter may be called before this returns. */
  void acquire(PoolKey route, Waiter waiter) {
    List<Connection> ended = new ArrayList<>(0);
    @Nullable Runnable granted = null;
    synchronized (this) {
      Places places = routes.computeIfAbsent(route, Places::new);
      Share share =
          places.shares.computeIfAbsent(waiter.target(), target -> new Share(target, places));
      if (mayHoldMore(share)) {
        granted = grant(share, waiter, ended);
      } else {
        share.waiters.add(waiter);
        queue.add(share);
      }
    }
    ended.forEach(Connection::close);
    if (granted != null) {
      granted.run();
    }
  }

  /** Removes a waiter; returns whether it was still waiting, and so will not be called. */
  synchronized boolean forget(PoolKey route, Waiter waiter) {
    Share share = share(route, waiter);
    if (share == null || !share.waiters.remove(waiter)) {
      return false;
    }
    removeIfEmpty(share);
    return true;
  }

  /** Takes back an open connection, which may be reused until a time on the nano clock. */
  void release(Connection connection, long idleUntil, Waiter holder) {
    boolean kept = false;
    List<Runnable> callbacks = new ArrayList<>(1);
    List<Connection> ended = new ArrayList<>(1);
    synchronized (this) {
      connection.keepIdle(idleUntil);
      Share share = share(connection.route(), holder);
      if (share != null && !closed && connection.isOpen()) {
        share.places.idle.addLast(connection);
        idle++;
        kept = true;
      }
      freeSlot(share, callbacks, ended);
    }
    if (!kept) {
      connection.close();
    }
    ended.forEach(Connection::close);
    runAll(callbacks);
  }

  /** Takes back an empty place. */
  void release(PoolKey route, Waiter holder) {
    List<Runnable> callbacks = new ArrayList<>(1);
    List<Connection> ended = new ArrayList<>(0);
    synchronized (this) {
      freeSlot(share(route, holder), callbacks, ended);
    }
    ended.forEach(Connection::close);
    runAll(callbacks);
  }

  /** Closes connections that have been idle for too long. */
  void closeStale(long nanos) {
    List<Connection> ended = new ArrayList<>();
    synchronized (this) {
      idle().filter(connection -> connection.isStale(nanos)).forEach(ended::add);
      ended.forEach(this::remove);
    }
    ended.forEach(Connection::close);
  }

  @Override
  public void close() {
    List<Connection> ended;
    synchronized (this) {
      closed = true;
      ended = idle().toList();
      ended.forEach(this::remove);
    }
    ended.forEach(Connection::close);
  }

  private @Nullable Share share(PoolKey route, Waiter waiter) {
    Places places = routes.get(route);
    return places == null ? null : places.shares.get(waiter.target());
  }

  /** Returns whether a URL may get a place. Idle connections count as free: reused or closed. */
  private boolean mayHoldMore(Share share) {
    int free = Math.min(maxTotal - held, maxPerRoute - share.places.held);
    return !closed && share.held < free;
  }

  private Runnable grant(Share share, Waiter waiter, List<Connection> ended) {
    Connection connection = wake(share.places, ended);
    share.held++;
    share.places.held++;
    held++;
    if (connection != null) {
      return () -> waiter.reuse(connection);
    }
    if (held + idle > maxTotal) {
      // Scan the routes only when the pool is full; a list of idle connections would cost every
      // request.
      long now = System.nanoTime();
      idle().min(comparingLong(one -> one.idleLeft(now))).ifPresent(ended::add);
      ended.forEach(this::remove);
    }
    return waiter::open;
  }

  /** Returns the most recently used idle connection that is still open. */
  private @Nullable Connection wake(Places places, List<Connection> ended) {
    long now = System.nanoTime();
    for (; ; ) {
      Connection last = places.idle.pollLast();
      if (last == null) {
        return null;
      }
      idle--;
      if (!last.isStale(now)) {
        return last;
      }
      ended.add(last);
    }
  }

  private void remove(Connection connection) {
    Places places = routes.get(connection.route());
    if (places != null && places.idle.remove(connection)) {
      idle--;
      removeIfEmpty(places);
    }
  }

  private Stream<Connection> idle() {
    return routes.values().stream().flatMap(places -> places.idle.stream());
  }

  private void freeSlot(@Nullable Share share, List<Runnable> callbacks, List<Connection> ended) {
    if (share == null) {
      return;
    }
    share.held--;
    share.places.held--;
    held--;
    removeIfEmpty(share);
    for (Share next = next(); next != null; next = next()) {
      Waiter first = next.waiters.iterator().next();
      next.waiters.remove(first);
      // Move it to the end of the queue, unless no waiter is left.
      queue.remove(next);
      callbacks.add(grant(next, first, ended));
      if (!next.waiters.isEmpty()) {
        queue.add(next);
      }
    }
  }

  /** Returns the next URL to serve: the one with the fewest places that may have another. */
  private @Nullable Share next() {
    Share fewest = null;
    if (held < maxTotal) {
      for (Share share : queue) {
        if (mayHoldMore(share) && (fewest == null || share.held < fewest.held)) {
          fewest = share;
        }
      }
    }
    return fewest;
  }

  private void removeIfEmpty(Share share) {
    if (share.waiters.isEmpty()) {
      queue.remove(share);
      if (share.held == 0) {
        share.places.shares.remove(share.target);
        removeIfEmpty(share.places);
      }
    }
  }

  private void removeIfEmpty(Places places) {
    if (places.shares.isEmpty() && places.idle.isEmpty()) {
      routes.remove(places.route, places);
    }
  }

  /** Runs the callbacks that were chosen under the lock, one after the other and never nested. */
  private void runAll(List<Runnable> callbacks) {
    if (callbacks.isEmpty()) {
      return;
    }
    grants.addAll(callbacks);
    if (granting.getAndAdd(callbacks.size()) > 0) {
      return;
    }
    do {
      Runnable grant = grants.poll();
      try {
        if (grant != null) {
          grant.run();
        }
      } catch (RuntimeException | Error e) {
        // The deadline returns the place; later waiters must still be called.
        LOG.log(System.Logger.Level.ERROR, "internal error: request could not continue", e);
      }
    } while (granting.decrementAndGet() > 0);
  }
}
