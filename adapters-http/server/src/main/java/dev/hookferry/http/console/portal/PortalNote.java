package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.Words;
import java.util.Locale;
import java.util.stream.Stream;

/** Outcome of an action, carried in the query of the page that is shown next. */
enum PortalNote {
  RETRIED,
  ALL_RETRIED,
  PAUSED,
  RESUMED,
  SAVED,
  CREATED,
  REMOVED;

  private static final String NAME = "note";
  private static final String COUNTS = "[0-9]{1,3}";

  /** Returns a redirect to a page, which will show this. */
  ConsoleReply on(String path) {
    return ConsoleReply.seeOther(path + "?" + NAME + "=" + code());
  }

  /** Returns a redirect to a page, which will show this with two numbers. */
  ConsoleReply on(String path, int done, int not) {
    return ConsoleReply.seeOther(
        path + "?" + NAME + "=" + code() + "&done=" + done + "&not=" + not);
  }

  private String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the sentence; empty if the query has none. */
  static String of(FormValues query, Words words) {
    String done = query.text("done");
    String not = query.text("not");
    boolean counted = done.matches(COUNTS) && not.matches(COUNTS);
    return Stream.of(values())
        .filter(note -> note.code().equals(query.text(NAME)))
        .filter(note -> note != ALL_RETRIED || counted)
        .map(note -> words.text("note." + note.code(), done, not))
        .findFirst()
        .orElse("");
  }
}
