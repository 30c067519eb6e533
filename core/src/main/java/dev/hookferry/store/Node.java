package dev.hookferry.store;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * A process, for people to recognise.
 *
 * @param name what the operator calls it, else as of {@link #ofProcess}; 200 characters at most
 */
public record Node(String name) {
  private static final int MAX_HOST = 150;

  public Node {
    if (name.isBlank() || name.length() > 200) {
      throw InvalidException.of("node", "must have 1 to 200 characters");
    }
  }

  /**
   * Names this process after its host, its process id and four random digits: in containers every
   * process id is 1, and copies of one container may share the host name.
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
