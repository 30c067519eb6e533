package dev.hookferry.audit;

import dev.hookferry.access.ApiKey;
import dev.hookferry.id.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Who does something, for the audit log.
 *
 * @param key the API key that it was asked with, or null if none was needed
 * @param name what the key or the program is called; cut at 100 characters
 * @param address the address that it was asked from, or empty; cut at 100 characters
 */
public record Actor(@Nullable KeyId key, String name, String address) {
  /** The program that Hookferry is built into, unless it says more. */
  public static final Actor PROGRAM = new Actor(null, "program", "");

  /** Hookferry itself, as when it makes the site that always exists. */
  public static final Actor HOOKFERRY = new Actor(null, "hookferry", "");

  private static final int LONGEST = 100;

  public Actor {
    name = cut(name);
    address = cut(address);
  }

  /** Whoever holds a key. */
  public static Actor of(ApiKey key, String address) {
    return new Actor(key.id(), key.name(), address);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
