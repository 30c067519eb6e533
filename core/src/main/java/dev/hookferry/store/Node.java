package dev.hookferry.store;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * The display name of a process.
 *
 * @param name chosen by the operator, otherwise from {@link #ofProcess}; at most 200 characters
 */
public record Node(String name) {
  private static final int MAX_HOST = 150;

  public Node {
    Objects.requireNonNull(name, "name");
    if (name.isBlank() || name.length() > 200) {
      throw InvalidException.of("node", "must have 1 to 200 characters");
    }
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
