package dev.hookferry.session;

import dev.hookferry.store.session.SessionEntry;
import java.util.Objects;

/**
 * A session that has not expired, with its text unsealed.
 *
 * @param entry the session as stored
 * @param text the unsealed text; empty if the session has none
 */
public record OpenSession(SessionEntry entry, String text) {
  public OpenSession {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(text, "text");
  }

  /** Returns the session's details, without the text. */
  @Override
  public String toString() {
    return "OpenSession[" + entry + "]";
  }
}
