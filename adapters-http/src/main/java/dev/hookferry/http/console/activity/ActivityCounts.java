package dev.hookferry.http.console.activity;

import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;

/** What happened in one span of time, counted. Guarded by its owner. */
final class ActivityCounts {
  private int delivered;
  private int failed;
  private int undelivered;
  private final LatencyHistogram theirs;
  private final LatencyHistogram ours;
  private final LatencyHistogram held;

  ActivityCounts() {
    this(new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
  }

  private ActivityCounts(LatencyHistogram theirs, LatencyHistogram ours, LatencyHistogram held) {
    this.theirs = theirs;
    this.ours = ours;
    this.held = held;
  }

  /** Reads what {@link #text} wrote; what is not there counts as nothing. */
  static ActivityCounts parse(FormValues text) {
    ActivityCounts read =
        new ActivityCounts(
            LatencyHistogram.parse(text.text("t")),
            LatencyHistogram.parse(text.text("o")),
            LatencyHistogram.parse(text.text("h")));
    read.delivered = number(text.text("d"));
    read.failed = number(text.text("f"));
    read.undelivered = number(text.text("x"));
    return read;
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  /** As a form is written, so that later versions can say more. */
  String text() {
    return "d="
        + delivered
        + "&f="
        + failed
        + "&x="
        + undelivered
        + "&t="
        + theirs.text()
        + "&o="
        + ours.text()
        + "&h="
        + held.text();
  }

  /** An attempt. */
  void add(boolean success, Duration took) {
    if (success) {
      delivered++;
    } else {
      failed++;
    }
    theirs.add(took);
  }

  /** Counts how long a delivery waited here for its first attempt, and how long it was on hold. */
  void waited(Duration time, Duration onHold) {
    ours.add(time);
    if (!onHold.isZero()) {
      held.add(onHold);
    }
  }

  /** One more delivery whose first attempt failed, or one less since it was delivered after all. */
  void undelivered(int change) {
    undelivered += change;
  }

  void addAll(ActivityCounts other) {
    delivered += other.delivered;
    failed += other.failed;
    undelivered += other.undelivered;
    theirs.addAll(other.theirs);
    ours.addAll(other.ours);
    held.addAll(other.held);
  }

  int delivered() {
    return delivered;
  }

  int failed() {
    return failed;
  }

  /** Failed deliveries less those that recovered here; negative if they failed earlier. */
  int undelivered() {
    return undelivered;
  }

  /** How long deliveries were on hold: endpoint paused, backing off or rate limited. */
  LatencyHistogram held() {
    return held;
  }

  /** How long receivers took. */
  LatencyHistogram theirs() {
    return theirs;
  }

  /** How long deliveries waited here. */
  LatencyHistogram ours() {
    return ours;
  }
}
