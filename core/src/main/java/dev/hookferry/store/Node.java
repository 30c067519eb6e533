package dev.hookferry.store;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * A process, as other processes on the same store see it.
 *
 * @param name chosen by the operator, otherwise from {@link #ofProcess}; at most 200 characters
 * @param delivers whether it sends deliveries, and so takes its share of the rates of endpoints
 */
public record Node(String name, boolean delivers) {
  private static final int MAX_HOST = 150;

  public Node {
    Objects.requireNonNull(name, "name");
    if (name.isBlank() || name.length() > 200) {
      throw InvalidException.of("node", "must have 1 to 200 characters");
    }
  }

  /** Creates a node that delivers. */
  public Node(String name) {
    this(name, true);
  }

  /**
   * Names this process after its host, its process id and four digits that differ from start to
   * start; the digits tell containers apart that share host name and process id.
   */
  public static Node ofProcess() {
    String start = String.format("%04x", Long.hashCode(System.nanoTime()) & 0xffff);
    return new Node(host() + "/" + ProcessHandle.current().pid() + "/" + start);
  }

  private static String host() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.substring(0, Math.min(name.length(), MAX_HOST));
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
