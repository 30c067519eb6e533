package dev.hookferry;

import dev.hookferry.audit.Actor;
import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.EndpointIncidents;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Load;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A running Hookferry, for products that embed it and for our own server. Made by {@link #builder},
 * started by {@link #start}, ended by {@link #close}.
 */
public final class Hookferry implements AutoCloseable {
  private final CoreServices parts;
  private final Transport transport;
  private final Maintenance upkeep;
  private final EndpointIncidents incidents;
  private final Duration grace;
  private boolean started;
  private boolean running;
  private boolean drained;
  private boolean closed;

  Hookferry(HookferryBuilder builder) {
    incidents = new EndpointIncidents(builder.listener(), builder.threads());
    parts = builder.parts(incidents);
    transport = builder.transport();
    upkeep = new Maintenance(parts, builder);
    grace = builder.grace();
  }

  /** Begins to put one together; everything that is not said has a default. */
  public static HookferryBuilder builder(Store store, Transport transport) {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(transport, "transport");
    return new HookferryBuilder(store, transport);
  }

  /**
   * Begins to work: loads the configuration, takes up what an earlier run left.
   *
   * @return this
   * @throws StoreException if the store does not answer
   * @throws dev.hookferry.secret.MasterKeyException if a secret in the store cannot be opened: it
   *     would be worse to send without a signature
   */
  public synchronized Hookferry start() {
    if (started) {
      throw new IllegalStateException("started already; build another one");
    }
    started = true;
    parts.keeper().load();
    webhooks().by(Actor.HOOKFERRY).masterKeys().ready();
    webhooks().by(Actor.HOOKFERRY).sites().ensureDefault();
    incidents.start(parts);
    parts.shell().start();
    running = true;
    upkeep.start();
    return this;
  }

  /** What can be done with it. */
  public Webhooks webhooks() {
    return new Webhooks(parts);
  }

  /** What this process has in memory, as of a moment ago. */
  public Load load() {
    return parts.shell().load();
  }

  /** How the endpoints fare that are not well, as this process sees it. */
  public Map<EndpointId, EndpointHealth> healths() {
    return Map.copyOf(parts.shell().healths());
  }

  /** Why this node may not deliver, apart from its receivers; see {@link Webhooks#condition}. */
  public NodeCondition condition() {
    return webhooks().condition();
  }

  /** How much waits in the whole store. */
  public Backlog backlog() {
    return parts.store().deliveries().backlog();
  }

  /** What the store says of itself. Blocks. */
  public StoreInfo facts() {
    return parts.store().facts();
  }

  /** Returns a read-only view of what the nodes of the store count for charts. Blocks. */
  public TallyStore tallies() {
    TallyStore tallies = parts.store().tallies();
    return new TallyStore() {
      @Override
      public void put(List<Tally> fresh, Instant now) {
        throw new UnsupportedOperationException("a read-only view; only the store takes tallies");
      }

      @Override
      public List<Tally> since(Instant time) {
        return tallies.since(time);
      }
    };
  }

  /** Whether the engine runs; if not, only a new start helps. */
  public boolean isAlive() {
    return parts.shell().isAlive();
  }

  /** What stands still so that only a new start helps, in words; nothing if all goes round. */
  public Optional<String> still() {
    return parts.shell().still();
  }

  /** Whether events can be accepted now: the store answers and nothing is stopping. */
  public boolean isReady() {
    if (!isAlive() || parts.shell().isUnready() || !parts.store().hasRoom()) {
      return false;
    }
    try {
      long unused = parts.store().config().version();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /**
   * Stops accepting, lets requests that are under way end, and hands the rest back to the store.
   * All that happened is told to the listener then, and the store can still be used until {@link
   * #close}. Harmless to repeat.
   */
  public synchronized void drain() {
    if (drained) {
      return;
    }
    drained = true;
    upkeep.stop();
    incidents.stop();
    if (running) {
      parts.shell().stop(grace);
    }
  }

  /** Drains, and closes store and transport. Harmless to repeat. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    drain();
    parts.blocking().shutdown();
    parts.keeper().close();
    transport.close();
    parts.store().close();
  }
}
