package dev.hookferry.transport;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Sends HTTP requests. Thread-safe.
 *
 * <p>Each request is a single POST to an address of its URL that passed its {@link #policy}, as it
 * is {@linkplain OutboundPolicy#forTarget for strict requests} if the request is strict, at every
 * resolution of the name. A connection that was opened for one kind of request is never used for
 * the other. No redirects, no retries once bytes were sent, no cookies, no proxies but those of
 * {@link #egresses}, no decompression, no unverified TLS. Reads at most {@link
 * dev.hookferry.delivery.Response#MAX_BODY} bytes of the response body; then, or at the deadline,
 * the connection is closed or reused as HTTP allows.
 */
public interface Transport extends AutoCloseable {
  /**
   * Returns the policy that decides which targets this transport calls; always the same one. URLs
   * are also checked against it when they are registered. A policy that allows nothing turns
   * delivery off.
   */
  OutboundPolicy policy();

  /**
   * Returns the ways that connections may leave by, with their current states; none by default. The
   * names never change. A transport without any need not look at {@link SignedRequest#egress}.
   */
  default Egresses egresses() {
    return Egresses.NONE;
  }

  /**
   * Sends a request without blocking.
   *
   * <p>The deadline starts once the request has left every queue of the transport (for a
   * connection, for a resolver thread). A request that is still queued when a full deadline has
   * passed ends with an outcome that does not count as an attempt.
   *
   * <p>A status of 2xx is a success. Where an endpoint counts other statuses, the engine judges the
   * outcome again, so a transport need not know them.
   *
   * @param whenDone called exactly once, on a transport thread or the caller's, shortly after the
   *     deadline at the latest; must neither block nor throw. Every failure is reported as an
   *     {@link Outcome}; this method never throws
   */
  void send(SignedRequest request, Consumer<Outcome> whenDone);

  /**
   * Resolves a target's host name and checks its addresses against the outbound policy, for early
   * feedback at registration. Does not block. The check at each connection is the one that
   * protects.
   *
   * @param strict whether the exceptions of the policy do not apply, as in {@link
   *     SignedRequest#strict}
   * @return completes within a few seconds, on any thread: true if all addresses are allowed, false
   *     if the name did not resolve. Fails with an {@link dev.hookferry.refusal.InvalidException}
   *     for the field {@code url} if an address is blocked
   */
  CompletionStage<Boolean> judge(TargetUrl url, boolean strict);

  /** Ends all requests in flight, with outcomes, and releases all resources. */
  @Override
  void close();
}
