package dev.hookferry.audit;

import dev.hookferry.access.ApiKey;
import dev.hookferry.id.KeyId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The originator of an action, for the audit log.
 *
 * @param key the API key that authorized it, or null if none was needed
 * @param name the name of the user, key or program; cut at 100 characters
 * @param address the client's address, or empty; cut at 100 characters
 */
public record Actor(@Nullable KeyId key, String name, String address) {
  /** The embedding application, unless it names another actor. */
  public static final Actor PROGRAM = new Actor(null, "program", "");

  /** Hookferry itself, for example when it creates the default site. */
  public static final Actor HOOKFERRY = new Actor(null, "hookferry", "");

  private static final int MAX_LENGTH = 100;

  public Actor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    name = cut(name);
    address = cut(address);
  }

  /** Returns the actor for an API key. */
  public static Actor of(ApiKey key, String address) {
    Objects.requireNonNull(key, "key");
    return new Actor(key.id(), key.name(), address);
  }

  /**
   * Returns the actor for a user who acts with an API key.
   *
   * @param user the name of the user, placed before the key's name; empty if unknown
   */
  public static Actor of(ApiKey key, String user, String address) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(user, "user");
    String name = user.isEmpty() ? key.name() : user + " (" + key.name() + ")";
    return new Actor(key.id(), name, address);
  }

  private static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }
}
