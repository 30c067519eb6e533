package dev.hookferry.http.route;

import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.ProblemJson;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.RevokedKeyException;
import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** What is answered to a request that failed. Thread-safe. */
public final class Refusals {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");

  /** What of a store that does not answer is worth waiting for. */
  private static final String SOON = "1";

  private final RandomGenerator random;

  /**
   * Refusals.
   *
   * @param random thread-safe; where the ids of failures come from
   */
  public Refusals(RandomGenerator random) {
    this.random = random;
  }

  /** The answer; a failure that nobody foresaw is logged under an id that the answer names. */
  HttpReply of(Throwable failure) {
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return of(wrapped.getCause());
    }
    if (failure instanceof EarlyReply early) {
      return early.reply();
    }
    if (failure instanceof InvalidException invalid) {
      return ProblemJson.reply(400, summary(invalid.problems()), invalid.problems());
    }
    if (failure instanceof NotFoundException missing) {
      return ProblemJson.reply(404, String.valueOf(missing.getMessage()), List.of());
    }
    if (failure instanceof RevokedKeyException revoked) {
      return ProblemJson.reply(401, String.valueOf(revoked.getMessage()), List.of())
          .with("WWW-Authenticate", AccessGate.INVALID_TOKEN);
    }
    if (failure instanceof ConflictException conflict) {
      return ProblemJson.reply(409, String.valueOf(conflict.getMessage()), List.of());
    }
    return unavailable(failure);
  }

  private HttpReply unavailable(Throwable failure) {
    if (failure instanceof OverloadedException overloaded) {
      long seconds = Math.max(1, overloaded.retryAfter().plusMillis(999).toSeconds());
      return later(String.valueOf(overloaded.getMessage()), Long.toString(seconds));
    }
    if (failure instanceof TimeoutException) {
      return later(
          "the store did not answer in time; it is not known whether the request was accepted:"
              + " repeat it with the same id or Idempotency-Key",
          SOON);
    }
    if (failure instanceof UnknownOutcomeException) {
      LOG.log(System.Logger.Level.WARNING, "the outcome of a change is unknown", failure);
      return later("the store failed, and the change may have happened or not", SOON);
    }
    if (failure instanceof QueryTimeoutException) {
      LOG.log(System.Logger.Level.WARNING, "a look took too long", failure);
      return later(String.valueOf(failure.getMessage()), SOON);
    }
    if (failure instanceof StoreException) {
      LOG.log(System.Logger.Level.WARNING, "the store failed", failure);
      return later("the store does not answer; nothing was changed", SOON);
    }
    if (failure instanceof RejectedExecutionException) {
      return later("the server is stopping", SOON);
    }
    String id = "err_" + HexFormat.of().toHexDigits(random.nextLong());
    LOG.log(System.Logger.Level.ERROR, "a request failed: " + id, failure);
    return ProblemJson.internal(id);
  }

  private static HttpReply later(String detail, String seconds) {
    return ProblemJson.reply(503, detail, List.of()).with("Retry-After", seconds);
  }

  private static String summary(List<Problem> problems) {
    String more = problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more";
    return problems.get(0) + more;
  }
}
