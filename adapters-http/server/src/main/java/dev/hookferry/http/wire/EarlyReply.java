package dev.hookferry.http.wire;

import dev.hookferry.refusal.Problem;
import java.time.Duration;
import java.util.List;

/** Thrown to send a reply, usually a refusal, instead of carrying out the request. */
public final class EarlyReply extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient HttpReply reply;

  public EarlyReply(HttpReply reply) {
    super("replied with status " + reply.status(), null, false, false);
    this.reply = reply;
  }

  /** Returns a refusal with the given HTTP status and detail. */
  public static EarlyReply problem(int status, String detail) {
    return new EarlyReply(ProblemJson.reply(status, detail, List.of()));
  }

  /** Returns a 400 about one field. */
  public static EarlyReply invalid(String field, String reason) {
    Problem problem = new Problem(field, reason);
    return new EarlyReply(ProblemJson.reply(400, problem.toString(), List.of(problem)));
  }

  /** Returns a 429 with {@code Retry-After}: the wait in whole seconds, rounded up, at least 1. */
  public static EarlyReply tooMany(String detail, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new EarlyReply(
        ProblemJson.reply(429, detail, List.of()).with("Retry-After", Long.toString(seconds)));
  }

  /** Returns a 413 that names the part and its limit in bytes. */
  public static EarlyReply tooLarge(String what, int max) {
    return tooLarge(what, max, "");
  }

  /**
   * Returns a 413 that names the part, its limit in bytes, and the reason for the limit.
   *
   * @param reason follows the limit; may be empty
   */
  public static EarlyReply tooLarge(String what, int max, String reason) {
    return problem(413, what.strip() + " is too large: " + max + " bytes at most" + reason);
  }

  public HttpReply reply() {
    return reply;
  }
}
