package dev.hookferry.app.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.hookferry.http.client.NameResolver;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;

/**
 * The machine as seen by the checks.
 *
 * @param clock its clock
 * @param names its resolver of host names
 * @param memoryBytes the memory of the machine, or of the container
 * @param heapBytes the memory that Java may use for its heap
 * @param openFiles how many files and connections a process may have open; -1 if unknown
 */
public record Surroundings(
    InstantSource clock, NameResolver names, long memoryBytes, long heapBytes, long openFiles) {
  /** Returns those of this process. */
  public static Surroundings here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Surroundings(
        InstantSource.system(),
        host -> List.of(InetAddress.getAllByName(host)),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : -1);
  }

  /** Returns a copy with another clock. */
  public Surroundings withClock(InstantSource other) {
    return new Surroundings(other, names, memoryBytes, heapBytes, openFiles);
  }

  /** Returns a copy with another resolver. */
  public Surroundings withNames(NameResolver other) {
    return new Surroundings(clock, other, memoryBytes, heapBytes, openFiles);
  }

  /** Returns a copy with another machine. */
  public Surroundings withMachine(long memory, long heap, long files) {
    return new Surroundings(clock, names, memory, heap, files);
  }
}
