package dev.hookferry.http.console.site;

import dev.hookferry.event.EventCatalog;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The server properties as they are shown.
 *
 * @param events one row each
 * @param maxRetries QLM's setting, as typed
 * @param retryInterval QLM's setting, as typed
 * @param secretSet whether there is a secret key
 * @param enabled QLM's switch
 * @param problems what is wrong with what was typed, by field
 */
public record PropertiesView(
    List<Row> events,
    String maxRetries,
    String retryInterval,
    boolean secretSet,
    boolean enabled,
    List<Problem> problems) {

  /**
   * An event.
   *
   * @param description QLM's words, or ours for a type of the site's own
   * @param urls where it goes
   * @param removed which of them are ticked to be removed
   * @param added what was typed to be added
   */
  public record Row(
      String name, String description, List<String> urls, Set<String> removed, String added) {}

  static PropertiesView of(Map<String, Object> present, FormValues form, List<Problem> problems) {
    List<Row> rows = new ArrayList<>();
    present.forEach(
        (name, value) -> {
          if (!SettingsByName.QLM.contains(name)) {
            rows.add(
                new Row(
                    name,
                    described(name),
                    PropertiesForm.split(String.valueOf(value)),
                    Set.copyOf(form.texts("remove." + name)),
                    form.text("add." + name)));
          }
        });
    boolean typed = form.has("webHookMaxRetries");
    return new PropertiesView(
        rows,
        typed(present, form, "webHookMaxRetries"),
        typed(present, form, "webHookRetryInterval"),
        !String.valueOf(present.get(PropertiesForm.SECRET)).isEmpty(),
        typed
            ? form.has(PropertiesForm.ENABLED)
            : Boolean.TRUE.equals(present.get(PropertiesForm.ENABLED)),
        problems);
  }

  /** What is wrong with a field, or an empty text. */
  public String wrong(String field) {
    return FieldErrors.with(field, problems);
  }

  private static String typed(Map<String, Object> present, FormValues form, String name) {
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
