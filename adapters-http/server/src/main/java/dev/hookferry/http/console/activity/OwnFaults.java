package dev.hookferry.http.console.activity;

import dev.hookferry.http.words.NumberText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Failures on this process's own side in the last few minutes, such as of its name server or its
 * store. Bounded. Thread-safe.
 */
public final class OwnFaults {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int MAX = 1_000;
  private static final int MAX_LENGTH = 200;

  private final Deque<Fault> newestFirst = new ArrayDeque<>();

  private record Fault(Instant at, String what) {}

  /**
   * Summary of recent failures.
   *
   * @param count number of failures, up to 1,000
   * @param what the newest, as text
   */
  public record Recent(int count, String what) {
    public boolean isAny() {
      return count > 0;
    }

    /** Returns the count as text. */
    public String counted() {
      return count >= MAX
          ? NumberText.of(MAX, true) + " failures"
          : NumberText.counted(count, "failure");
    }
  }

  synchronized void add(String what, Instant now) {
    String cut = what.length() > MAX_LENGTH ? what.substring(0, MAX_LENGTH) : what;
    newestFirst.addFirst(new Fault(now, cut));
    if (newestFirst.size() > MAX) {
      newestFirst.removeLast();
    }
  }

  public synchronized Recent recent(Instant now) {
    Instant since = now.minus(FRESH);
    newestFirst.removeIf(fault -> fault.at().isBefore(since));
    Fault newest = newestFirst.peekFirst();
    return new Recent(newestFirst.size(), newest == null ? "" : newest.what());
  }
}
