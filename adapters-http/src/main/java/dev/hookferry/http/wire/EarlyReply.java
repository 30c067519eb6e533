package dev.hookferry.http.wire;

import dev.hookferry.refusal.Problem;
import java.time.Duration;
import java.util.List;

/** A request that is answered before, or instead of, what it asks for. */
public final class EarlyReply extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient HttpReply reply;

  public EarlyReply(HttpReply reply) {
    super("answered with " + reply.status(), null, false, false);
    this.reply = reply;
  }

  /** A problem with a status of HTTP's own. */
  public static EarlyReply problem(int status, String detail) {
    return new EarlyReply(ProblemJson.reply(status, detail, List.of()));
  }

  /** 400 about one field. */
  public static EarlyReply invalid(String field, String reason) {
    Problem problem = new Problem(field, reason);
    return new EarlyReply(ProblemJson.reply(400, problem.toString(), List.of(problem)));
  }

  /** 429: to be tried again after a while. */
  public static EarlyReply tooMany(String detail, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new EarlyReply(
        ProblemJson.reply(429, detail, List.of()).with("Retry-After", Long.toString(seconds)));
  }

  /** 413. */
  public static EarlyReply tooLarge(String what, int most) {
    return problem(413, what.strip() + " is too large; " + most + " bytes are the most");
  }

  public HttpReply reply() {
    return reply;
  }
}
