package dev.hookferry.app.bench.figures;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine that was measured.
 *
 * @param cores the cores available to this process
 * @param memoryMiB the memory of the machine; 0 if unknown
 * @param system the operating system's name and version
 * @param jdk the JDK's name and version
 */
public record Machine(int cores, long memoryMiB, String system, String jdk) {
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        memory(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        property("java.vm.name") + " " + property("java.runtime.version"));
  }

  public void writeTo(ObjectNode node) {
    node.put("jdk", jdk).put("cores", cores).put("memoryMiB", memoryMiB).put("system", system);
  }

  @Override
  public String toString() {
    String memory = memoryMiB == 0 ? "" : ", " + memoryMiB + " MiB of memory";
    return cores + " cores" + memory + ", " + system + ", " + jdk;
  }

  /** Reads a file, because the JDK's own API is in a module that not every runtime has. */
  private static long memory() {
    Path linux = Path.of("/proc/meminfo");
    try {
      return Files.isReadable(linux)
          ? Files.readAllLines(linux).stream()
              .filter(line -> line.startsWith("MemTotal:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
              .findFirst()
              .orElse(0)
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }
}
