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
import dev.hookferry.http.console.text.ShortenedText;
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
 * @param description human-readable text
 * @param enabled whether it is neither paused nor disabled
 * @param types its subscriptions
 * @param pill its state
 * @param spark attempts in the range as seven bars
 * @param health counted figures
 * @param waiting its waiting deliveries
 * @param error the last failure, unless an attempt succeeded since
 * @param reason why it is not working, and which keys are blocked; or empty
 * @param history its deliveries in the range
 */
public record EndpointRow(
    String id,
    String url,
    String description,
    boolean enabled,
    String types,
    StatePill pill,
    Chart spark,
    EndpointActivity.Now health,
    Queue waiting,
    String error,
    String reason,
    EndpointHistory history) {
  /**
   * Unfinished deliveries of an endpoint.
   *
   * @param count their numbers
   * @param oldest since when the oldest has been waiting
   * @param next when the next attempt is due
   * @param isSent whether they are sent once the endpoint is enabled
   */
  public record Queue(Undelivered count, DisplayTime oldest, DisplayTime next, boolean isSent) {
    /** Returns the number of waiting deliveries, with a plus sign if there may be more. */
    public String waiting() {
      return WaitingDeliveries.text(count.waiting(), count.more());
    }

    /** Describes the deliveries that are on hold while the endpoint is paused, in a sentence. */
    public String held() {
      if (count.waiting() == 0 && !count.more()) {
        return "No delivery is waiting. New ones are kept on hold until you resume it; nothing is lost.";
      }
      boolean isOne = count.waiting() == 1 && !count.more();
      return waiting()
          + (isOne ? " delivery is" : " deliveries are")
          + " on hold. New ones are kept on hold, too, until you resume it; nothing is lost.";
    }

    /** Returns the text of the resume button, with the number of deliveries that it releases. */
    public String resume() {
      int sent = count.waiting() - count.behindBlocked();
      String number = WaitingDeliveries.text(sent, count.more());
      return isSent && sent > 0 ? "Resume and send " + number : "Resume";
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
              + (count.waiting() == 1 ? " delivery follows at " : " deliveries follow from ")
              + DisplayTime.clock(from)
              + " UTC, at "
              + (count.waiting() == 1 ? "its retry time" : "their retry times")
          : "";
    }

    /** Describes the deliveries that are lost with the endpoint, in a sentence. */
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
        pill(endpoint, queue.blockedKeys() > 0, board),
        Chart.spark(history),
        counted,
        new Queue(
            queue,
            DisplayTime.of(queue.oldest(), board.now()),
            next(queue.nextDue(), health, board.now()),
            board.sends()),
        counted.error(),
        reason(health, queue),
        history);
  }

  /** Returns why the endpoint is not working, and which keys are blocked. */
  private static String reason(EndpointHealth health, Undelivered queue) {
    boolean isBlocked = queue.blockedKeys() > 0;
    String why = EndpointWords.reason(health, !isBlocked);
    return isBlocked ? (why.isEmpty() ? "" : why + "; ") + WaitingDeliveries.blocked(queue) : why;
  }

  private static StatePill pill(Endpoint endpoint, boolean isBlocked, EndpointTable board) {
    EndpointHealth health = board.health(endpoint);
    return isQuiet(endpoint, health, board) ? StatePill.QUIET : StatePill.of(health, isBlocked);
  }

  /** Returns the state by which a list is filtered: the label of the pill. */
  static String state(Endpoint endpoint, EndpointTable board) {
    boolean isBlocked = board.waiting().of(endpoint.id()).blockedKeys() > 0;
    return pill(endpoint, isBlocked, board).word();
  }

  /** Returns whether this state depends on recent traffic. */
  static boolean needsFigures(String state) {
    return state.equals(StatePill.QUIET.word())
        || state.equals(EndpointHealth.State.WORKING.label());
  }

  /** Returns the endpoints whose traffic must be read to tell whether they are quiet. */
  static List<EndpointId> possiblyQuiet(List<Endpoint> endpoints, EndpointTable board) {
    return endpoints.stream()
        .filter(one -> mayBeQuiet(one, board.health(one), board))
        .map(Endpoint::id)
        .toList();
  }

  private static boolean isQuiet(Endpoint endpoint, EndpointHealth health, EndpointTable board) {
    return mayBeQuiet(endpoint, health, board)
        && board.over(ChartSpan.MONTH).history(endpoint).attempts() == 0;
  }

  /** Charts reach back 30 days, so earlier deliveries to an older endpoint are unknown. */
  private static boolean mayBeQuiet(Endpoint endpoint, EndpointHealth health, EndpointTable board) {
    ChartSpan longest = ChartSpan.MONTH;
    Instant known = board.now().minus(longest.step().multipliedBy(longest.steps()));
    return health.state() == EndpointHealth.State.WORKING
        && health.failures() == 0
        && endpoint.createdAt().isAfter(known);
  }

  /** Returns a copy whose error, if there is one, is followed by the receiver's own message. */
  EndpointRow quoting(String quote) {
    return new EndpointRow(
        id,
        url,
        description,
        enabled,
        types,
        pill,
        spark,
        health,
        waiting,
        quote.isEmpty() || error.isEmpty() ? error : error + ": " + quote,
        reason,
        history);
  }

  /**
   * Returns the main cause of delays before first attempts, such as {@code on hold 15 s}; empty if
   * they were too short to matter or too long to be known.
   */
  public String delay() {
    boolean isHeld = health.held().time().compareTo(health.ours().time()) > 0;
    EndpointActivity.Pair longest = isHeld ? health.held() : health.ours();
    return longest.time().compareTo(NOTICED) < 0 || longest.isBeyondScale()
        ? ""
        : isHeld ? "on hold " + longest.slow() : "sent after " + longest.slow();
  }

  /** Returns the 95th percentile of the receiver's response time, from a histogram. */
  public String slow() {
    return health.theirs().slow();
  }

  /** Returns the share of failed deliveries. */
  public FailureShare share() {
    return history.share();
  }

  /** Returns why little or nothing is sent to it now; empty if only its last attempts failed. */
  String whyNotSent(EndpointHealth.State state) {
    boolean isSent = pill.equals(StatePill.RETRYING) && state == EndpointHealth.State.WORKING;
    return isSent || pill.tone().equals("good") ? "" : reason;
  }

  /** Returns the reason, for a line beside the state. */
  public String shortReason() {
    return EndpointWords.brief(reason, pill.word(), health.cause());
  }

  /** Returns the reason and the last failure, for a tooltip. */
  public String wholeReason() {
    return error.isEmpty() ? reason : FieldErrors.sentence(reason) + " Last error: " + error;
  }

  /** Returns the endpoint's condition as a sentence: why it is not working, or its failures. */
  public String condition() {
    return FieldErrors.sentence(reason.isEmpty() ? pill.word() : reason);
  }

  /** Returns whether the backlog is large enough to resume at a limited rate. */
  public boolean hasBacklog() {
    return waiting.count().waiting() > ResumeOffer.MANY || waiting.count().more();
  }

  /** Returns the endpoint's description, or its URL if it has none. */
  public String name() {
    return description.isEmpty() ? url : description;
  }

  /** Returns the URL in two parts. A narrow column truncates it between them. */
  public ShortenedText cut() {
    return ShortenedText.parts(url);
  }

  /** Returns when the next attempt is due: the first due time, but not before a hold ends. */
  private static DisplayTime next(@Nullable Instant due, EndpointHealth health, Instant now) {
    if (due == null || health.isHeld()) {
      return DisplayTime.NONE;
    }
    Instant until = health.until();
    return DisplayTime.due(until != null && until.isAfter(due) ? until : due, now);
  }

  /**
   * Returns how urgently an endpoint needs attention. Disabled is most urgent; a few failures are
   * more urgent than being paused. Blocked ordering keys are as urgent as failing.
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
