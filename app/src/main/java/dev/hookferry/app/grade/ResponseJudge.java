package dev.hookferry.app.grade;

import dev.hookferry.app.grade.ReceiverCheck.Expected;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides what a response says about the receiver. For a single use by one thread. */
final class ResponseJudge {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** A slow response takes more than the time limit divided by this. */
  private static final int SLOW = 3;

  private final GradeTarget target;
  private @Nullable Outcome valid;

  ResponseJudge(GradeTarget target) {
    this.target = target;
  }

  /** Returns the result of a check that needs no request, or null if it needs one. */
  @Nullable CheckResult withoutRequest(ReceiverCheck check) {
    Outcome reference = valid;
    if (reference == null) {
      return null;
    }
    if (reference.response() == null || isRateLimit(reference)) {
      String why = isRateLimit(reference) ? "was refused with 429" : "got no response";
      return undecided(check, null, "not sent, because the valid event " + why);
    }
    if (check == ReceiverCheck.QUICK_RESPONSE) {
      return quick(check, reference);
    }
    return check.ifFailed() == Grade.D && !target.secrets().coversTimestamp()
        ? undecided(check, null, "not sent, because X-QLM-Signature does not cover the time")
        : null;
  }

  /**
   * Judges a response; the first one must be that to the valid event.
   *
   * @param now when it arrived
   */
  CheckResult judge(ReceiverCheck check, Outcome outcome, Instant now) {
    boolean isFirst = valid == null;
    if (isFirst) {
      valid = outcome;
    }
    if (outcome.isSuccess()) {
      return check.expected() == Expected.ACCEPTED
          ? new CheckResult(check, CheckVerdict.PASSED, outcome, unseen(check))
          : new CheckResult(check, CheckVerdict.FAILED, outcome, "");
    }
    if (isRateLimit(outcome)) {
      return undecided(check, outcome, "it limits the rate of requests");
    }
    if (!outcome.kind().countsAsAttempt()) {
      return undecided(check, outcome, "");
    }
    if (!isFirst && !Objects.requireNonNull(valid, "valid").isSuccess()) {
      return undecided(check, outcome, "it refuses the valid event as well");
    }
    return check.expected() == Expected.ACCEPTED
        ? new CheckResult(check, CheckVerdict.FAILED, outcome, hint(outcome, now))
        : refused(check, outcome);
  }

  private CheckResult quick(ReceiverCheck check, Outcome outcome) {
    Duration limit = target.timeout().dividedBy(SLOW);
    boolean isQuick = outcome.atReceiver().compareTo(limit) <= 0;
    return new CheckResult(
        check,
        isQuick ? CheckVerdict.PASSED : CheckVerdict.FAILED,
        null,
        "the valid event took "
            + outcome.atReceiver().toMillis()
            + " ms of "
            + target.timeout().toMillis()
            + " ms");
  }

  private static CheckResult refused(ReceiverCheck check, Outcome outcome) {
    if (outcome.response() == null) {
      return undecided(check, outcome, "it may have accepted it");
    }
    return outcome.statusCode() >= 500
        ? undecided(check, outcome, "it failed instead of refusing; respond with 401")
        : new CheckResult(check, CheckVerdict.PASSED, outcome, "");
  }

  private static CheckResult undecided(
      ReceiverCheck check, @Nullable Outcome outcome, String note) {
    return new CheckResult(check, CheckVerdict.UNDECIDED, outcome, note);
  }

  private static boolean isRateLimit(Outcome outcome) {
    return outcome.statusCode() == TOO_MANY_REQUESTS;
  }

  /** Returns a note about effects that a 2xx response does not prove; empty if there are none. */
  private static String unseen(ReceiverCheck check) {
    return switch (check) {
      case REPEATED_EVENT -> "whether it did the work twice cannot be seen from here";
      case OLDER_EVENT_LAST -> "whether the newer event won cannot be seen from here";
      default -> "";
    };
  }

  private static String hint(Outcome outcome, Instant now) {
    Response response = outcome.response();
    if (response == null) {
      return "";
    }
    int status = response.status();
    if (status / 100 == 3) {
      return "Hookferry does not follow redirects; use the final URL";
    }
    return switch (status) {
      case 400, 401, 403 -> clock(response, now);
      case 404, 405 -> "it does not accept POST requests at this URL";
      case 410 -> "410 disables the endpoint in Hookferry";
      case 413 -> "the body is too large for it";
      default -> "";
    };
  }

  /** Returns a hint if the receiver's clock is wrong, because it then refuses every timestamp. */
  private static String clock(Response response, Instant now) {
    for (var header : response.headers().list()) {
      if (header.name().equalsIgnoreCase("Date")) {
        try {
          Instant there =
              ZonedDateTime.parse(header.value(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
          Duration off = Duration.between(now, there);
          if (off.abs().compareTo(TOLERANCE) > 0) {
            String direction = off.isNegative() ? " behind" : " ahead";
            return "its clock is " + off.abs().toMinutes() + " minutes" + direction;
          }
        } catch (DateTimeException e) {
          return "";
        }
      }
    }
    return "";
  }
}
