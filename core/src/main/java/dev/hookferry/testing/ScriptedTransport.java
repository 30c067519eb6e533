package dev.hookferry.testing;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.transport.Egresses;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fake transport that records requests and responds immediately according to a script, on the
 * caller's thread. Thread-safe.
 */
public final class ScriptedTransport implements Transport {
  private static final Duration TOOK = Duration.ofMillis(1);

  private final List<SignedRequest> requests = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, IntFunction<Outcome>> scripts = new HashMap<>();
  private final Map<String, CompletableFuture<Boolean>> names = new HashMap<>();
  private final Set<String> hangingUrls = new HashSet<>();
  private final List<Consumer<Outcome>> hanging = new ArrayList<>();

  private final OutboundPolicy policy;
  private Egresses egresses = Egresses.NONE;

  /** Creates a transport that responds to every request with 200, under the strict policy. */
  public ScriptedTransport() {
    this(OutboundPolicy.strict());
  }

  /** Creates a transport that responds to every request with 200, under this policy. */
  public ScriptedTransport(OutboundPolicy policy) {
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /** Returns the outcome of a response with this status and an empty body. */
  public static Outcome status(int status) {
    return Outcome.responded(new Response(status, Payload.empty(), false, null, null), TOOK);
  }

  /** Returns the outcome of a request that timed out. */
  public static Outcome timeout() {
    return Outcome.failed(OutcomeKind.TIMEOUT, "no response in time", TOOK);
  }

  /**
   * Sets the script for a URL; a URL without a script responds with 200.
   *
   * @param script returns the outcome of the n-th request to this URL, counted from 1
   */
  public synchronized ScriptedTransport responding(String url, IntFunction<Outcome> script) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(script, "script");
    scripts.put(url, script);
    hangingUrls.remove(url);
    return this;
  }

  /** Makes a URL always respond with this status. */
  public ScriptedTransport responding(String url, int status) {
    Objects.requireNonNull(url, "url");
    return responding(url, n -> status(status));
  }

  /** Makes requests to a URL hang until {@link #release}. */
  public synchronized ScriptedTransport hanging(String url) {
    Objects.requireNonNull(url, "url");
    hangingUrls.add(url);
    return this;
  }

  /** Completes all hanging requests with this outcome. */
  public void release(Outcome outcome) {
    Objects.requireNonNull(outcome, "outcome");
    List<Consumer<Outcome>> all;
    synchronized (this) {
      all = List.copyOf(hanging);
      hanging.clear();
    }
    all.forEach(one -> one.accept(outcome));
  }

  /**
   * Makes a host name resolve to a blocked address, so that endpoints with this host are refused at
   * registration. Other names resolve normally.
   */
  public synchronized ScriptedTransport refusing(String host) {
    Objects.requireNonNull(host, "host");
    names.put(
        host,
        CompletableFuture.failedFuture(
            InvalidException.of("url", "must not lead to an address of a closed network")));
    return this;
  }

  /**
   * Sets the egresses that endpoints may choose; none by default. Their only effect is that
   * requests name them. Call this method before Hookferry is built.
   */
  public synchronized ScriptedTransport offering(Egresses offered) {
    egresses = Objects.requireNonNull(offered, "offered");
    return this;
  }

  /** Makes a host name unresolvable. */
  public synchronized ScriptedTransport unresolvable(String host) {
    Objects.requireNonNull(host, "host");
    names.put(host, CompletableFuture.completedFuture(false));
    return this;
  }

  @Override
  public OutboundPolicy policy() {
    return policy;
  }

  @Override
  public synchronized Egresses egresses() {
    return egresses;
  }

  @Override
  public synchronized CompletionStage<Boolean> judge(TargetUrl url, boolean strict) {
    return names.getOrDefault(url.host(), CompletableFuture.completedFuture(true));
  }

  @Override
  public void send(SignedRequest request, Consumer<Outcome> whenDone) {
    Outcome outcome = blocked(policy, request);
    if (outcome != null) {
      whenDone.accept(outcome);
      return;
    }
    synchronized (this) {
      String url = request.url().text();
      requests.add(request);
      int count = counts.merge(url, 1, Integer::sum);
      if (hangingUrls.contains(url)) {
        hanging.add(whenDone);
        return;
      }
      outcome = scripts.getOrDefault(url, n -> status(200)).apply(count);
    }
    whenDone.accept(outcome);
  }

  /**
   * Returns the outcome of a strict request whose URL the strict policy blocks; null for any other.
   */
  static @Nullable Outcome blocked(OutboundPolicy policy, SignedRequest request) {
    if (request.strict()) {
      try {
        policy.forTarget(true).check(request.url());
      } catch (InvalidException e) {
        // Use the HTTP client's wording, which refers to the URL rather than a field.
        String reason =
            e.problems().stream()
                .map(Problem::reason)
                .collect(Collectors.joining("; it ", "not sent: the URL ", ""));
        return Outcome.failed(OutcomeKind.BLOCKED_ADDRESS, reason, Duration.ZERO);
      }
    }
    return null;
  }

  /** Returns all requests so far, in the order sent. */
  public synchronized List<SignedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Returns the requests to one URL. */
  public List<SignedRequest> requestsTo(String url) {
    Objects.requireNonNull(url, "url");
    Predicate<SignedRequest> there = request -> request.url().text().equals(url);
    return requests().stream().filter(there).toList();
  }

  /** Returns the number of hanging requests. */
  public synchronized int hangingCount() {
    return hanging.size();
  }

  /** Completes all hanging requests as if their connections were closed. */
  @Override
  public void close() {
    release(Outcome.failed(OutcomeKind.CONNECTION_CLOSED, "the transport was closed", TOOK));
  }
}
