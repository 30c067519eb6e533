package dev.hookferry.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names on its own threads. Concurrent requests for a name share one lookup, so a slow
 * name occupies only one thread.
 */
final class NameLookups implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NameLookups.class.getName());
  private static final int THREADS = 32;
  private static final int MAX_QUEUED = 10_000;

  private final NameResolver resolver;
  private final Map<String, Lookup> running = new ConcurrentHashMap<>();
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
            new ArrayBlockingQueue<>(MAX_QUEUED),
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
      try {
        threads.execute(made[0]);
      } catch (RejectedExecutionException e) {
        made[0].end(a -> a.unresolved("this node's name resolver is overloaded or closed"));
      } catch (RuntimeException | Error e) {
        // No thread was available, for example. Later requests must not wait for this lookup.
        made[0].end(
            a -> a.unresolved("this node's name resolver failed: " + NetworkFailure.message(e)));
      }
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

  private final class Lookup implements Runnable {
    private final String host;
    private final Set<Asker> askers = new LinkedHashSet<>();
    private boolean started;

    Lookup(String host) {
      this.host = host;
    }

    @Override
    public void run() {
      running.computeIfPresent(host, (name, present) -> begin(present));
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

    private Lookup begin(Lookup present) {
      if (present == this) {
        started = true;
        askers.forEach(Asker::begun);
      }
      return present;
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
        LOG.log(System.Logger.Level.ERROR, "a request could not continue after its lookup", e);
      }
    }
  }
}
