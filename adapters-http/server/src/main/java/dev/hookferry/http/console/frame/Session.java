package dev.hookferry.http.console.frame;

import dev.hookferry.access.KeyText;
import dev.hookferry.id.KeyId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.session.NewSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.store.session.SessionEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session of one signed-in browser, as seen by one request. One-time messages for the next page
 * and changes that await confirmation are stored sealed. A page with neither writes nothing. Not
 * thread-safe.
 */
public final class Session {
  /** Form field that carries the name of a draft. */
  public static final String DRAFT_FIELD = "draft";

  /** The kind under which the store keeps the next page's message among its sessions. */
  static final String NOTE = "console-note";

  private static final Duration NOTE_LIFETIME = Duration.ofMinutes(5);

  private final SessionKeeper keeper;
  private final SessionEntry entry;
  private final SessionDrafts drafts;
  private final String csrf;
  private final Map<String, String> revealing = new LinkedHashMap<>();
  private final @Nullable String noteToken;
  private @Nullable Note found;
  private @Nullable Flash saying;
  private String revealingOf = "";

  /**
   * Creates the view of a session.
   *
   * @param token the session's secret token
   * @param noteToken the token of the note left by the last request, or null
   */
  Session(SessionKeeper keeper, SessionEntry entry, String token, @Nullable String noteToken) {
    this.keeper = keeper;
    this.entry = entry;
    this.noteToken = noteToken;
    drafts = new SessionDrafts(keeper, entry);
    csrf = KeyText.sha256("csrf " + token);
  }

  /**
   * A message that the next page shows once.
   *
   * @param tone CSS class: good, bad or plain
   * @param title a word or two
   * @param path the page with details; null if there is none
   * @param link the text of the link to that page; null if there is none
   */
  public record Flash(
      String tone, String title, String text, @Nullable String path, @Nullable String link) {
    /** Creates a message without a link. */
    Flash(String tone, String title, String text) {
      this(tone, title, text, null, null);
    }
  }

  /**
   * A message and values that the next page shows once.
   *
   * @param of the page that shows the values
   * @param values JSON by type
   */
  private record Note(@Nullable Flash flash, String of, Map<String, String> values) {
    static final Note NONE = new Note(null, "", Map.of());
  }

  /** Returns the key used to sign in; its permissions are looked up at every request. */
  public KeyId key() {
    return Objects.requireNonNull(entry.key());
  }

  /** Returns the CSRF token, required with every change. */
  String csrf() {
    return csrf;
  }

  boolean isCsrf(String given) {
    return MessageDigest.isEqual(
        csrf.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** Stores a message for the next page. */
  void say(Flash said) {
    saying = said;
  }

  /** Returns the message of the last request; null if there is none. */
  @Nullable Flash takeFlash() {
    return note().flash();
  }

  /** Stores a value, such as a new secret, for the single page that shows it. */
  public void reveal(String of, Object what) {
    if (!of.equals(revealingOf)) {
      revealing.clear();
    }
    revealingOf = of;
    revealing.put(what.getClass().getSimpleName(), SessionJson.write(what));
  }

  /** Returns the value of this type stored by the last request; null if there is none. */
  public <T> @Nullable T revealed(String of, Class<T> type) {
    String value = of.equals(note().of()) ? note().values().get(type.getSimpleName()) : null;
    return value == null ? null : SessionJson.read(value, type).orElse(null);
  }

  /** Removes the note left by the last request from the store, on first use, and returns it. */
  private Note note() {
    if (found == null) {
      found =
          noteToken == null
              ? Note.NONE
              : keeper
                  .take(NOTE, noteToken)
                  .filter(note -> note.entry().subject().equals(entry.id().toString()))
                  .flatMap(note -> SessionJson.read(note.text(), Note.class))
                  .orElse(Note.NONE);
    }
    return found;
  }

  /** Stores the next page's message, if there is one, and returns its token. */
  Optional<String> leave() {
    if (saying == null && revealing.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(leave(new Note(saying, revealingOf, revealing)));
    } catch (InvalidException e) {
      // The request and response of a test may be too large to be stored here; the log has them.
      return Optional.of(leave(new Note(saying, "", Map.of())));
    }
  }

  private String leave(Note note) {
    return keeper
        .begin(
            NewSession.of(NOTE, NOTE_LIFETIME)
                .subject(entry.id().toString())
                .key(entry.key())
                .text(SessionJson.write(note)))
        .token();
  }

  /** Stores a change that awaits confirmation. Beyond the limit, the oldest is dropped. */
  public String draft(Object draft) {
    return drafts.add(draft);
  }

  /** Returns a stored change and keeps it. */
  public <T> Optional<T> keptDraft(String name, Class<T> type) {
    return drafts.find(name, type);
  }

  /** Returns and removes a stored change. */
  public <T> Optional<T> takeDraft(String name, Class<T> type) {
    return drafts.take(name, type);
  }
}
