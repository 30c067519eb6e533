package dev.hookferry.transport;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Port that sends HTTP requests. Thread-safe.
 *
 * <p>Each request is a single POST. Every time the host name is resolved, the address must pass the
 * {@link #policy}; for a strict request, the policy {@linkplain OutboundPolicy#forTarget for strict
 * requests} applies. A connection opened for a strict request is never used for other requests, or
 * vice versa. No redirects, no retries once bytes have been sent, no cookies, no proxies except
 * those of {@link #egresses}, no decompression, no unverified TLS. Reads at most {@link
 * dev.hookferry.delivery.Response#MAX_BODY} bytes of the response body. Then, or at the deadline,
 * the connection is closed, or reused where HTTP allows it.
 */
public interface Transport extends AutoCloseable {
  /**
   * Returns the policy that decides which targets this transport calls; always the same instance.
   * URLs are also checked against it when they are registered. A policy that allows nothing turns
   * delivery off.
   */
  OutboundPolicy policy();

  /**
   * Returns the egresses through which connections may leave, with their current states; none by
   * default. The names never change. A transport without egresses can ignore {@link
   * SignedRequest#egress}.
   */
  default Egresses egresses() {
    return Egresses.NONE;
  }

  /**
   * Sends a request without blocking.
   *
   * <p>The deadline starts once the request has left all queues of the transport (for a connection
   * or a resolver thread). A request that has been queued for the full length of its deadline ends
   * with an outcome that is not counted as an attempt.
   *
   * <p>A 2xx status is a success. If an endpoint accepts different statuses, the engine evaluates
   * the outcome again, so transports need not know them.
   *
   * @param whenDone called exactly once, on a transport thread or the caller's, no later than
   *     shortly after the deadline; must neither block nor throw. Every failure is reported as an
   *     {@link Outcome}; {@code send} itself never throws
   */
  void send(SignedRequest request, Consumer<Outcome> whenDone);

  /**
   * Resolves a target's host name and checks its addresses against the outbound policy, for early
   * feedback at registration. Does not block. The actual protection is the check at each
   * connection.
   *
   * @param strict whether the exceptions in the policy do not apply, as in {@link
   *     SignedRequest#strict}
   * @return a stage that completes within a few seconds, on any thread: true if all addresses are
   *     allowed, false if the name did not resolve. Fails with an {@link
   *     dev.hookferry.refusal.InvalidException} for the field {@code url} if an address is blocked
   */
  CompletionStage<Boolean> judge(TargetUrl url, boolean strict);

  /** Ends all requests in flight with an outcome, and releases all resources. */
  @Override
  void close();
}
