package dev.hookferry.contract.support;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** Measures work by its CPU time, which unlike elapsed time does not grow on a busy machine. */
public final class CpuTime {
  private CpuTime() {}

  /** Runs work on the calling thread and returns the CPU time that this thread spent on it. */
  public static Duration of(Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
  }
}
