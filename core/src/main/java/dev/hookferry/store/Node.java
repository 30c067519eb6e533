package dev.hookferry.store;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * The display name of a process.
 *
 * @param name chosen by the operator, otherwise from {@link #ofProcess}; at most 200 characters
 */
public record Node(String name) {
  private static final int MAX_HOST = 150;

  public Node {
    if (name.isBlank() || name.length() > 200) {
      throw InvalidException.of("node", "must have 1 to 200 characters");
    }
  }

  /**
   * Names this process after its host, its process id and four random digits; the digits tell
   * containers apart that share host name and process id.
   */
  public static Node ofProcess() {
    String random = UUID.randomUUID().toString().substring(0, 4);
    return new Node(host() + "/" + ProcessHandle.current().pid() + "/" + random);
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
