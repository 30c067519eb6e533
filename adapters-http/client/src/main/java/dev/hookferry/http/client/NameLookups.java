package dev.hookferry.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names on its own threads. Concurrent requests for a name share one lookup, so a slow
 * name occupies only one thread. A domain gets at most half of the threads, even if no other name
 * is looked up, and at most half of the places in the queue. Customers of a host such as {@code
 * azurewebsites.net}, which gives each of them a name below its own, share one domain.
 */
final class NameLookups implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NameLookups.class.getName());
  private static final int THREADS = 32;
  private static final int MAX_QUEUED = 10_000;
  private static final String BUSY = "this node's name resolver is overloaded or closed";

  private final NameResolver resolver;
  private final Map<String, Lookup> running = new ConcurrentHashMap<>();
  private final DomainQueue queue = new DomainQueue(THREADS, MAX_QUEUED);
  private final ThreadPoolExecutor threads;

  /** Called once with the result of a lookup, on any thread. */
  interface LookupListener {
    /**
     * Reports that a thread has started the lookup. Called before the result, or never if no thread
     * could start it. Must not call back into the lookups.
     */
    default void begun() {}

    /** Receives the addresses of the name. */
    void resolved(List<InetAddress> addresses);

    /** Reports that the name does not exist or has no address. */
    void unknown();

    /** Reports that this node's resolver failed; the name may be valid. */
    void unresolved(String reason);
  }

  NameLookups(NameResolver resolver) {
    this.resolver = resolver;
    AtomicInteger count = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hookferry-names-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Starts or joins a lookup. The listener may be called before this returns. */
  void find(String host, LookupListener listener) {
    Lookup[] made = new Lookup[1];
    running.compute(
        host,
        (name, current) -> {
          Lookup lookup = current;
          if (lookup == null) {
            lookup = new Lookup(name);
            made[0] = lookup;
          }
          lookup.listeners.add(listener);
          if (lookup.started) {
            listener.begun();
          }
          return lookup;
        });
    if (made[0] != null) {
      if (queue.add(host, made[0])) {
        beginNext();
      } else {
        made[0].end(one -> one.unresolved(BUSY));
      }
    }
  }

  /** Starts the lookups for which threads are free. */
  private void beginNext() {
    for (DomainQueue.Entry next = queue.next(); next != null; next = queue.next()) {
      DomainQueue.Entry begun = next;
      try {
        threads.execute(() -> run(begun));
      } catch (RuntimeException | Error e) {
        // Later requests must not wait for this lookup.
        queue.end(begun);
        String reason =
            e instanceof RejectedExecutionException
                ? BUSY
                : "this node's name resolver failed: " + NetworkFailure.message(e);
        begun.lookup().end(a -> a.unresolved(reason));
      }
    }
  }

  private void run(DomainQueue.Entry begun) {
    try {
      begun.lookup().run();
    } finally {
      queue.end(begun);
      beginNext();
    }
  }

  /** Removes a listener from a lookup. */
  void forget(String host, LookupListener listener) {
    running.computeIfPresent(
        host,
        (name, lookup) -> {
          lookup.listeners.remove(listener);
          return lookup;
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A lookup in progress, shared by all concurrent requests for the same name. */
  private final class Lookup {
    private final String host;
    private final Set<LookupListener> listeners = new LinkedHashSet<>();
    private boolean started;

    Lookup(String host) {
      this.host = host;
    }

    void run() {
      if (running.computeIfPresent(host, (name, current) -> begin(current)) != this) {
        return;
      }
      @Nullable List<InetAddress> found = null;
      @Nullable String trouble = null;
      try {
        found = resolver.resolve(host);
      } catch (UnknownHostException e) {
        found = List.of();
      } catch (IOException | RuntimeException | Error e) {
        // Otherwise requests for this name would wait for a lookup that has ended.
        trouble = "this node's name resolver failed: " + NetworkFailure.message(e);
      }
      List<InetAddress> addresses = found;
      if (addresses == null) {
        String reason = String.valueOf(trouble);
        end(listener -> listener.unresolved(reason));
      } else if (addresses.isEmpty()) {
        end(LookupListener::unknown);
      } else {
        end(listener -> listener.resolved(addresses));
      }
    }

    /** Marks the lookup as started; returns null, which removes it, if no caller is waiting. */
    private @Nullable Lookup begin(Lookup current) {
      if (current != this) {
        return current;
      }
      started = true;
      listeners.forEach(LookupListener::begun);
      return listeners.isEmpty() ? null : this;
    }

    private void end(Consumer<LookupListener> notification) {
      // Remove it first, so that later requests start a new lookup.
      running.computeIfPresent(host, (name, current) -> current == this ? null : current);
      listeners.forEach(listener -> tell(listener, notification));
    }

    /** Calls every listener, even if one throws. */
    private void tell(LookupListener listener, Consumer<LookupListener> notification) {
      try {
        notification.accept(listener);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.ERROR, "internal error: lookup not used host=" + host, e);
      }
    }
  }

  /**
   * Shares a number of threads among the domains whose names are looked up. A domain gets another
   * thread only while it holds fewer than are free (a dynamic threshold, as for the connections of
   * a URL): the first domain whose name servers do not respond leaves half of the threads, the next
   * one half of those. Thread-safe.
   */
  private static final class DomainQueue {
    /** Labels directly below a country's top level under which anyone can register a domain. */
    private static final Set<String> REGISTRIES =
        Set.of("ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org");

    private final int threads;
    private final int max;
    private final Map<String, Deque<Entry>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private int held;
    private int queued;

    /** A lookup that waits for a thread, or has one. */
    record Entry(String domain, Lookup lookup) {}

    /**
     * Creates an empty queue.
     *
     * @param threads the number of threads to share
     * @param max the maximum number of waiting lookups
     */
    DomainQueue(int threads, int max) {
      this.threads = threads;
      this.max = max;
    }

    /** Adds a lookup of a name; returns false if too many wait, in total or for its domain. */
    synchronized boolean add(String host, Lookup lookup) {
      String domain = domain(host);
      Deque<Entry> its = waiting.getOrDefault(domain, new ArrayDeque<>());
      if (queued == max || its.size() == max / 2) {
        return false;
      }
      its.add(new Entry(domain, lookup));
      waiting.putIfAbsent(domain, its);
      queued++;
      return true;
    }

    /**
     * Returns the last two labels of a name, or three below a registry such as {@code co.uk}: names
     * that share them usually share their name servers.
     */
    private static String domain(String host) {
      String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
      name = name.toLowerCase(Locale.ROOT);
      int last = name.lastIndexOf('.');
      int before = name.lastIndexOf('.', last - 1);
      boolean isCountryCode = name.length() - last == 3;
      if (before > 0 && isCountryCode && REGISTRIES.contains(name.substring(before + 1, last))) {
        before = name.lastIndexOf('.', before - 1);
      }
      return name.substring(before + 1);
    }

    /** Takes a lookup that may start now, and a thread for it; returns null if there is none. */
    synchronized @Nullable Entry next() {
      if (held == threads) {
        return null;
      }
      for (Map.Entry<String, Deque<Entry>> one : waiting.entrySet()) {
        if (busy.getOrDefault(one.getKey(), 0) < threads - held) {
          return begun(one.getKey(), one.getValue());
        }
      }
      return null;
    }

    private Entry begun(String domain, Deque<Entry> its) {
      Entry entry = its.remove();
      waiting.remove(domain);
      if (!its.isEmpty()) {
        // Move the domain behind the others.
        waiting.put(domain, its);
      }
      queued--;
      held++;
      busy.merge(domain, 1, Integer::sum);
      return entry;
    }

    /** Releases the thread of a lookup. */
    synchronized void end(Entry entry) {
      held--;
      busy.merge(entry.domain(), -1, (count, one) -> count == 1 ? null : count + one);
    }
  }
}
