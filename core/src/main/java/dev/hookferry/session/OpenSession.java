package dev.hookferry.session;

import dev.hookferry.store.session.SessionEntry;
import java.util.Objects;

/**
 * A session that has not expired, with its text unsealed.
 *
 * @param entry the session as it is stored
 * @param text its text in the clear; empty if it has none
 */
public record OpenSession(SessionEntry entry, String text) {
  public OpenSession {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(text, "text");
  }

  /** Returns everything but the text. */
  @Override
  public String toString() {
    return "OpenSession[" + entry + "]";
  }
}
