package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.forms.SavedChanges;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The outcome of an action, carried in the query of the next page. */
enum PortalNote {
  NONE_RETRIED,
  RESUMED,
  SAVED,
  CREATED,
  REMOVED;

  /** The query parameter for a test that was not sent after saving. */
  static final String UNTESTED = "untested";

  /** Its value if the limit on tests was exceeded. */
  static final String WAIT = "wait";

  private static final String NAME = "note";
  private static final String GOOD = "good";
  private static final String PLAIN = "plain";
  private static final String COUNTS = "[0-9]{1,4}";

  private String tone() {
    return this == NONE_RETRIED ? PLAIN : GOOD;
  }

  /** Returns a redirect to a page that will show this note. */
  ConsoleReply on(String path) {
    return ConsoleReply.seeOther(path + query());
  }

  /** Returns the query of a page that will show this note. */
  String query() {
    return "?" + NAME + "=" + code();
  }

  /**
   * Returns a redirect to the page of a resumed endpoint, which will report how many deliveries
   * follow.
   *
   * @param next when the first of these deliveries is due, or null if none waits
   */
  static ConsoleReply resumed(String path, Undelivered waits, @Nullable Instant next) {
    return ConsoleReply.seeOther(
        path
            + "?"
            + NAME
            + "="
            + RESUMED.code()
            + "&done="
            + waits.waiting()
            + (waits.more() ? "&more=1" : "")
            + (next == null ? "" : "&from=" + next.truncatedTo(ChronoUnit.SECONDS)));
  }

  private String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether a query contains this note. */
  boolean isIn(FormValues query) {
    return query.text(NAME).equals(code());
  }

  /** Returns a query without the fields that a note has added. */
  static String without(String query) {
    FormValues fields = FormValues.parse(query);
    return fields.has(NAME) ? fields.without(NAME).query() : "?" + query;
  }

  /** Returns the note in the query; none for a resumed endpoint, whose page shows its state. */
  static PortalFrame.Note of(FormValues query, Words words) {
    return Stream.of(values())
        .filter(note -> note != RESUMED && note.isIn(query))
        .findFirst()
        .map(note -> note.said(query, words))
        .orElseGet(
            () ->
                query.has(UNTESTED)
                    ? new PortalFrame.Note(PLAIN, TimedText.of(untested(query, words)))
                    : PortalFrame.Note.NONE);
  }

  private PortalFrame.Note said(FormValues query, Words words) {
    Optional<SavedChanges> changes = this == SAVED ? SavedChanges.in(query) : Optional.empty();
    String text = changes.map(all -> all.text(words)).orElseGet(() -> words.text("note." + code()));
    boolean isUnsent = query.has(UNTESTED);
    String unsent = isUnsent ? " " + untested(query, words) : "";
    boolean isPlain = isUnsent || changes.filter(SavedChanges::isNone).isPresent();
    return new PortalFrame.Note(isPlain ? PLAIN : tone(), TimedText.of(text + unsent));
  }

  private static String untested(FormValues query, Words words) {
    String text = words.text("saved.untested");
    return query.text(UNTESTED).equals(WAIT) ? text + " " + words.text("message.wait") : text;
  }

  /**
   * Returns the note about a resumed endpoint; none if it has been paused since.
   *
   * @param health its current state
   * @param cause the newest failure as text; empty if nothing failed or it is unknown
   */
  static PortalFrame.Note resumed(PortalVisit visit, EndpointHealth health, String cause) {
    Words words = visit.words();
    return switch (health.state()) {
      case PAUSED -> PortalFrame.Note.NONE;
      case DISABLED -> {
        String tail = cause.isEmpty() ? "" : words.text("notice.cause", cause);
        boolean isGone = TranslatedReasons.isGone(health);
        String key = isGone ? "note.resumed-gone" : "note.resumed-disabled";
        yield new PortalFrame.Note(PLAIN, TimedText.of(words.text(key, tail)));
      }
      default -> new PortalFrame.Note(GOOD, resumed(visit.query(), words, visit.now()));
    };
  }

  private static TimedText resumed(FormValues query, Words words, Instant now) {
    String done = query.text("done");
    int count = done.matches(COUNTS) ? Integer.parseInt(done) : 0;
    if (count == 0) {
      return TimedText.of(words.text("note.resumed"));
    }
    boolean more = !query.text("more").isEmpty();
    try {
      Instant from = Instant.parse(query.text("from"));
      if (from.isAfter(now)) {
        return TimedText.of(
            words.count("note.resumed-from", count, more, TimedText.TIME), words.time(from, now));
      }
    } catch (DateTimeParseException e) {
      // Nothing else is scheduled, so they are due.
    }
    return TimedText.of(words.count("note.resumed-now", count, more));
  }
}
