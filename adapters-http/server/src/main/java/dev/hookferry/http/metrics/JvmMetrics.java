package dev.hookferry.http.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;

/** Basic JVM metrics, under the names that common dashboards expect. */
final class JvmMetrics {
  private static final List<String> AREA = List.of("area");

  private JvmMetrics() {}

  static void write(PrometheusText text) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    text.family("jvm_memory_used_bytes", "gauge", "Memory in use.");
    text.sample("jvm_memory_used_bytes", AREA, List.of("heap"), (double) heap.getUsed());
    text.sample("jvm_memory_used_bytes", AREA, List.of("nonheap"), (double) other.getUsed());
    text.family("jvm_memory_max_bytes", "gauge", "Maximum memory.");
    text.sample("jvm_memory_max_bytes", AREA, List.of("heap"), (double) heap.getMax());
    text.gauge(
        "jvm_threads_current",
        "Live threads.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    collections(text);
    text.gauge(
        "process_start_time_seconds",
        "Start of the process, in Unix time.",
        ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
  }

  private static void collections(PrometheusText text) {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    List<String> label = List.of("gc");
    text.family("jvm_gc_collection_seconds", "summary", "Time spent collecting garbage.");
    for (GarbageCollectorMXBean collector : collectors) {
      List<String> name = List.of(collector.getName());
      double seconds = collector.getCollectionTime() / 1000.0;
      text.sample(
          "jvm_gc_collection_seconds_count", label, name, (double) collector.getCollectionCount());
      text.sample("jvm_gc_collection_seconds_sum", label, name, seconds);
    }
  }
}
