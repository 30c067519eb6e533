package dev.hookferry.http.route;

import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.ProblemJson;
import dev.hookferry.http.wire.RefusedRequests;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.RevokedKeyException;
import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import io.undertow.server.HttpServerExchange;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Turns a failure into the reply to its request. Thread-safe. */
public final class Refusals {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");

  /** The {@code Retry-After} of failures that usually pass quickly. */
  private static final String SOON = "1";

  private final RandomGenerator random;
  private final List<RefusalForm> forms;
  private final RefusedRequests refused;

  /**
   * Creates an instance.
   *
   * @param random source of failure ids; thread-safe
   * @param forms other forms than problem details, for some paths
   * @param refused logs requests that the store could not serve
   */
  public Refusals(RandomGenerator random, List<RefusalForm> forms, RefusedRequests refused) {
    this.random = random;
    this.forms = List.copyOf(forms);
    this.refused = refused;
  }

  /**
   * Returns the reply to a failed request: problem details, unless its path requires another form.
   */
  HttpReply of(HttpServerExchange exchange, Throwable failure) {
    String path = exchange.getRequestURI();
    HttpReply reply = of(path, failure);
    for (RefusalForm form : forms) {
      if (form.covers(path)) {
        return form.rewritten(path, reply);
      }
    }
    return reply;
  }

  /** Returns the reply. An unexpected failure is logged with an id, which the reply contains. */
  private HttpReply of(String path, Throwable failure) {
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return of(path, wrapped.getCause());
    }
    if (failure instanceof EarlyReply early) {
      return early.reply();
    }
    if (failure instanceof InvalidException invalid) {
      return ProblemJson.reply(400, summary(invalid.problems()), invalid.problems());
    }
    if (failure instanceof NotFoundException missing) {
      return ProblemJson.absent(String.valueOf(missing.getMessage()), missing.unknown());
    }
    if (failure instanceof RevokedKeyException revoked) {
      return ProblemJson.reply(401, String.valueOf(revoked.getMessage()), List.of())
          .with("WWW-Authenticate", AccessGate.INVALID_TOKEN);
    }
    if (failure instanceof ConflictException conflict) {
      return ProblemJson.reply(409, String.valueOf(conflict.getMessage()), List.of());
    }
    return unavailable(path, failure);
  }

  private HttpReply unavailable(String path, Throwable failure) {
    if (failure instanceof OverloadedException overloaded) {
      return overloaded(path, overloaded);
    }
    if (failure instanceof TimeoutException) {
      refused.timedOut(path);
      return later(
          "the store did not respond in time; it is unknown whether the request was accepted:"
              + " repeat it with the same id or Idempotency-Key",
          SOON);
    }
    if (failure instanceof UnknownOutcomeException) {
      LOG.log(
          System.Logger.Level.WARNING,
          "outcome unknown: the store failed during a change path=" + path,
          failure);
      return later("the store failed; it is unknown whether the change was made", SOON);
    }
    if (failure instanceof QueryTimeoutException) {
      LOG.log(
          System.Logger.Level.WARNING, "query timed out: request refused path=" + path, failure);
      return later(String.valueOf(failure.getMessage()), SOON);
    }
    if (failure instanceof StoreException store) {
      refused.failed(path, store);
      return later("the store is unavailable; nothing was changed", SOON);
    }
    if (failure instanceof RejectedExecutionException) {
      return later("the server is stopping", SOON);
    }
    String id = "err_" + HexFormat.of().toHexDigits(random.nextLong());
    LOG.log(
        System.Logger.Level.ERROR,
        "internal error: request failed id=" + id + " path=" + path,
        failure);
    return ProblemJson.internal(id);
  }

  /**
   * Returns the reply to a request that is refused temporarily, such as a publish during an outage.
   */
  private HttpReply overloaded(String path, OverloadedException overloaded) {
    if (overloaded.getCause() instanceof StoreException store) {
      refused.failed(path, store);
    }
    long seconds = Math.max(1, overloaded.retryAfter().plusMillis(999).toSeconds());
    return later(String.valueOf(overloaded.getMessage()), Long.toString(seconds));
  }

  private static HttpReply later(String detail, String seconds) {
    return ProblemJson.reply(503, detail, List.of()).with("Retry-After", seconds);
  }

  private static String summary(List<Problem> problems) {
    String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
    return problems.get(0) + more;
  }
}
