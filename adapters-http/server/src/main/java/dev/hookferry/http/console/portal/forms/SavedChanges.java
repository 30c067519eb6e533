package dev.hookferry.http.console.portal.forms;

import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.Payload;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EventType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an endpoint that a form has changed, carried in the query of its page.
 *
 * @param fields their codes in the query, in the order of the form; empty if nothing was changed
 * @param gained the first event types that it did not get before
 */
public record SavedChanges(List<String> fields, List<String> gained) {
  private static final String FIELD = "changed";
  private static final String GAINED = "gained";
  private static final String TYPES = "types";

  /** Maximum number of new event types that are named. */
  private static final int NAMED = 3;

  private static final List<String> ALL = List.of("url", "name", TYPES, "filter", "headers");

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
        TYPES, !new HashSet<>(before.eventTypes()).equals(new HashSet<>(after.eventTypes())));
    differs.put("filter", !json(before.filter()).equals(json(after.filter())));
    differs.put("headers", hasOtherHeaders);
    return new SavedChanges(
        ALL.stream().filter(one -> differs.getOrDefault(one, false)).toList(),
        after.eventTypes().stream()
            .filter(one -> before.eventTypes().stream().noneMatch(other -> covers(other, one)))
            .map(EventTypeFilter::pattern)
            .limit(NAMED + 1)
            .toList());
  }

  private static boolean covers(EventTypeFilter old, EventTypeFilter now) {
    return now.isExact()
        ? old.matches(new EventType(now.pattern()))
        : !old.isExact() && now.pattern().startsWith(old.pattern().replace("*", ""));
  }

  /**
   * Returns a sentence about the event types in a query that an endpoint did not get before the
   * change; empty if there are none.
   */
  public static String gained(FormValues query, Endpoint endpoint, Words words) {
    Set<String> subscribed =
        endpoint.eventTypes().stream().map(EventTypeFilter::pattern).collect(Collectors.toSet());
    List<String> all =
        Stream.of(query.text(GAINED).split(",", -1)).filter(subscribed::contains).toList();
    if (all.isEmpty()) {
      return "";
    }
    return all.size() > NAMED || all.contains("*")
        ? words.text("saved.gets-more")
        : words.text("saved.gets", listed(all, words));
  }

  private static String json(@Nullable Filter filter) {
    return filter == null ? "" : PrettyJson.of(Payload.of(filter.text()));
  }

  /** Returns the changes in a query; empty if it has none. */
  public static Optional<SavedChanges> in(FormValues query) {
    List<String> named = List.of(query.text(FIELD).split(",", -1));
    return query.has(FIELD)
        ? Optional.of(
            new SavedChanges(
                ALL.stream().filter(named::contains).toList(),
                query.has(GAINED) ? List.of(query.text(GAINED)) : List.of()))
        : Optional.empty();
  }

  /** Returns these changes as a part of a query, to follow another part. */
  public String query() {
    String more = gained.isEmpty() ? "" : "&" + GAINED + "=" + String.join(",", gained);
    return "&" + FIELD + "=" + String.join(",", fields) + more;
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
    if (fields.equals(List.of(TYPES)) && !gained.isEmpty()) {
      return words.text("saved.done");
    }
    List<String> names = fields.stream().map(one -> words.text("saved." + one)).toList();
    String text = words.text("saved.changed", listed(names, words));
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.forLanguageTag(words.tag()))
        + text.substring(first);
  }

  private static String listed(List<String> names, Words words) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : words.text("saved.and", String.join(", ", names.subList(0, last)), names.get(last));
  }
}
