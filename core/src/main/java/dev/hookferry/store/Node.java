package dev.hookferry.store;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * A process as seen by other processes on the same store.
 *
 * @param name the name chosen by the operator or by {@link #ofProcess}; at most 200 characters
 * @param delivers whether the process sends deliveries and therefore shares the rate limits of
 *     endpoints
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
   * Returns a node named after this process's host, its process id and four digits that differ at
   * each start. The digits distinguish containers that have the same host name and process id.
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
