package dev.hookferry.http.console.frame;

import dev.hookferry.id.KeyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session of one signed-in browser. Thread-safe. */
public final class Session {
  /** Form field that carries the name of a draft. */
  public static final String DRAFT_FIELD = "draft";

  private static final int MOST_DRAFTS = 8;

  private final KeyId key;
  private final String csrf;
  private final Instant begun;
  private final List<Object> revealed = new ArrayList<>();
  private final Map<String, Object> drafts = new LinkedHashMap<>();
  private Instant seen;
  private @Nullable Flash flash;
  private String revealedOf = "";
  private int draftNumber;

  Session(KeyId key, String csrf, Instant begun) {
    this.key = key;
    this.csrf = csrf;
    this.begun = begun;
    this.seen = begun;
  }

  /**
   * A message that the next page shows once.
   *
   * @param tone CSS class: good, bad or plain
   * @param title a word or two
   */
  public record Flash(String tone, String title, String text) {}

  /** Returns the key used to sign in; its permissions are looked up at every request. */
  public KeyId key() {
    return key;
  }

  /** Returns the CSRF token, required with every change. */
  String csrf() {
    return csrf;
  }

  Instant begun() {
    return begun;
  }

  synchronized Instant seen() {
    return seen;
  }

  synchronized void seenAt(Instant now) {
    seen = now;
  }

  boolean isCsrf(String given) {
    return MessageDigest.isEqual(
        csrf.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores a message for the next page. */
  synchronized void say(Flash said) {
    flash = said;
  }

  /** Returns and removes the message; null if there is none. */
  synchronized @Nullable Flash takeFlash() {
    Flash said = flash;
    flash = null;
    return said;
  }

  /** Stores a value, such as a new secret, for the one page that shows it. */
  public synchronized void reveal(String of, Object what) {
    if (!of.equals(revealedOf)) {
      revealed.clear();
    }
    revealedOf = of;
    revealed.add(what);
  }

  /** Returns and removes a stored value of this type; null if there is none. */
  public synchronized <T> @Nullable T revealed(String of, Class<T> kind) {
    for (Object what : of.equals(revealedOf) ? List.copyOf(revealed) : List.of()) {
      if (kind.isInstance(what)) {
        revealed.remove(what);
        return kind.cast(what);
      }
    }
    return null;
  }

  /** Stores a change that awaits confirmation. Beyond the limit, the oldest is dropped. */
  public synchronized String draft(Object draft) {
    String name = Integer.toString(++draftNumber);
    drafts.put(name, draft);
    if (drafts.size() > MOST_DRAFTS) {
      drafts.remove(drafts.keySet().iterator().next());
    }
    return name;
  }

  /** Returns a stored change and keeps it. */
  public synchronized <T> Optional<T> keptDraft(String name, Class<T> kind) {
    return Optional.ofNullable(drafts.get(name)).filter(kind::isInstance).map(kind::cast);
  }

  /** Returns and removes a stored change. */
  public synchronized <T> Optional<T> takeDraft(String name, Class<T> kind) {
    return Optional.ofNullable(drafts.remove(name)).filter(kind::isInstance).map(kind::cast);
  }
}
