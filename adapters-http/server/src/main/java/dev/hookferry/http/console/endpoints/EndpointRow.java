package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Chart;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.FailureShare;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.http.console.text.MiddleCut;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint in a list.
 *
 * @param id the endpoint's id
 * @param url its URL
 * @param description text for people
 * @param enabled whether it is neither paused nor disabled
 * @param types its subscriptions
 * @param look its state
 * @param spark attempts of the range in seven bars
 * @param health counted figures
 * @param waiting its waiting deliveries
 * @param error the last failure, if there was no success since
 * @param reason why it is not working, and which keys are blocked; or empty
 * @param history what was sent in the range
 */
public record EndpointRow(
    String id,
    String url,
    String description,
    boolean enabled,
    String types,
    StatePill look,
    Chart spark,
    EndpointActivity.Now health,
    Queue waiting,
    String error,
    String reason,
    EndpointHistory history) {
  /**
   * The deliveries of an endpoint that have not ended.
   *
   * @param count their numbers
   * @param oldest since when the oldest waits
   * @param next when the next attempt is due
   */
  public record Queue(Undelivered count, DisplayTime oldest, DisplayTime next) {
    /** Returns the number that wait, with a plus sign if there may be more. */
    public String waiting() {
      return WaitingDeliveries.text(count.waiting(), count.more());
    }

    /** Returns what is on hold while the endpoint is paused, as a sentence. */
    public String held() {
      if (count.waiting() == 0 && !count.more()) {
        return "No delivery is waiting. New ones are kept on hold until you resume it; nothing is lost.";
      }
      boolean isOne = count.waiting() == 1 && !count.more();
      return waiting()
          + (isOne ? " delivery is" : " deliveries are")
          + " on hold. New ones are kept on hold, too, until you resume it; nothing is lost.";
    }

    /**
     * Returns why nothing is sent yet after a resume, as a phrase; empty if something is due now.
     *
     * @param reason why the endpoint is not working
     */
    String follows(Instant now, String reason) {
      if (next.machine().isEmpty()) {
        return reason.isEmpty() ? "the deliveries that wait are blocked" : reason;
      }
      Instant from = Instant.parse(next.machine());
      return from.isAfter(now)
          ? "resumed: "
              + waiting()
              + (count.waiting() == 1 ? " delivery follows" : " deliveries follow from")
              + (count.waiting() == 1 ? " at " : " ")
              + DisplayTime.clock(from)
              + " UTC, at "
              + (count.waiting() == 1 ? "its retry time" : "their retry times")
          : "";
    }

    /** Returns what is lost with the endpoint, as a sentence. */
    public String cancelled() {
      if (count.total() == 0 && !count.more()) {
        return "No delivery is waiting.";
      }
      boolean isOne = count.total() == 1 && !count.more();
      String number = WaitingDeliveries.text(count.total(), count.more());
      String parts =
          count.blockedKeys() == 0
              ? ""
              : " (" + waiting() + " waiting, " + count.blockedKeys() + " blocked)";
      return isOne && parts.isEmpty()
          ? "Its waiting delivery is cancelled."
          : "Its "
              + number
              + (isOne ? " open delivery" : " open deliveries")
              + parts
              + (isOne ? " is cancelled." : " are cancelled.");
    }
  }

  private static final Duration NOTICED = Duration.ofSeconds(2);
  private static final int PAUSED = 1;
  private static final int FAILING = 1_000;
  private static final int WORST = 1_000_000;

  static EndpointRow of(Endpoint endpoint, Undelivered queue, EndpointTable board) {
    EndpointHealth health = board.health(endpoint);
    EndpointActivity.Now counted =
        board.activity().of(endpoint.id(), board.now()).withFailures(health.failures());
    EndpointHistory history = board.history(endpoint);
    return new EndpointRow(
        endpoint.id().toString(),
        endpoint.url().text(),
        endpoint.description(),
        endpoint.enabled(),
        EndpointWords.types(endpoint),
        look(endpoint, queue.blockedKeys() > 0, board),
        Chart.spark(history),
        counted,
        new Queue(
            queue,
            DisplayTime.of(queue.oldest(), board.now()),
            next(queue.nextDue(), health, board.now())),
        counted.error(),
        reason(health, queue),
        history);
  }

  /** Returns why it is not working, and which keys are blocked. */
  private static String reason(EndpointHealth health, Undelivered queue) {
    boolean isBlocked = queue.blockedKeys() > 0;
    String why = EndpointWords.reason(health, !isBlocked);
    return isBlocked ? (why.isEmpty() ? "" : why + "; ") + WaitingDeliveries.blocked(queue) : why;
  }

  private static StatePill look(Endpoint endpoint, boolean isBlocked, EndpointTable board) {
    EndpointHealth health = board.health(endpoint);
    return isQuiet(endpoint, health, board) ? StatePill.QUIET : StatePill.of(health, isBlocked);
  }

  /** Returns the state by which a list is filtered: the word of its pill. */
  static String state(Endpoint endpoint, EndpointTable board) {
    boolean isBlocked = board.waiting().of(endpoint.id()).blockedKeys() > 0;
    return look(endpoint, isBlocked, board).word();
  }

  /** Returns whether this state depends on recent traffic. */
  static boolean needsFigures(String state) {
    return state.equals(StatePill.QUIET.word())
        || state.equals(EndpointHealth.State.WORKING.label());
  }

  /** Returns the endpoints whose traffic decides whether they are quiet. */
  static List<EndpointId> withoutTrouble(List<Endpoint> endpoints, EndpointTable board) {
    return endpoints.stream()
        .filter(one -> mayBeQuiet(one, board.health(one), board))
        .map(Endpoint::id)
        .toList();
  }

  private static boolean isQuiet(Endpoint endpoint, EndpointHealth health, EndpointTable board) {
    return mayBeQuiet(endpoint, health, board)
        && board.over(ChartSpan.MONTH).history(endpoint).attempts() == 0;
  }

  /** Charts reach back 30 days, so it is unknown what was sent to an older endpoint before. */
  private static boolean mayBeQuiet(Endpoint endpoint, EndpointHealth health, EndpointTable board) {
    ChartSpan longest = ChartSpan.MONTH;
    Instant known = board.now().minus(longest.step().multipliedBy(longest.steps()));
    return health.state() == EndpointHealth.State.WORKING
        && health.failures() == 0
        && endpoint.createdAt().isAfter(known);
  }

  /** Returns a copy whose error, if there is one, is followed by what the receiver said. */
  EndpointRow quoting(String quote) {
    return new EndpointRow(
        id,
        url,
        description,
        enabled,
        types,
        look,
        spark,
        health,
        waiting,
        quote.isEmpty() || error.isEmpty() ? error : error + ": " + quote,
        reason,
        history);
  }

  /**
   * Returns what kept first attempts waiting longest, such as {@code on hold 15 s}; empty if that
   * was too short to matter.
   */
  public String delay() {
    boolean isHeld = health.held().time().compareTo(health.ours().time()) > 0;
    EndpointActivity.Pair longest = isHeld ? health.held() : health.ours();
    return longest.time().compareTo(NOTICED) < 0
        ? ""
        : isHeld ? "on hold " + longest.slow() : "sent after " + longest.slow();
  }

  /** Returns the 95th percentile of the time that the receiver took, from a histogram. */
  public String slow() {
    return health.theirs().slow();
  }

  /** Returns the share of failed deliveries. */
  public FailureShare share() {
    return history.share();
  }

  /** Returns why little or nothing is sent to it now; empty if only its last attempts failed. */
  String whyNotSent(EndpointHealth.State state) {
    boolean isSent = look.equals(StatePill.RETRYING) && state == EndpointHealth.State.WORKING;
    return isSent || look.tone().equals("good") ? "" : reason;
  }

  /** Returns the reason for a line beside the state. */
  public String shortReason() {
    return EndpointWords.brief(reason, look.word());
  }

  /** Returns the reason and the last failure for a tooltip. */
  public String wholeReason() {
    return error.isEmpty() ? reason : FieldErrors.sentence(reason) + " Last error: " + error;
  }

  /** Returns the condition that it is in as a sentence: why it is not working, or its failures. */
  public String condition() {
    return FieldErrors.sentence(reason.isEmpty() ? look.word() : reason);
  }

  /** Returns whether so many wait that a resume should release them at a rate. */
  public boolean hasBacklog() {
    return waiting.count().waiting() > ResumeOffer.MANY || waiting.count().more();
  }

  /** Returns its description, or its URL if it has none. */
  public String name() {
    return description.isEmpty() ? url : description;
  }

  /** Returns the URL in two parts, between which a narrow column cuts it off. */
  public MiddleCut cut() {
    return MiddleCut.parts(url);
  }

  /** Returns when the next attempt is due: at the first due time, but not before a hold ends. */
  private static DisplayTime next(@Nullable Instant due, EndpointHealth health, Instant now) {
    if (due == null || health.isHeld()) {
      return DisplayTime.NONE;
    }
    Instant until = health.until();
    return DisplayTime.due(until != null && until.isAfter(due) ? until : due, now);
  }

  /**
   * Returns how urgently an endpoint needs a person: most of all if it is disabled, since nothing
   * is sent until then, and more after a few failures than if somebody paused it. One with blocked
   * ordering keys is as urgent as one that is failing.
   */
  static int severityOf(EndpointHealth health, boolean isBlocked) {
    int failures = health.failures();
    if (isBlocked && !health.isHeld()) {
      return FAILING;
    }
    return switch (health.state()) {
      case DISABLED -> WORST;
      case BACKING_OFF, FAILING -> FAILING;
      case PAUSED -> PAUSED;
      case WORKING, RATE_LIMITED -> failures == 0 ? 0 : Math.min(PAUSED + failures, FAILING - 1);
    };
  }
}
