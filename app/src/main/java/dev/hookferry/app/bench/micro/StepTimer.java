package dev.hookferry.app.bench.micro;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Measures the CPU time of a step, which other work on the machine hardly changes: repeats it for a
 * while to warm up, then in several windows, and takes the median of their averages. Not
 * thread-safe.
 */
final class StepTimer {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int WINDOWS = 5;

  private final Duration warmUp;
  private final Duration window;

  /** Uses the results of steps, so that the compiler cannot eliminate them. */
  private int sink;

  StepTimer(Duration warmUp, Duration window) {
    this.warmUp = warmUp;
    this.window = window;
  }

  /** Returns the CPU time of a step in microseconds. */
  double micros(Supplier<?> step) {
    double unused = average(step, warmUp);
    double[] averages = new double[WINDOWS];
    for (int i = 0; i < WINDOWS; i++) {
      averages[i] = average(step, window);
    }
    Arrays.sort(averages);
    return averages[WINDOWS / 2];
  }

  private double average(Supplier<?> step, Duration length) {
    long start = CPU.getCurrentThreadCpuTime();
    long steps = 0;
    long used;
    do {
      sink += System.identityHashCode(step.get()) & 1;
      steps++;
      used = CPU.getCurrentThreadCpuTime() - start;
    } while (used < length.toNanos());
    return used / 1_000.0 / steps;
  }

  @Override
  public String toString() {
    return "StepTimer " + window + " " + sink;
  }
}
