package dev.hookferry.testing;

import dev.hookferry.Endpoints;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A receiver that follows a script and records its requests. Replies are used in the order in which
 * they were scripted; when none is left, the last one is repeated. Without a script, the receiver
 * responds with 200. Created by {@link SimulatedHookferry#receiver}. Not thread-safe.
 */
public final class SimulatedReceiver {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final String url;
  private final SimulatedHookferry hooks;
  private final SignatureVerifier verifier;
  private final Deque<SimulatedReply> script = new ArrayDeque<>();
  private final List<ReceivedRequest> requests = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private SimulatedReply last = SimulatedReply.OK;
  private Duration latency = Duration.ZERO;

  SimulatedReceiver(String url, SimulatedHookferry hooks) {
    this.url = url;
    this.hooks = hooks;
    verifier = new SignatureVerifier(hooks.clock(), TOLERANCE);
  }

  /**
   * Registers this receiver as an endpoint of the default site, and makes it {@link #trust} the
   * endpoint's secret.
   *
   * @param types event types, such as {@code license_created}, {@code license_*} or {@code *}
   * @throws dev.hookferry.refusal.InvalidException if the URL or a type is refused
   */
  public SimulatedReceiver subscribe(String... types) {
    NoNulls.in(types, "types");
    Endpoints.Registered registered =
        hooks.webhooks().endpoints().create(SiteId.DEFAULT, EndpointSpec.to(url).types(types));
    return trust(registered.secret().reveal());
  }

  /**
   * Makes this receiver verify signatures. It then responds with 401 to requests that match none of
   * its secrets, without advancing its script.
   *
   * @param secret a {@code whsec_} secret, or a key for QLM's scheme
   */
  public SimulatedReceiver trust(String secret) {
    secrets.add(Objects.requireNonNull(secret, "secret"));
    return this;
  }

  /**
   * Sets the latency of replies scripted after this call; zero by default. A reply that takes at
   * least as long as the timeout of an attempt results in a timeout.
   *
   * @param latency zero or longer
   * @throws IllegalArgumentException if the latency is negative
   */
  public SimulatedReceiver takes(Duration latency) {
    if (Objects.requireNonNull(latency, "latency").isNegative()) {
      throw new IllegalArgumentException("latency must not be negative (got " + latency + ")");
    }
    this.latency = latency;
    return this;
  }

  /**
   * Scripts one response without a body for each of these statuses.
   *
   * @param statuses statuses from 100 to 599
   * @throws IllegalArgumentException if a status is out of bounds
   */
  public SimulatedReceiver responds(int... statuses) {
    for (int status : Objects.requireNonNull(statuses, "statuses")) {
      script.add(SimulatedReply.status(status, null, latency));
    }
    return this;
  }

  /**
   * Scripts a response with a {@code Retry-After} header.
   *
   * @param status 100 to 599, such as 429 or 503
   * @param seconds the value of the header
   */
  public SimulatedReceiver respondsRetryAfter(int status, int seconds) {
    script.add(SimulatedReply.status(status, Integer.toString(seconds), latency));
    return this;
  }

  /** Scripts a request that gets no response before its timeout. */
  public SimulatedReceiver timesOut() {
    return fails(OutcomeKind.TIMEOUT);
  }

  /** Scripts a refused connection. */
  public SimulatedReceiver refusesConnection() {
    return fails(OutcomeKind.CONNECT_ERROR);
  }

  /**
   * Scripts an attempt that ends without a response.
   *
   * @param kind how the attempt ends; any kind without a response
   * @throws IllegalArgumentException if the kind implies a response
   */
  public SimulatedReceiver fails(OutcomeKind kind) {
    Objects.requireNonNull(kind, "kind");
    if (kind == OutcomeKind.DELIVERED || kind == OutcomeKind.HTTP_ERROR) {
      throw new IllegalArgumentException("kind must be one without a response (got " + kind + ")");
    }
    script.add(new SimulatedReply(null, kind, latency));
    return this;
  }

  /** Returns the requests so far, in the order received. */
  public List<ReceivedRequest> requests() {
    hooks.settle();
    return List.copyOf(requests);
  }

  /**
   * Checks the number of requests so far.
   *
   * @return this
   * @throws AssertionError if there are more or fewer; contains all requests
   */
  public SimulatedReceiver hasReceived(int count) {
    List<ReceivedRequest> all = requests();
    if (all.size() != count) {
      StringBuilder text = new StringBuilder();
      all.forEach(request -> text.append("\n  ").append(request));
      throw new AssertionError(
          url + " received " + all.size() + " requests, not " + count + ":" + text);
    }
    return this;
  }

  SimulatedReply take(SignedRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(header -> headers.put(header.name(), header.value()));
    List<SignatureCheck> checks =
        SignatureCheck.all(verifier, request.body(), headers, List.copyOf(secrets));
    requests.add(new ReceivedRequest(hooks.now(), url, headers, request.body(), checks));
    if (!checks.isEmpty() && checks.stream().noneMatch(SignatureCheck::isValid)) {
      return SimulatedReply.status(401, null, latency);
    }
    SimulatedReply next = script.poll();
    last = next == null ? last : next;
    return last;
  }

  @Override
  public String toString() {
    return url + ", " + requests.size() + " requests";
  }
}
