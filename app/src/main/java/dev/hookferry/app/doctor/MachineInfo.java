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
public record MachineInfo(
    InstantSource clock, NameResolver names, long memoryBytes, long heapBytes, long openFiles) {
  /** Returns the machine on which this process runs. */
  public static MachineInfo current() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new MachineInfo(
        InstantSource.system(),
        host -> List.of(InetAddress.getAllByName(host)),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : -1);
  }

  /** Returns a copy with the given clock. */
  public MachineInfo withClock(InstantSource clock) {
    return new MachineInfo(clock, names, memoryBytes, heapBytes, openFiles);
  }

  /** Returns a copy with the given resolver. */
  public MachineInfo withNames(NameResolver names) {
    return new MachineInfo(clock, names, memoryBytes, heapBytes, openFiles);
  }

  /** Returns a copy with the given memory, heap and limit of open files. */
  public MachineInfo withMachine(long memory, long heap, long files) {
    return new MachineInfo(clock, names, memory, heap, files);
  }
}
