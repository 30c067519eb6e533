package dev.hookferry.http.console.list;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import java.util.List;

/**
 * The user's chosen columns of a list, from the URL or else from the cookie of the last choice.
 * Without a choice, the site's first search field is a column.
 *
 * @param event whether the event's id is shown
 * @param code whether the status of the last response is shown
 * @param field the name of a payload field that is shown, or an empty text
 * @param isNew whether the choice comes from the URL
 */
public record Columns(boolean event, boolean code, String field, boolean isNew) {
  private static final String COOKIE = "hookferry-columns";
  private static final String COLUMN = "col";
  private static final String FIELD = "field";
  private static final int MAX_FIELD_LENGTH = 100;
  private static final int KEPT_SECONDS = 365 * 24 * 3600;

  /** The names of the query parameters. */
  static final List<String> NAMES = List.of(COLUMN, FIELD);

  /** Returns the columns of a visit; if nothing was chosen, the site's first search field. */
  public static Columns of(Visit visit) {
    FormValues query = visit.query();
    boolean isNew = query.has(COLUMN) || query.has(FIELD);
    String cookie = visit.request().cookie(COOKIE);
    if (!isNew && cookie == null) {
      return new Columns(false, false, searched(visit), false);
    }
    FormValues from = isNew || cookie == null ? query : FormValues.parse(cookie);
    String field = from.text(FIELD);
    return new Columns(
        from.texts(COLUMN).contains("event"),
        from.texts(COLUMN).contains("code"),
        field.length() <= MAX_FIELD_LENGTH ? field : "",
        isNew);
  }

  private static String searched(Visit visit) {
    List<String> names = visit.webhooks().settings().get(visit.site()).searchFields().names();
    return names.isEmpty() ? "" : names.get(0);
  }

  /** Returns the reply with a cookie that stores a new choice. The cookie contains nothing else. */
  public ConsoleReply keptBy(ConsoleReply reply) {
    if (!isNew) {
      return reply;
    }
    String value =
        COLUMN
            + "="
            + (event ? "&" + COLUMN + "=event" : "")
            + (code ? "&" + COLUMN + "=code" : "")
            + (field.isEmpty() ? "" : "&" + FIELD + "=" + FormValues.encoded(field));
    return reply.with(
        "Set-Cookie",
        COOKIE + "=" + value + "; Path=/; Max-Age=" + KEPT_SECONDS + "; HttpOnly; SameSite=Strict");
  }

  /** Returns the number of chosen columns, as text; empty if there are none. */
  public String chosen() {
    int count = (event ? 1 : 0) + (code ? 1 : 0) + (field.isEmpty() ? 0 : 1);
    return count == 0 ? "" : Integer.toString(count);
  }

  /** Returns a copy that shows the payload field only, if there is one. */
  public Columns fieldOnly() {
    return new Columns(false, false, field, false);
  }

  /** Returns whether a payload field is shown. */
  public boolean hasField() {
    return !field.isEmpty();
  }
}
