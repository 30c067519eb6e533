package dev.hookferry.http.console.portal.forms;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Payload;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.words.Words;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an endpoint that a form has changed, carried in the query of its page.
 *
 * @param fields their codes in the query, in the order of the form; empty if nothing was changed
 */
public record SavedChanges(List<String> fields) {
  private static final String FIELD = "changed";
  private static final List<String> ALL = List.of("url", "name", "types", "filter", "headers");

  /**
   * Compares an endpoint with its state just before the change.
   *
   * @param hasOtherHeaders whether its headers differ, whose stored values cannot be compared
   */
  public static SavedChanges of(Endpoints.Changed changed, boolean hasOtherHeaders) {
    Endpoint before = changed.before();
    Endpoint after = changed.endpoint();
    Map<String, Boolean> differs = new LinkedHashMap<>();
    differs.put("url", !before.url().text().equals(after.url().text()));
    differs.put("name", !before.description().equals(after.description()));
    differs.put(
        "types", !new HashSet<>(before.eventTypes()).equals(new HashSet<>(after.eventTypes())));
    differs.put("filter", !json(before.filter()).equals(json(after.filter())));
    differs.put("headers", hasOtherHeaders);
    return new SavedChanges(ALL.stream().filter(one -> differs.getOrDefault(one, false)).toList());
  }

  private static String json(@Nullable Filter filter) {
    return filter == null ? "" : PrettyJson.of(Payload.of(filter.text()));
  }

  /** Returns the changes in a query; empty if it has none. */
  public static Optional<SavedChanges> in(FormValues query) {
    List<String> named = List.of(query.text(FIELD).split(",", -1));
    return query.has(FIELD)
        ? Optional.of(new SavedChanges(ALL.stream().filter(named::contains).toList()))
        : Optional.empty();
  }

  /** Returns these changes as a part of a query, to follow another part. */
  public String query() {
    return "&" + FIELD + "=" + String.join(",", fields);
  }

  /** Returns whether nothing was changed. */
  public boolean isNone() {
    return fields.isEmpty();
  }

  /** Returns a sentence that names the changed settings. */
  public String text(Words words) {
    if (fields.isEmpty()) {
      return words.text("saved.nothing");
    }
    List<String> names = fields.stream().map(one -> words.text("saved." + one)).toList();
    int last = names.size() - 1;
    String listed =
        last == 0
            ? names.get(0)
            : words.text("saved.and", String.join(", ", names.subList(0, last)), names.get(last));
    String text = words.text("saved.changed", listed);
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.forLanguageTag(words.tag()))
        + text.substring(first);
  }
}
