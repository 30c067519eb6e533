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
  interface Asker {
    /**
     * A thread has started the lookup. Called before the result, and not at all if no thread could.
     * Must not call back into the lookups.
     */
    default void begun() {}

    /** The name has these addresses. */
    void resolved(List<InetAddress> addresses);

    /** The name does not exist or has no address. */
    void unknown();

    /** This node's resolver failed; the name may be valid. */
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

  /** Starts or joins a lookup. The asker may be called before this returns. */
  void find(String host, Asker asker) {
    Lookup[] made = new Lookup[1];
    running.compute(
        host,
        (name, present) -> {
          Lookup lookup = present;
          if (lookup == null) {
            lookup = new Lookup(name);
            made[0] = lookup;
          }
          lookup.askers.add(asker);
          if (lookup.started) {
            asker.begun();
          }
          return lookup;
        });
    if (made[0] != null) {
      if (queue.add(host, made[0])) {
        beginNext();
      } else {
        made[0].end(a -> a.unresolved(BUSY));
      }
    }
  }

  /** Begins the lookups that a thread is free for. */
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

  /** Removes an asker from a lookup. */
  void forget(String host, Asker asker) {
    running.computeIfPresent(
        host,
        (name, lookup) -> {
          lookup.askers.remove(asker);
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
    private final Set<Asker> askers = new LinkedHashSet<>();
    private boolean started;

    Lookup(String host) {
      this.host = host;
    }

    void run() {
      if (running.computeIfPresent(host, (name, present) -> begin(present)) != this) {
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
        end(asker -> asker.unresolved(reason));
      } else if (addresses.isEmpty()) {
        end(Asker::unknown);
      } else {
        end(asker -> asker.resolved(addresses));
      }
    }

    /** Returns null if nobody asks any more. */
    private @Nullable Lookup begin(Lookup present) {
      if (present != this) {
        return present;
      }
      started = true;
      askers.forEach(Asker::begun);
      return askers.isEmpty() ? null : this;
    }

    private void end(Consumer<Asker> news) {
      // Remove it first, so that later requests start a new lookup.
      running.computeIfPresent(host, (name, present) -> present == this ? null : present);
      askers.forEach(asker -> tell(asker, news));
    }

    /** Calls every asker, even if one throws. */
    private void tell(Asker asker, Consumer<Asker> news) {
      try {
        news.accept(asker);
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
    /** Names directly below a country's top level under which anyone can register a domain. */
    private static final Set<String> REGISTRIES =
        Set.of("ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org");

    private final int threads;
    private final int most;
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
     * @param most how many lookups may wait
     */
    DomainQueue(int threads, int most) {
      this.threads = threads;
      this.most = most;
    }

    /** Adds a lookup of a name; returns false if too many wait, in all or of its domain. */
    synchronized boolean add(String host, Lookup lookup) {
      String domain = domain(host);
      Deque<Entry> its = waiting.getOrDefault(domain, new ArrayDeque<>());
      if (queued == most || its.size() == most / 2) {
        return false;
      }
      its.add(new Entry(domain, lookup));
      waiting.putIfAbsent(domain, its);
      queued++;
      return true;
    }

    /**
     * Returns the last two labels of a name, or three below a registry such as {@code co.uk}: its
     * name servers are usually those of its siblings.
     */
    private static String domain(String host) {
      String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
      name = name.toLowerCase(Locale.ROOT);
      int last = name.lastIndexOf('.');
      int before = name.lastIndexOf('.', last - 1);
      boolean isOfCountry = name.length() - last == 3;
      if (before > 0 && isOfCountry && REGISTRIES.contains(name.substring(before + 1, last))) {
        before = name.lastIndexOf('.', before - 1);
      }
      return name.substring(before + 1);
    }

    /** Takes a lookup that may begin now, and a thread for it; null if there is none. */
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
        // Behind the others.
        waiting.put(domain, its);
      }
      queued--;
      held++;
      busy.merge(domain, 1, Integer::sum);
      return entry;
    }

    /** Gives the thread of a lookup back. */
    synchronized void end(Entry entry) {
      held--;
      busy.merge(entry.domain(), -1, (count, one) -> count == 1 ? null : count + one);
    }
  }
}
