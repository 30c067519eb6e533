package dev.hookferry.http.console.site;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.navigation.LastChange;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Content of the server properties page.
 *
 * @param events one row for each event type
 * @param maxRetries {@code webHookMaxRetries}, as typed
 * @param retryInterval {@code webHookRetryInterval}, as typed
 * @param secretSet whether there is a secret key
 * @param enabled {@code webHooksEnabled}
 * @param problems the errors in the form, by field
 * @param changed the last change, with the path to undo it; null if unknown
 * @param undo the change that the form undoes, or null
 */
public record PropertiesView(
    List<Row> events,
    String maxRetries,
    String retryInterval,
    boolean secretSet,
    boolean enabled,
    List<Problem> problems,
    @Nullable LastChange changed,
    @Nullable PropertiesUndo undo) {

  /**
   * An event type.
   *
   * @param description QLM's description, or a generic one for a type of the site
   * @param urls its URLs, up to the maximum shown
   * @param others number of URLs not shown
   * @param added the URL typed to be added
   */
  public record Row(String name, String description, List<Url> urls, int others, String added) {
    private static final int FIRST = 5;

    /** Returns the URLs that are always in view. */
    public List<Url> first() {
      return urls.subList(0, Math.min(FIRST, urls.size()));
    }

    /** Returns the URLs below the fold. */
    public List<Url> further() {
      return urls.subList(Math.min(FIRST, urls.size()), urls.size());
    }

    /** Returns whether one below the fold is ticked for removal. */
    public boolean isOpen() {
      return further().stream().anyMatch(Url::removed);
    }
  }

  /**
   * A URL of an event type.
   *
   * @param name its endpoint's description; empty if it has none
   * @param via the pattern by which its endpoint is subscribed, such as {@code *}; empty if it is
   *     subscribed by name
   * @param removed whether it is ticked for removal
   */
  public record Url(String text, String name, String via, boolean removed) {}

  /** Maximum number of URLs shown per event; the endpoints page has the rest. */
  private static final int MAX_URLS = 20;

  static PropertiesView of(
      Map<String, Object> present,
      List<Endpoint> endpoints,
      FormValues form,
      List<Problem> problems) {
    List<Row> rows = new ArrayList<>();
    present.forEach(
        (name, value) -> {
          if (!SettingsByName.QLM.contains(name)) {
            List<String> urls = PropertiesForm.split(String.valueOf(value));
            rows.add(
                new Row(
                    name,
                    described(name),
                    urls(name, urls.stream().limit(MAX_URLS).toList(), endpoints, form),
                    Math.max(0, urls.size() - MAX_URLS),
                    form.text("add." + name)));
          }
        });
    boolean typed = form.has("webHookMaxRetries");
    return new PropertiesView(
        rows,
        inputValue(present, form, "webHookMaxRetries"),
        inputValue(present, form, "webHookRetryInterval"),
        !String.valueOf(present.get(PropertiesForm.SECRET)).isEmpty(),
        typed
            ? form.has(PropertiesForm.ENABLED)
            : Boolean.TRUE.equals(present.get(PropertiesForm.ENABLED)),
        problems,
        null,
        null);
  }

  PropertiesView changed(LastChange last) {
    return new PropertiesView(
        events, maxRetries, retryInterval, secretSet, enabled, problems, last, undo);
  }

  PropertiesView undoing(@Nullable PropertiesUndo change) {
    return new PropertiesView(
        events, maxRetries, retryInterval, secretSet, enabled, problems, changed, change);
  }

  /** Returns the URLs that are shown, each with the pattern by which it is subscribed. */
  private static List<Url> urls(
      String name, List<String> urls, List<Endpoint> endpoints, FormValues form) {
    Set<String> removed = Set.copyOf(form.texts("remove." + name));
    Map<String, String> patterns = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    EventType type = new EventType(name);
    // Matching patterns is slower than comparing URLs, and there may be thousands of endpoints.
    Set<String> shown = Set.copyOf(urls);
    for (Endpoint endpoint : endpoints) {
      String url = PropertiesForm.written(endpoint);
      String via = shown.contains(url) ? PropertiesForm.matchingPattern(endpoint, type) : null;
      if (via != null) {
        patterns.merge(url, via, (one, other) -> one.isEmpty() ? one : other);
        names.merge(url, endpoint.description(), (one, other) -> one.isEmpty() ? other : one);
      }
    }
    return urls.stream()
        .map(
            url ->
                new Url(
                    url,
                    names.getOrDefault(url, ""),
                    patterns.getOrDefault(url, ""),
                    removed.contains(url)))
        .toList();
  }

  /** Returns the error message of a field; empty if there is none. */
  public String wrong(String field) {
    return FieldErrors.with(field, problems);
  }

  private static String inputValue(Map<String, Object> present, FormValues form, String name) {
    return form.has(name) ? form.raw(name) : String.valueOf(present.get(name));
  }

  private static String described(String name) {
    EventType type = new EventType(name);
    if (!EventCatalog.QLM_EVENTS.contains(type)) {
      return "an event type of this site";
    }
    int underscore = name.indexOf('_');
    String verb = name.substring(underscore + 1);
    return "a "
        + name.substring(0, underscore)
        + " is "
        + (verb.equals("released") ? "deactivated" : verb);
  }
}
