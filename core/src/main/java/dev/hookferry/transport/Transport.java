package dev.hookferry.transport;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.outbound.TargetUrl;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Sends requests. Thread-safe.
 *
 * <p>One request is one POST to the judged address of its URL: no redirects, no retries of its own
 * once bytes were sent, no cookies, no proxies from the environment, no decompression, no TLS
 * without verification. At most {@link dev.hookferry.delivery.Response#MAX_BODY} bytes of the
 * answer are read; then, or when the deadline passes, the connection is closed or reused as HTTP
 * allows.
 */
public interface Transport extends AutoCloseable {
  /**
   * Sends a request without blocking.
   *
   * <p>The deadline starts once the request has left every queue of the transport (for a
   * connection, for a resolver thread). A request that stays in one of them for as long as the
   * deadline ends with an outcome that does not count as an attempt.
   *
   * @param whenDone is called exactly once, on a thread of the transport or on the caller's,
   *     shortly after the deadline at the latest; it does not block and does not throw. Whatever
   *     goes wrong is an {@link Outcome}; this method never throws
   */
  void send(SignedRequest request, Consumer<Outcome> whenDone);

  /**
   * Judges a target by what its name resolves to at this moment, for a registration; does not
   * block. It only tells early: what counts is the judgement at each connection.
   *
   * @return completes within some seconds, on any thread: true if all addresses of the name may be
   *     called, false if the name was not resolved. Fails with an {@link
   *     dev.hookferry.refusal.InvalidException} for the field {@code url} if it may not be called
   */
  CompletionStage<Boolean> judge(TargetUrl url);

  /** Ends all that is under way, with outcomes, and frees what the transport holds. */
  @Override
  void close();
}
