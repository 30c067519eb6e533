package dev.hookferry.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An entry in the agenda of {@link VirtualTime}. */
final class VirtualTask implements ScheduledFuture<Object> {
  final Runnable action;
  final boolean mayWait;
  private final @Nullable Duration period;
  private final BooleanSupplier isObsolete;
  Instant at;

  /** Breaks ties between tasks due at the same time. */
  long number;

  /** The activity count when the task last ran. */
  long seen = -1;

  /** Whether the task is part of a heartbeat, which does not count as activity. */
  boolean isHeartbeat;

  private boolean cancelled;

  /**
   * Creates a task.
   *
   * @param period the time between runs, or null if it runs once
   * @param isObsolete returns true once the task must no longer run
   */
  VirtualTask(
      Instant at,
      @Nullable Duration period,
      Runnable action,
      boolean mayWait,
      BooleanSupplier isObsolete) {
    this.at = at;
    this.period = period;
    this.action = action;
    this.mayWait = mayWait;
    this.isObsolete = isObsolete;
  }

  boolean isPeriodic() {
    return period != null;
  }

  /** Moves an overdue periodic task to its first run after this time. */
  void repeatAfter(Instant now) {
    if (period != null && !at.isAfter(now)) {
      long missed = Duration.between(at, now).toNanos() / period.toNanos();
      at = at.plus(period.multipliedBy(missed + 1));
    }
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    cancelled = true;
    return true;
  }

  @Override
  public boolean isCancelled() {
    return cancelled || isObsolete.getAsBoolean();
  }

  @Override
  public boolean isDone() {
    return isCancelled();
  }

  @Override
  public long getDelay(TimeUnit unit) {
    throw new UnsupportedOperationException("only the agenda knows the time");
  }

  @Override
  public Object get() {
    throw new UnsupportedOperationException("waiting here would stop virtual time");
  }

  @Override
  public Object get(long timeout, TimeUnit unit) {
    return get();
  }

  @Override
  public int compareTo(Delayed other) {
    VirtualTask that = (VirtualTask) other;
    int byTime = at.compareTo(that.at);
    return byTime != 0 ? byTime : Long.compare(number, that.number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  @Override
  public String toString() {
    return at.truncatedTo(ChronoUnit.MILLIS) + " #" + number;
  }
}
