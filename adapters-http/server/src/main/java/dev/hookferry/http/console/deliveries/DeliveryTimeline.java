package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EventType;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timeline of one delivery: past and planned steps. */
public final class DeliveryTimeline {
  /** Maximum number of past attempts shown; those in the middle are omitted. */
  private static final int MAX_PAST = 8;

  private static final int MAX_PLANNED = 3;
  private static final String TURN = "when its turn comes: one request at a time";

  private final Instant now;
  private final Delivery delivery;
  private final ManualActions manual;
  private final List<Step> steps = new ArrayList<>();

  private DeliveryTimeline(Delivery delivery, ManualActions manual, Instant now) {
    this.delivery = delivery;
    this.manual = manual;
    this.now = now;
  }

  /**
   * A step.
   *
   * @param pill its appearance; the label states what happened
   * @param when the time of the step
   * @param later the time since the first step, such as {@code +2 s}; empty for the first step and
   *     for steps without a time or in the future
   * @param detail an additional line
   * @param took the duration of an attempt, on its own line; empty for other steps
   * @param replay the id of the replay named at the end of the detail; empty if none
   * @param planned whether it lies in the future
   */
  public record Step(
      StatePill pill,
      DisplayTime when,
      String later,
      String detail,
      String took,
      String replay,
      boolean planned) {
    /** Creates a step without an offset. */
    Step(StatePill pill, DisplayTime when, String detail, boolean planned) {
      this(pill, when, "", detail, "", "", planned);
    }

    /** Returns a copy with the duration of an attempt. */
    Step took(String length) {
      return new Step(pill, when, later, detail, length, replay, planned);
    }
  }

  /**
   * The planned retries.
   *
   * @param retry the retry policy
   * @param blocks whether the delivery blocks its ordering key when no retry is left
   * @param next when the next attempt is expected, or null if it is due
   * @param isProbed whether the endpoint receives only probes, one at a time, so the time of this
   *     delivery's next attempt is unknown
   */
  record Plan(RetrySettings retry, boolean blocks, @Nullable Instant next, boolean isProbed) {
    /** Returns the number of attempts after which no retry is left. */
    int attempts() {
      return retry.maxRetries() + 1;
    }
  }

  /**
   * Returns the steps, oldest first.
   *
   * @param attempts oldest first
   * @param manual the manual actions on the delivery
   * @param plan the planned retries; null if the endpoint was removed
   */
  static List<Step> of(
      Delivery delivery,
      List<Attempt> attempts,
      ManualActions manual,
      @Nullable Plan plan,
      Instant now) {
    DeliveryTimeline line = new DeliveryTimeline(delivery, manual, now);
    line.add(new StatePill("good", "accepted", StatePill.TICK), delivery.createdAt(), "");
    int left = attempts.size() - MAX_PAST;
    for (int i = 0; i < attempts.size(); i++) {
      if (left > 0 && i == 1) {
        StatePill more = new StatePill("rest", left + " more attempts", StatePill.CROSS);
        line.steps.add(new Step(more, DisplayTime.NONE, "see below", false));
      }
      if (left <= 0 || i == 0 || i > left) {
        if (i > 0) {
          line.manualAction(attempts.get(i), attempts.get(i - 1), plan);
        }
        line.attempt(attempts.get(i));
        if (i < attempts.size() - 1) {
          line.delivered(attempts.get(i));
        }
      }
    }
    line.end(attempts.isEmpty() ? null : attempts.get(attempts.size() - 1));
    if (plan != null && !delivery.state().isFinal()) {
      line.plan(plan);
    }
    return line.steps;
  }

  private void manualAction(Attempt attempt, Attempt previous, @Nullable Plan plan) {
    ManualActions.Cause cause = manual.of(attempt, previous).orElse(null);
    if (cause == null) {
      return;
    }
    if (plan != null
        && !previous.outcome().isSuccess()
        && previous.number() > plan.retry().maxRetries()) {
      // Nothing records this, but by its retry policy no retry was left.
      DeliveryState end = plan.blocks() ? DeliveryState.BLOCKED : DeliveryState.EXHAUSTED;
      ManualActions.Cause skip = manual.skip(previous, attempt).orElse(null);
      ended(skip == null ? end : DeliveryState.BLOCKED, previous);
      if (skip != null) {
        skipped(skip, skip.at());
      }
    }
    String word = previous.outcome().isSuccess() ? "resent" : "retried";
    add(new StatePill("rest", word, StatePill.CLOCK), cause.at(), cause.words(), cause.replay());
  }

  private void ended(DeliveryState state, Attempt last) {
    add(StatePill.of(state), last.startedAt().plus(last.outcome().took()), "no retries left");
  }

  private void skipped(ManualActions.Cause skip, Instant at) {
    add(new StatePill("bad", "skipped", StatePill.CROSS), at, skip.words());
  }

  /** Adds a success. A later resend leaves an earlier outcome unchanged. */
  private void delivered(Attempt attempt) {
    if (attempt.outcome().isSuccess()) {
      Instant ended = attempt.startedAt().plus(attempt.outcome().took());
      String detail = DisplayTime.took(Duration.between(delivery.createdAt(), ended));
      add(StatePill.of(DeliveryState.DELIVERED), ended, detail);
    }
  }

  private void attempt(Attempt attempt) {
    StatePill pill = StatePill.of(attempt.outcome());
    int status = attempt.outcome().statusCode();
    Duration took = attempt.outcome().took();
    add(
        new StatePill(pill.tone(), "attempt " + attempt.number(), pill.shape()),
        attempt.startedAt(),
        attempt.outcome().isSuccess() && status != 0 ? "HTTP " + status : pill.word());
    int newest = steps.size() - 1;
    String length = status == 0 ? DisplayTime.after(took) : "took " + DisplayTime.length(took);
    steps.set(newest, steps.get(newest).took(length));
  }

  private void end(@Nullable Attempt last) {
    Instant settled = delivery.settledAt();
    if (settled == null) {
      return;
    }
    boolean isExhausted = delivery.state() == DeliveryState.EXHAUSTED;
    if (isExhausted && delivery.type().equals(EventType.TEST)) {
      add(StatePill.TEST_FAILED, settled, "tests are not retried");
      return;
    }
    if (isExhausted && last != null) {
      ManualActions.Cause skip = manual.skip(last, null).orElse(null);
      if (skip != null) {
        ended(DeliveryState.BLOCKED, last);
        skipped(skip, settled);
        return;
      }
    }
    add(StatePill.of(delivery.state()), settled, isExhausted ? "no retries left" : "");
  }

  private void plan(Plan plan) {
    RetrySettings retry = plan.retry();
    Instant next = plan.next();
    boolean held = delivery.state() != DeliveryState.PENDING;
    boolean timed = !held && !plan.isProbed();
    if (held) {
      steps.add(new Step(StatePill.of(delivery.state()), DisplayTime.NONE, until(), false));
    }
    if (delivery.state() == DeliveryState.BLOCKED) {
      return;
    }
    Instant due = delivery.dueAt().isBefore(now) ? now : delivery.dueAt();
    due = next != null && next.isAfter(due) ? next : due;
    int last = Math.max(retry.maxRetries() + 1, delivery.attempts() + 1);
    int number = delivery.attempts() + 1;
    for (int shown = 0; number <= last && shown < MAX_PLANNED; shown++, number++) {
      String detail = shown > 0 ? "if that fails" : timed ? "scheduled" : held ? "then" : TURN;
      ahead(
          new StatePill("rest", "attempt " + number, StatePill.CLOCK), timed ? due : null, detail);
      due = due.plus(retry.delayAfter(number));
    }
    if (number <= last) {
      int more = last - number + 1;
      StatePill pill = new StatePill("rest", "… " + more + " more", StatePill.CLOCK);
      steps.add(new Step(pill, DisplayTime.EMPTY, "", true));
    }
    for (; number <= last; number++) {
      due = due.plus(retry.delayAfter(number));
    }
    Instant end = due.minus(retry.delayAfter(last));
    DeliveryState outcome = plan.blocks() ? DeliveryState.BLOCKED : DeliveryState.EXHAUSTED;
    ahead(
        new StatePill("rest", StatePill.of(outcome).word(), StatePill.CROSS),
        timed ? end : null,
        last == 1 ? "if that fails" : "after " + last + " attempts");
  }

  private String until() {
    return switch (delivery.state()) {
      case WAITING -> "until earlier events with its ordering key have ended";
      case BLOCKED -> "until someone retries or skips it";
      default -> "until resumed";
    };
  }

  private void add(StatePill pill, Instant when, String detail) {
    add(pill, when, detail, "");
  }

  private void add(StatePill pill, Instant when, String detail, String replay) {
    Duration after = Duration.between(delivery.createdAt(), when);
    String later = steps.isEmpty() || after.isNegative() ? "" : later(after);
    steps.add(new Step(pill, DisplayTime.of(when, now), later, detail, "", replay, false));
  }

  private static String later(Duration after) {
    if (after.toMillis() < 1) {
      return "at once";
    }
    boolean isLong = after.toSeconds() >= 60 && after.toHours() < 2;
    return "+" + (isLong ? minutes(after) : DisplayTime.length(after));
  }

  private static String minutes(Duration length) {
    int seconds = length.toSecondsPart();
    return length.toMinutes() + " min" + (seconds == 0 ? "" : " " + seconds + " s");
  }

  private void ahead(StatePill pill, @Nullable Instant when, String detail) {
    DisplayTime moment = when == null ? DisplayTime.NONE : DisplayTime.due(when, now);
    steps.add(new Step(pill, moment, detail, true));
  }
}
