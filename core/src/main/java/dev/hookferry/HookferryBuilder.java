package dev.hookferry;

import dev.hookferry.audit.Actor;
import dev.hookferry.engine.runtime.EndpointProbe;
import dev.hookferry.engine.runtime.EngineRuntime;
import dev.hookferry.engine.runtime.RuntimeParts;
import dev.hookferry.id.IdSource;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.EndpointIncidents;
import dev.hookferry.internal.ProbeRateLimiter;
import dev.hookferry.internal.SharedRandom;
import dev.hookferry.internal.SystemLogListener;
import dev.hookferry.internal.TargetChecker;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Hookferry} together. Not thread-safe; build once. */
public final class HookferryBuilder {
  /** With the stores' usual patience of 12 s: what a dead node had goes on within 15 s. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(30);
  private static final int QUERIES = 4;

  private final Store store;
  private final Transport transport;
  private InstantSource clock = InstantSource.system();
  private RandomGenerator secure = new SecureRandom();
  private SecretCipher cipher = SecretCipher.none();
  private OutboundPolicy outbound = OutboundPolicy.strict();
  private Listener listener =
      new SystemLogListener(System.getLogger("dev.hookferry"), System::nanoTime);
  private LoadLimits limits = LoadLimits.DEFAULT;
  private Node node = Node.ofProcess();
  private String userAgent = "Hookferry";
  private Duration deadline = Duration.ofSeconds(15);
  private Duration grace = Duration.ofSeconds(20);
  private @Nullable Duration keep;
  private @Nullable Duration keepAudit;
  private boolean noDelivery;

  HookferryBuilder(Store store, Transport transport) {
    this.store = store;
    this.transport = transport;
  }

  /** The node's clock; the system's by default. */
  public HookferryBuilder clock(InstantSource other) {
    clock = other;
    return this;
  }

  /**
   * The source of secrets, ids and jitter; a {@link SecureRandom} by default. One that is seeded
   * makes a run repeatable, and secrets guessable. It need not be thread-safe, if nobody else uses
   * it.
   */
  public HookferryBuilder random(RandomGenerator other) {
    secure = new SharedRandom(other);
    return this;
  }

  /** Seals secrets before they are kept; by default they are kept as they are. */
  public HookferryBuilder cipher(SecretCipher other) {
    cipher = other;
    return this;
  }

  /**
   * Which targets may be registered; the public internet over https by default. A policy that
   * allows nothing turns delivery off, as {@link #noDelivery} does.
   */
  public HookferryBuilder outbound(OutboundPolicy other) {
    outbound = other;
    return this;
  }

  /** Observes what happens; by default, failures are logged through {@link System.Logger}. */
  public HookferryBuilder listener(Listener other) {
    listener = other;
    return this;
  }

  /** The bounds of what is held in memory. */
  public HookferryBuilder limits(LoadLimits other) {
    limits = other;
    return this;
  }

  /**
   * What this process is called among the nodes of a store; by default host name, process id and
   * four random digits, such as {@code web-1/4711/9f3a}.
   */
  public HookferryBuilder node(String name) {
    node = new Node(name);
    return this;
  }

  /** What requests name as their {@code User-Agent}. */
  public HookferryBuilder userAgent(String other) {
    userAgent = other;
    return this;
  }

  /** How long an attempt may take, over everything: up to 30 seconds, 15 by default. */
  public HookferryBuilder deadline(Duration other) {
    if (other.compareTo(Duration.ofMillis(100)) < 0 || other.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException("the deadline must be from 100 ms to 30 s, not " + other);
    }
    deadline = other;
    return this;
  }

  /**
   * How long {@link Hookferry#close} waits for requests in flight; 20 seconds by default.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public HookferryBuilder grace(Duration other) {
    if (other.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative (got " + other + ")");
    }
    grace = other;
    return this;
  }

  /**
   * How long events and their log are kept; for ever by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HookferryBuilder keep(Duration other) {
    keep = positive("keep", other);
    return this;
  }

  /**
   * How long the audit log is kept; for ever by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HookferryBuilder keepAudit(Duration other) {
    keepAudit = positive("keepAudit", other);
    return this;
  }

  /**
   * Whether to send nothing at all, as for a restored copy: events are accepted and kept,
   * everything can be looked at, no attempt is made or used up, and tests are refused. False by
   * default.
   */
  public HookferryBuilder noDelivery(boolean other) {
    noDelivery = other;
    return this;
  }

  private static Duration positive(String setting, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          setting + " must be longer than nothing (got " + value + "); leave it out to keep all");
    }
    return value;
  }

  /** Builds it, not started yet. */
  public Hookferry build() {
    return new Hookferry(this);
  }

  private @Nullable String deliveryOff() {
    return noDelivery
        ? "noDelivery is set"
        : outbound.allowsNothing() ? "the outbound policy allows nothing" : null;
  }

  Listener listener() {
    return listener;
  }

  Transport transport() {
    return transport;
  }

  Duration grace() {
    return grace;
  }

  @Nullable Duration keep() {
    return keep;
  }

  @Nullable Duration keepAudit() {
    return keepAudit;
  }

  private static Thread daemon(Runnable action) {
    Thread thread = new Thread(action, "hookferry-query");
    thread.setDaemon(true);
    return thread;
  }

  CoreServices parts(EndpointIncidents incidents) {
    IdSource ids = new IdSource(secure);
    RandomGenerator jitter = new SplittableRandom(secure.nextLong());
    RuntimeParts made =
        new RuntimeParts(
            store, transport, cipher, incidents, clock, jitter, ids, limits, node, userAgent,
            deadline, HEARTBEAT);
    EngineRuntime shell = new EngineRuntime(made);
    return new CoreServices(
        store,
        shell,
        new ConfigHolder(store, shell::configured, deliveryOff()),
        new TargetChecker(outbound, transport),
        cipher,
        ids,
        node,
        secure,
        Executors.newFixedThreadPool(QUERIES, HookferryBuilder::daemon),
        new EndpointProbe(made),
        new ProbeRateLimiter(),
        Actor.PROGRAM);
  }
}
