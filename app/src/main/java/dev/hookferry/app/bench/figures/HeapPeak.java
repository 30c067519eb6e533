package dev.hookferry.app.bench.figures;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Sampler of this process's heap usage, which runs until it is closed. */
public final class HeapPeak implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;
  private static final double MIB = 1 << 20;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final Thread thread = new Thread(this::sample, "bench-heap");
  private volatile long bytes;

  private HeapPeak() {
    System.gc();
    thread.setDaemon(true);
  }

  public static HeapPeak begin() {
    HeapPeak peak = new HeapPeak();
    peak.thread.start();
    return peak;
  }

  private void sample() {
    try {
      while (true) {
        bytes = Math.max(bytes, memory.getHeapMemoryUsage().getUsed());
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      // The end of the measurement.
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the highest usage seen, including garbage. */
  public double mib() {
    return bytes / MIB;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
