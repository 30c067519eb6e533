package dev.hookferry.http.client;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.Egresses;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over HTTP/1.1 with Netty. Thread-safe.
 *
 * <p>Connections, including those kept for reuse, are opened in one place only and always to an
 * address that the policy has checked. This machine's own addresses are rejected as well, unless
 * the operator has allowed their network.
 */
public final class HttpTransport implements Transport {
  private static final System.Logger LOG = System.getLogger(HttpTransport.class.getName());
  private static final long SWEEP_SECONDS = 1;
  private static final long TICK_MILLIS = 50;
  private static final long JUDGE_SECONDS = 5;

  static {
    // Otherwise Netty records a stack trace for about every hundredth buffer, to report leaks.
    // Relocation renames the property, so it must be set in this module, before Netty is used.
    System.getProperties().putIfAbsent("io.netty.leakDetection.level", "disabled");
  }

  private final OutboundPolicy policy;
  private final int maxInFlight;
  private final NameLookups lookups;
  private final Reactor reactor;
  private final ConnectionPool pool;
  private final OutboundExchange.ExchangeResources network;
  private final HashedWheelTimer timer;
  private final Map<String, EgressRoute> egresses = new LinkedHashMap<>();
  private final @Nullable String defaultEgress;
  private final Set<OutboundExchange> inFlight = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Starts the threads: one per processor and one for deadlines. More are added while names are
   * being resolved.
   */
  public HttpTransport(HttpTransportOptions options) {
    this(Objects.requireNonNull(options, "options"), ByteBufAllocator.DEFAULT);
  }

  /** Starts the transport with another buffer allocator, for tests. */
  HttpTransport(HttpTransportOptions options, ByteBufAllocator buffers) {
    this(options, buffers, System::nanoTime);
  }

  /** Starts the transport with another clock for timing outcomes, for tests. */
  HttpTransport(HttpTransportOptions options, ByteBufAllocator buffers, LongSupplier nanos) {
    this.policy = options.policy().refusingOwn(new LocalAddresses());
    this.maxInFlight = 4 * options.maxConnections();
    NameResolver resolver = options.resolver();
    this.lookups =
        new NameLookups(resolver == null ? new SystemResolver(policy.opensNetworks()) : resolver);
    this.reactor =
        new Reactor(Runtime.getRuntime().availableProcessors(), buffers, this::endBroken);
    this.pool = new ConnectionPool(options.maxConnections(), options.maxConnectionsPerHost());
    InstantSource clock = InstantSource.system();
    options
        .egresses()
        .forEach(one -> egresses.put(one.name(), new EgressRoute(one, System::nanoTime, clock)));
    this.defaultEgress = options.defaultEgress();
    ConnectionOpener.OpeningResources opening =
        new ConnectionOpener.OpeningResources(
            policy,
            lookups,
            reactor,
            new ClientTls(options.tls()),
            egresses,
            options.connectTimeout());
    this.network = new OutboundExchange.ExchangeResources(pool, opening, nanos, inFlight::remove);
    this.timer =
        new HashedWheelTimer(
            HttpTransport::timerThread, TICK_MILLIS, TimeUnit.MILLISECONDS, 1024, false);
    timer.newTimeout(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  private void endBroken() {
    inFlight.forEach(OutboundExchange::endIfBroken);
  }

  private void sweep(Timeout timeout) {
    try {
      pool.closeStale(System.nanoTime());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "internal error: idle connections not closed", e);
    }
    if (!closed) {
      timer.newTimeout(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "hookferry-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the configured policy, extended to block this machine's own addresses. */
  @Override
  public OutboundPolicy policy() {
    return policy;
  }

  @Override
  public Egresses egresses() {
    return new Egresses(egresses.values().stream().map(EgressRoute::state).toList(), defaultEgress);
  }

  @Override
  public void send(SignedRequest request, Consumer<Outcome> whenDone) {
    OutboundExchange exchange = new OutboundExchange(request, network, whenDone);
    try {
      policy.forTarget(request.strict()).check(request.url());
      begin(request, exchange);
    } catch (InvalidException e) {
      exchange.finish(OutcomeKind.BLOCKED_ADDRESS, NetworkFailure.blocked(e));
    } catch (RuntimeException e) {
      String reason =
          closed ? "the transport is closed" : "sending failed: " + NetworkFailure.message(e);
      exchange.finish(OutcomeKind.INTERNAL_ERROR, reason);
    }
  }

  private void begin(SignedRequest request, OutboundExchange exchange) {
    for (SignedRequest.Header header : request.headers()) {
      if (!isPlain(header.name()) || !isPlain(header.value())) {
        // Truncated to a byte, a non-ASCII character could become a line end.
        exchange.finish(
            OutcomeKind.INTERNAL_ERROR,
            "the header " + header.name() + " holds a character that is not ASCII");
        return;
      }
    }
    if (inFlight.size() >= maxInFlight) {
      exchange.finish(OutcomeKind.INTERNAL_ERROR, "too many requests are in flight");
      return;
    }
    inFlight.add(exchange);
    if (closed) {
      throw new RejectedExecutionException();
    }
    exchange.timedBy(
        timer.newTimeout(exchange, request.deadline().toNanos(), TimeUnit.NANOSECONDS));
    exchange.start();
  }

  /**
   * Returns whether all characters are plain ASCII. Runs for every header, so it avoids a branch
   * per character.
   */
  private static boolean isPlain(String text) {
    int beyond = 0;
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      beyond |= (c - ' ') | ('~' - c);
    }
    return beyond >= 0 || isPlainWithTabs(text);
  }

  private static boolean isPlainWithTabs(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }

  @Override
  public CompletionStage<Boolean> judge(TargetUrl url, boolean strict) {
    CompletableFuture<Boolean> verdict = new CompletableFuture<>();
    OutboundPolicy judging = policy.forTarget(strict);
    try {
      judging.check(url);
    } catch (InvalidException e) {
      verdict.completeExceptionally(e);
      return verdict;
    }
    if (url.literal().isPresent()) {
      verdict.complete(true);
      return verdict;
    }
    lookups.find(url.host(), new Judgement(url, judging, verdict));
    return verdict.completeOnTimeout(false, JUDGE_SECONDS, TimeUnit.SECONDS);
  }

  private record Judgement(TargetUrl url, OutboundPolicy policy, CompletableFuture<Boolean> verdict)
      implements NameLookups.LookupListener {
    @Override
    public void resolved(List<InetAddress> addresses) {
      try {
        addresses.stream()
            .limit(ConnectionOpener.MAX_ADDRESSES)
            .forEach(address -> policy.check(url, address));
        verdict.complete(true);
      } catch (InvalidException e) {
        verdict.completeExceptionally(e);
      }
    }

    @Override
    public void unknown() {
      verdict.complete(false);
    }

    @Override
    public void unresolved(String reason) {
      verdict.complete(false);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (OutboundExchange exchange : inFlight) {
      exchange.finish(OutcomeKind.INTERNAL_ERROR, "the transport was closed");
    }
    timer.stop();
    pool.close();
    reactor.close();
    lookups.close();
  }
}
