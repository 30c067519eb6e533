package dev.hookferry.http.console.activity;

import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts of one span of time. Guarded by its owner. */
final class ActivityCounts {
  private int delivered;
  private int failed;
  private int undelivered;
  private final LatencyHistogram receiverTimes;
  private final LatencyHistogram ours;
  private final LatencyHistogram held;

  ActivityCounts() {
    this(new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
  }

  private ActivityCounts(LatencyHistogram theirs, LatencyHistogram ours, LatencyHistogram held) {
    this.receiverTimes = theirs;
    this.ours = ours;
    this.held = held;
  }

  /** Parses the output of {@link #text}; absent fields are zero. */
  static ActivityCounts parse(FormValues text) {
    ActivityCounts read =
        new ActivityCounts(
            LatencyHistogram.parse(text.text("t"), text.text("tm")),
            LatencyHistogram.parse(text.text("o"), text.text("om")),
            LatencyHistogram.parse(text.text("h"), text.text("hm")));
    read.delivered = number(text.text("d"));
    read.failed = number(text.text("f"));
    read.undelivered = number(text.text("x"));
    return read;
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  /**
   * Returns the counts in form encoding, which later versions can extend; empty if all are zero.
   */
  String text() {
    return delivered + failed == 0 && undelivered == 0 ? "" : written();
  }

  private String written() {
    return "d="
        + delivered
        + "&f="
        + failed
        + "&x="
        + undelivered
        + "&t="
        + receiverTimes.text()
        + "&tm="
        + receiverTimes.means()
        + "&o="
        + ours.text()
        + "&om="
        + ours.means()
        + "&h="
        + held.text()
        + "&hm="
        + held.means();
  }

  /**
   * Counts an attempt.
   *
   * @param took the receiver's response time; null if there was no response
   */
  void add(boolean success, @Nullable Duration took) {
    if (success) {
      delivered++;
    } else {
      failed++;
    }
    if (took != null) {
      receiverTimes.add(took);
    }
  }

  /** Counts how long a delivery waited here for its first attempt, and how long it was on hold. */
  void waited(Duration time, Duration onHold) {
    ours.add(time);
    if (!onHold.isZero()) {
      held.add(onHold);
    }
  }

  /** Counts a delivery whose first attempt failed. */
  void missed() {
    undelivered++;
  }

  /** Uncounts a delivery whose first attempt failed, because it has since been delivered. */
  void recovered() {
    undelivered--;
  }

  void addAll(ActivityCounts other) {
    delivered += other.delivered;
    failed += other.failed;
    undelivered += other.undelivered;
    receiverTimes.addAll(other.receiverTimes);
    ours.addAll(other.ours);
    held.addAll(other.held);
  }

  int delivered() {
    return delivered;
  }

  int failed() {
    return failed;
  }

  /**
   * Returns the number of deliveries whose first attempt failed and that have not recovered. May be
   * negative if the time of a first attempt was unknown.
   */
  int undelivered() {
    return undelivered;
  }

  /** Returns the times on hold: endpoint paused, backing off or rate limited. */
  LatencyHistogram held() {
    return held;
  }

  /** Returns the receivers' response times. */
  LatencyHistogram receiverTimes() {
    return receiverTimes;
  }

  /** Returns the waiting times at this node. */
  LatencyHistogram ours() {
    return ours;
  }
}
