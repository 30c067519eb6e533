package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.Undelivered;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Outcome of an action, carried in the query of the page that is shown next. */
enum PortalNote {
  NONE_RETRIED,
  RESUMED,
  SAVED,
  CREATED,
  MISSED,
  REMOVED;

  private static final String NAME = "note";
  private static final String GOOD = "good";
  private static final String COUNTS = "[0-9]{1,4}";

  private String tone() {
    return this == NONE_RETRIED ? "plain" : GOOD;
  }

  /** Returns a redirect to a page, which will show this. */
  ConsoleReply on(String path) {
    return ConsoleReply.seeOther(path + query());
  }

  /** Returns the query of a page that will show this. */
  String query() {
    return "?" + NAME + "=" + code();
  }

  /**
   * Returns a redirect to a page, which will say of a resumed endpoint how many deliveries follow.
   *
   * @param next when the first of them is due, or null if none waits
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

  /** Returns whether a query says this. */
  boolean isIn(FormValues query) {
    return query.text(NAME).equals(code());
  }

  /** Returns what the query says. */
  static PortalFrame.Note of(FormValues query, Words words, Instant now) {
    if (query.text(NAME).equals(RESUMED.code())) {
      return new PortalFrame.Note(GOOD, resumed(query, words, now));
    }
    return Stream.of(values())
        .filter(note -> note.code().equals(query.text(NAME)))
        .findFirst()
        .map(
            note ->
                new PortalFrame.Note(note.tone(), TimedText.of(words.text("note." + note.code()))))
        .orElse(PortalFrame.Note.NONE);
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
      // Nothing else is scheduled: they are due.
    }
    return TimedText.of(words.count("note.resumed-now", count, more));
  }
}
