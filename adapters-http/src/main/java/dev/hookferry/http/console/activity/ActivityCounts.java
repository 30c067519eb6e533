package dev.hookferry.http.console.activity;

import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;

/** What happened in one span of time, counted. Guarded by its owner. */
final class ActivityCounts {
  private int delivered;
  private int failed;
  private final LatencyHistogram theirs;
  private final LatencyHistogram ours;

  ActivityCounts() {
    this(new LatencyHistogram(), new LatencyHistogram());
  }

  private ActivityCounts(LatencyHistogram theirs, LatencyHistogram ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  /** Reads what {@link #text} wrote; what is not there counts as nothing. */
  static ActivityCounts parse(FormValues text) {
    ActivityCounts read =
        new ActivityCounts(
            LatencyHistogram.parse(text.text("t")), LatencyHistogram.parse(text.text("o")));
    read.delivered = number(text.text("d"));
    read.failed = number(text.text("f"));
    return read;
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  /** As a form is written, so that later versions can say more. */
  String text() {
    return "d=" + delivered + "&f=" + failed + "&t=" + theirs.text() + "&o=" + ours.text();
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

  /** How long a delivery waited here for its first attempt. */
  void waited(Duration time) {
    ours.add(time);
  }

  void addAll(ActivityCounts other) {
    delivered += other.delivered;
    failed += other.failed;
    theirs.addAll(other.theirs);
    ours.addAll(other.ours);
  }

  int delivered() {
    return delivered;
  }

  int failed() {
    return failed;
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
