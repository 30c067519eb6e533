package dev.hookferry.engine.send;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one endpoint: fetched once for all attempts that need it, and kept until
 * shortly before it expires. Thread-safe.
 */
final class TokenSlot {
  /** Time after a failure during which attempts fail at once, to spare the authorization server. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TokenRequest request;
  private final List<Consumer<TokenResult>> waiting = new ArrayList<>();
  private boolean fetching;
  private @Nullable AccessToken token;
  private @Nullable TokenResult failure;
  private Instant failedAt = Instant.MAX;

  TokenSlot(TokenRequest request) {
    this.request = request;
  }

  TokenRequest request() {
    return request;
  }

  /**
   * Requests a token. The result may come before this returns.
   *
   * @param rejected the token that the receiver rejected, or null
   * @param fetch fetches one; called unless a token or a recent failure is known, or another fetch
   *     is in flight
   */
  void get(
      @Nullable AccessToken rejected, Instant now, Runnable fetch, Consumer<TokenResult> whenDone) {
    TokenResult known;
    boolean fetches = false;
    synchronized (this) {
      known = known(rejected, now);
      if (known == null) {
        waiting.add(whenDone);
        fetches = !fetching;
        fetching = true;
      }
    }
    if (known != null) {
      whenDone.accept(known);
    } else if (fetches) {
      fetch.run();
    }
  }

  private @Nullable TokenResult known(@Nullable AccessToken rejected, Instant now) {
    AccessToken current = token;
    if (current != null && !current.equals(rejected) && now.isBefore(current.until())) {
      return TokenResult.of(current);
    }
    // A clock that was set back must not make the pause longer.
    boolean pauses = !now.isBefore(failedAt) && now.isBefore(failedAt.plus(PAUSE));
    return pauses ? failure : null;
  }

  /** Forgets a token that the receiver rejected, so that the next attempt fetches another one. */
  synchronized void reject(AccessToken rejected) {
    AccessToken current = token;
    if (rejected.equals(current)) {
      token = null;
    }
  }

  /** Ends a fetch and passes the result to all attempts that wait for it. */
  void fetched(TokenResult result, Instant now) {
    List<Consumer<TokenResult>> callbacks;
    synchronized (this) {
      fetching = false;
      token = result.token();
      failure = token == null ? result : null;
      failedAt = token == null ? now : Instant.MAX;
      callbacks = List.copyOf(waiting);
      waiting.clear();
    }
    callbacks.forEach(one -> one.accept(result));
  }
}
