package dev.hookferry.app.doctor;

import dev.hookferry.app.config.OutboundConfig;
import java.util.Locale;
import java.util.function.Consumer;

/** Checks memory and the limit of open files. */
final class MachineCheck {
  private static final String JAVA = "java";
  private static final String FILES = "open files";
  private static final long MIN_MEMORY = 256L << 20;
  private static final double LARGEST_HEAP = 0.8;

  /** Reserve for the store's files and for connections of clients and to the database. */
  private static final long OTHERS = 1_000;

  private final OutboundConfig outbound;
  private final MachineInfo machine;

  MachineCheck(OutboundConfig outbound, MachineInfo machine) {
    this.outbound = outbound;
    this.machine = machine;
  }

  void run(Consumer<Diagnosis> found) {
    found.accept(memory());
    if (machine.openFiles() >= 0) {
      found.accept(files());
    }
  }

  private Diagnosis memory() {
    String text =
        String.format(
            Locale.ROOT,
            "Java %s, a heap of up to %,d MiB of %,d MiB memory",
            Runtime.version(),
            machine.heapBytes() >> 20,
            machine.memoryBytes() >> 20);
    if (machine.memoryBytes() < MIN_MEMORY) {
      return Diagnosis.warning(JAVA, text, "give the machine or container 256 MiB or more");
    }
    if (machine.heapBytes() > machine.memoryBytes() * LARGEST_HEAP) {
      return Diagnosis.warning(
          JAVA,
          text + ": the system may kill the process",
          "set -Xmx in JAVA_OPTS to at most 80% of the memory");
    }
    return Diagnosis.ok(JAVA, text);
  }

  private Diagnosis files() {
    long needed = OTHERS + outbound.connections();
    String text = "a process may have " + machine.openFiles() + " files and connections open";
    return machine.openFiles() >= needed
        ? Diagnosis.ok(FILES, text)
        : Diagnosis.warning(
            FILES,
            text + ", fewer than limits.connections and the store need",
            "raise the limit to " + needed + " or more (LimitNOFILE of systemd, or ulimit -n)");
  }
}
