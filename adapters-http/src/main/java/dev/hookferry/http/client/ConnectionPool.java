package dev.hookferry.http.client;

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
import org.jspecify.annotations.Nullable;

/**
 * Shares connections within limits in all and by route. A place is the right to have one connection
 * open: whoever got one holds it until it is given back, be it with a connection in it or empty.
 */
final class ConnectionPool implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ConnectionPool.class.getName());

  private final int maxTotal;
  private final int maxPerRoute;
  private final Map<PoolKey, Places> routes = new HashMap<>();
  private final LinkedHashSet<Connection> resting = new LinkedHashSet<>();
  private final LinkedHashSet<Places> starved = new LinkedHashSet<>();
  private final Queue<Runnable> grants = new ConcurrentLinkedQueue<>();
  private final AtomicInteger granting = new AtomicInteger();
  private int total;
  private boolean closed;

  /** Someone who needs a connection. Told exactly once, unless forgotten before. */
  interface Waiter {
    /** A connection that rested. */
    void reuse(Connection connection);

    /** An empty place: open a connection, or give the place back. */
    void open();
  }

  /** What belongs to one route. */
  private static final class Places {
    final PoolKey route;
    final Deque<Connection> resting = new ArrayDeque<>();
    final Set<Waiter> waiters = new LinkedHashSet<>();
    int taken;

    Places(PoolKey route) {
      this.route = route;
    }

    @Nullable Waiter nextWaiter() {
      if (waiters.isEmpty()) {
        return null;
      }
      Waiter next = waiters.iterator().next();
      waiters.remove(next);
      return next;
    }
  }

  ConnectionPool(int maxTotal, int maxPerRoute) {
    this.maxTotal = maxTotal;
    this.maxPerRoute = maxPerRoute;
  }

  /** Asks for a connection; the waiter may be told before this returns. */
  void acquire(PoolKey route, Waiter waiter) {
    Connection found = null;
    boolean place = false;
    List<Connection> ended = new ArrayList<>(0);
    synchronized (this) {
      Places places = routes.computeIfAbsent(route, Places::new);
      found = wake(places, ended);
      place = found == null && reserve(places, ended);
      if (found == null && !place) {
        places.waiters.add(waiter);
        if (places.taken < maxPerRoute) {
          starved.add(places);
        }
      }
    }
    ended.forEach(Connection::close);
    if (found != null) {
      waiter.reuse(found);
    } else if (place) {
      waiter.open();
    }
  }

  /** Whether the waiter was still waiting, and will not be told any more. */
  synchronized boolean forget(PoolKey route, Waiter waiter) {
    Places places = routes.get(route);
    if (places == null || !places.waiters.remove(waiter)) {
      return false;
    }
    tidy(places);
    return true;
  }

  /** Whether requests wait although their route has room: the limit of all is reached. */
  synchronized boolean isExhausted(PoolKey route) {
    Places places = routes.get(route);
    return places != null && places.taken < maxPerRoute;
  }

  /** Takes an open connection back to lend it again until a time of the nano clock. */
  void release(Connection connection, long restUntil) {
    List<Runnable> told = new ArrayList<>(1);
    boolean kept;
    synchronized (this) {
      connection.restUntil(restUntil);
      kept = keep(connection, told);
      if (!kept) {
        vacate(connection.route(), told);
      }
    }
    if (!kept) {
      connection.close();
    }
    tell(told);
  }

  private boolean keep(Connection connection, List<Runnable> told) {
    Places places = routes.get(connection.route());
    // While other routes get nothing, they get this one's place.
    if (places == null || closed || !connection.isOpen() || !starved.isEmpty()) {
      return false;
    }
    Waiter next = places.nextWaiter();
    if (next == null) {
      places.resting.addLast(connection);
      resting.add(connection);
    } else {
      told.add(() -> next.reuse(connection));
    }
    return true;
  }

  /** Takes an empty place back. */
  void giveBack(PoolKey route) {
    List<Runnable> told = new ArrayList<>(1);
    synchronized (this) {
      vacate(route, told);
    }
    tell(told);
  }

  /** Closes what rested too long. */
  void closeStale(long nanos) {
    List<Connection> ended = new ArrayList<>();
    synchronized (this) {
      resting.stream().filter(connection -> connection.isStale(nanos)).forEach(ended::add);
      ended.forEach(this::remove);
    }
    ended.forEach(Connection::close);
  }

  @Override
  public void close() {
    List<Connection> ended;
    synchronized (this) {
      closed = true;
      ended = List.copyOf(resting);
      ended.forEach(this::remove);
    }
    ended.forEach(Connection::close);
  }

  /** The connection that rested last and is still good. */
  private @Nullable Connection wake(Places places, List<Connection> ended) {
    long now = System.nanoTime();
    for (; ; ) {
      Connection last = places.resting.pollLast();
      if (last == null) {
        return null;
      }
      resting.remove(last);
      if (!last.isStale(now)) {
        return last;
      }
      places.taken--;
      total--;
      ended.add(last);
    }
  }

  private boolean reserve(Places places, List<Connection> ended) {
    if (closed || places.taken >= maxPerRoute) {
      return false;
    }
    if (total >= maxTotal) {
      if (resting.isEmpty()) {
        return false;
      }
      Connection oldest = resting.iterator().next();
      remove(oldest);
      ended.add(oldest);
    }
    // The oldest may have been the last of this very route.
    routes.put(places.route, places);
    places.taken++;
    total++;
    return true;
  }

  private void remove(Connection connection) {
    resting.remove(connection);
    Places places = routes.get(connection.route());
    if (places != null) {
      places.resting.remove(connection);
      places.taken--;
      total--;
      tidy(places);
    }
  }

  private void vacate(PoolKey route, List<Runnable> told) {
    Places places = routes.get(route);
    if (places == null) {
      return;
    }
    places.taken--;
    total--;
    // Routes that got nothing go first, in turn; then who waits for this one.
    while (total < maxTotal && !starved.isEmpty()) {
      Places hungry = starved.iterator().next();
      starved.remove(hungry);
      serve(hungry, told);
    }
    serve(places, told);
    tidy(places);
  }

  private void serve(Places places, List<Runnable> told) {
    if (closed || total >= maxTotal || places.taken >= maxPerRoute || places.waiters.isEmpty()) {
      return;
    }
    Waiter next = places.nextWaiter();
    if (next == null) {
      return;
    }
    places.taken++;
    total++;
    told.add(next::open);
    if (!places.waiters.isEmpty() && places.taken < maxPerRoute) {
      starved.add(places);
    }
  }

  private void tidy(Places places) {
    if (places.waiters.isEmpty()) {
      starved.remove(places);
      if (places.taken == 0) {
        routes.remove(places.route, places);
      }
    } else if (places.taken < maxPerRoute && total >= maxTotal) {
      starved.add(places);
    }
  }

  /** Runs what was decided outside the lock, one after the other, never one inside another. */
  private void tell(List<Runnable> told) {
    if (told.isEmpty()) {
      return;
    }
    grants.addAll(told);
    if (granting.getAndAdd(told.size()) > 0) {
      return;
    }
    do {
      Runnable grant = grants.poll();
      try {
        if (grant != null) {
          grant.run();
        }
      } catch (RuntimeException | Error e) {
        // Its deadline gives the place back; those that come after it must be told as well.
        LOG.log(System.Logger.Level.ERROR, "a request could not go on", e);
      }
    } while (granting.decrementAndGet() > 0);
  }
}
