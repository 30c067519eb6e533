package dev.hookferry.engine.send;

import dev.hookferry.delivery.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The result of a request for an access token.
 *
 * @param token the token, or null if there is none
 * @param failure the kind of outcome of an attempt that gets none
 * @param reason why there is no token; empty if there is one
 */
record TokenResult(@Nullable AccessToken token, OutcomeKind failure, String reason) {
  static TokenResult of(AccessToken token) {
    return new TokenResult(token, OutcomeKind.AUTH_FAILED, "");
  }

  static TokenResult failed(String reason) {
    return new TokenResult(null, OutcomeKind.AUTH_FAILED, reason);
  }
}
