package dev.hookferry.id;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;

/**
 * Type of an event, such as {@code license_created}.
 *
 * @param name parts of {@code A-Za-z0-9_} joined by single dots or hyphens, at most 128 characters
 */
public record EventType(String name) {
  /** Maximum length of a name in characters. */
  public static final int MAX_LENGTH = 128;

  /** The type of the test events sent to endpoints; producers cannot publish it. */
  public static final EventType TEST = new EventType("test");

  public EventType {
    Objects.requireNonNull(name, "name");
    if (!isName(name)) {
      throw InvalidException.of(
          "type", "must be 1 to 128 characters: parts of A-Z a-z 0-9 _ joined by single . or -");
    }
  }

  /** Returns whether a text is a valid name of an event type. */
  public static boolean isName(String text) {
    Objects.requireNonNull(text, "text");
    boolean afterName = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean joint = c == '.' || c == '-';
      if (joint ? !afterName : !isPlain(c)) {
        return false;
      }
      afterName = !joint;
    }
    return afterName && text.length() <= MAX_LENGTH;
  }

  private static boolean isPlain(char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') || c == '_';
  }

  /** Compares names, but identities first, because types are compared several times per event. */
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof EventType type && name.equals(type.name));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
