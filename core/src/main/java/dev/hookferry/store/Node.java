package dev.hookferry.store;

import dev.hookferry.refusal.InvalidException;

/**
 * A process, for people to recognise.
 *
 * @param name host and process id, or what the operator calls it; 200 characters at most
 */
public record Node(String name) {
  public Node {
    if (name.isBlank() || name.length() > 200) {
      throw InvalidException.of("node", "must have 1 to 200 characters");
    }
  }
}
