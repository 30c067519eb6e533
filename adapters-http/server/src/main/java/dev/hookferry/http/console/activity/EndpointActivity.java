package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Timing;
import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Recent activity of one endpoint, counted as it happens. Thread-safe. */
public final class EndpointActivity {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;

  /** Number of hours that latencies cover: the current and the previous one. */
  private static final int FRESH = 2;

  private final TimeSeries day = new TimeSeries(HOUR, HOURS);

  /** A first attempt made within this time counts as not on hold. */
  private static final Duration PROMPT = Duration.ofMillis(100);

  private final HoldPeriods hold = new HoldPeriods();
  private final TurnTracker turns = new TurnTracker();
  private final SpanCounts<EndpointCounts> history =
      new SpanCounts<>(EndpointCounts::gathering, ChartSpan::endpointSlots);
  private LatestOutcomes latest = LatestOutcomes.NONE;

  private boolean isPartial;

  EndpointActivity() {
    this(false);
  }

  /**
   * Creates an instance without activity.
   *
   * @param isPartial whether the store may have earlier counts that this instance lacks
   */
  EndpointActivity(boolean isPartial) {
    this.isPartial = isPartial;
  }

  /**
   * Current figures of an endpoint.
   *
   * @param streak consecutive failed attempts
   * @param lastSuccess time of the last success, or null
   * @param error the last failure; empty if none since the last success
   * @param cause its status or kind in a few words; empty if none or unknown
   * @param failingSince time of the first failure since then; null if there is none or it is
   *     unknown
   * @param ours time that deliveries waited on this node until their first attempt had a
   *     connection, excluding the time on hold
   * @param held time on hold: endpoint paused, backing off or rate limited
   * @param theirs time that the receiver took from then on
   */
  public record Now(
      int streak,
      @Nullable Instant lastSuccess,
      String error,
      String cause,
      @Nullable Instant failingSince,
      Pair ours,
      Pair held,
      Pair theirs) {
    /** Returns the figures of an endpoint without attempts. */
    static Now none(Instant now) {
      return new EndpointActivity().now(now);
    }

    /** Returns a copy with the given number of consecutive failures. */
    public Now withFailures(int failures) {
      return new Now(failures, lastSuccess, error, cause, failingSince, ours, held, theirs);
    }

    /** Returns the measured times, by their label. */
    public Map<String, Pair> measured() {
      Map<String, Pair> times = new LinkedHashMap<>();
      times.put("Before sending", ours);
      times.put("On hold", held);
      times.put("Receiver", theirs);
      times.values().removeIf(time -> !time.isAny());
      return times;
    }
  }

  /**
   * The median and the 95th percentile, as text.
   *
   * @param time the 95th percentile; zero if nothing was measured
   */
  public record Pair(String median, String slow, Duration time) {
    /** Returns whether anything was measured. */
    public boolean isAny() {
      return !median.equals("–");
    }

    /** Returns whether the 95th percentile is too long to be known. */
    public boolean isBeyondScale() {
      return time.compareTo(LatencyHistogram.CEILING) > 0;
    }

    static Pair of(LatencyHistogram latencies) {
      return latencies.total() == 0
          ? new Pair("–", "–", Duration.ZERO)
          : new Pair(latencies.shown(0.5), latencies.shown(0.95), latencies.percentile(0.95));
    }
  }

  /**
   * Counts an attempt.
   *
   * @param before the delivery before the attempt
   * @param resumed when the endpoint was last resumed, or null if never
   * @param isLimited whether a rate limit delayed it: the endpoint's own, the receiver's, or the
   *     release rate of a resume
   */
  synchronized void attempted(
      Attempt attempt, Delivery before, @Nullable Instant resumed, BooleanSupplier isLimited) {
    Outcome outcome = attempt.outcome();
    Instant at = attempt.startedAt();
    day.add(at, outcome.isSuccess(), responseTime(outcome));
    hold.begun(at, resumed);
    if (attempt.number() == 1) {
      Duration onHold = onHold(before, at, isLimited);
      Duration delay = Duration.between(before.dueAt(), at).minus(onHold);
      day.waited(at, delay.plus(waited(outcome)), onHold);
    }
    turns.ended(attempt, before.orderingKey());
    if (outcome.kind() == OutcomeKind.NOT_ROUTABLE
        || outcome.kind().failedBeforeReceiver()
        || outcome.kind() == OutcomeKind.BODY_FAILED) {
      // Such an attempt says nothing about the receiver.
      return;
    }
    hold.ended(outcome, at);
    latest = outcome.isSuccess() ? latest.succeeded(at) : latest.failed(at, outcome);
  }

  /** Returns how long a delivery waited for something other than this process. */
  private Duration onHold(Delivery before, Instant at, BooleanSupplier isLimited) {
    Instant due = before.dueAt();
    boolean waited = at.isAfter(due.plus(PROMPT));
    Instant turn = waited && isLimited.getAsBoolean() ? at : turns.until(before.orderingKey(), at);
    return turn.isAfter(due)
        ? Duration.between(due, turn).plus(hold.within(turn, at))
        : hold.within(due, at);
  }

  /** Records that a user has unblocked an ordering key. */
  synchronized void unblocked(String orderingKey, Instant at) {
    turns.ended(orderingKey, at);
  }

  /**
   * Counts an attempt for the charts.
   *
   * @param isFirst whether it is the first attempt of its delivery
   */
  void count(Attempt attempt, boolean isFirst) {
    history.count(attempt.startedAt(), own -> own.add(attempt, isFirst));
  }

  /**
   * Counts a delivery that was delivered after its first attempt had failed.
   *
   * @param first the time of its first attempt
   * @param now the time of the successful one
   */
  void recovered(Instant first, Instant now) {
    history.revise(first, now, EndpointCounts::recovered);
  }

  /** Returns the deliveries in a span that ends now. */
  EndpointHistory history(ChartSpan span, Instant now) {
    return history.read(span, slots -> EndpointHistory.of(span, slots.until(now)));
  }

  /** Returns the parts of the charts that changed since they were written to the store. */
  List<TimeSeries.Part> changedHistory(ChartSpan span) {
    return history.read(span, slots -> slots.changed(EndpointCounts::text));
  }

  /** Adds a part of the charts of another process. */
  void putHistory(ChartSpan span, UUID writer, Instant from, FormValues counts) {
    history.update(span, slots -> slots.put(writer, from, EndpointCounts.parse(counts)));
  }

  /** Returns the receiver's share of an attempt, including its network and name resolution. */
  public static Duration receiverShare(Outcome outcome) {
    return outcome.took().minus(waited(outcome));
  }

  /** Returns the time that the receiver took to respond; null if it did not get the request. */
  static @Nullable Duration responseTime(Outcome outcome) {
    boolean isMeasured = outcome.statusCode() != 0 || outcome.kind() == OutcomeKind.TIMEOUT;
    return isMeasured ? receiverShare(outcome) : null;
  }

  private static Duration waited(Outcome outcome) {
    Timing timing = outcome.timing();
    return timing == null ? Duration.ZERO : timing.waiting();
  }

  synchronized Now now(Instant now) {
    ActivityCounts fresh = day.last(FRESH, now);
    return new Now(
        latest.streak(),
        latest.success(),
        latest.error(),
        latest.cause(),
        latest.failing(),
        Pair.of(fresh.ours()),
        Pair.of(fresh.held()),
        Pair.of(fresh.receiverTimes()));
  }

  /** Returns whether the store may have earlier counts of this process that this instance lacks. */
  synchronized boolean isPartial() {
    return isPartial;
  }

  /** Records that all earlier counts of this process have been added. */
  synchronized void complete() {
    isPartial = false;
  }

  /** Adds earlier counts of this process. */
  synchronized void add(Instant from, FormValues counts) {
    day.add(from, ActivityCounts.parse(counts));
    latest = LatestOutcomes.parse(counts).or(latest);
  }

  /** Adds earlier counts of this process to the charts. */
  void addHistory(ChartSpan span, Instant from, FormValues counts) {
    history.update(span, slots -> slots.add(from, EndpointCounts.parse(counts)));
  }

  synchronized int streak() {
    return latest.streak();
  }

  /** Returns the parts that changed since they were written to the store. */
  synchronized List<TimeSeries.Part> changed() {
    String also = "&" + latest.text();
    return day.changed().stream()
        .map(part -> new TimeSeries.Part(part.from(), part.until(), part.text() + also))
        .toList();
  }

  /** Records that the most recently collected counts are in the store. */
  synchronized void written() {
    day.written();
    history.written();
  }

  /** Returns whether the store has all counts of this process. */
  synchronized boolean isWritten() {
    return day.isWritten() && history.isWritten();
  }

  /** Adds the counts of another process. */
  synchronized void put(UUID writer, Instant from, FormValues counts) {
    day.put(writer, from, ActivityCounts.parse(counts));
    latest = latest.or(LatestOutcomes.parse(counts));
  }
}
