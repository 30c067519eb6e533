package dev.hookferry.http.console.site;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reader of the server properties form and its changes. */
final class PropertiesForm {
  static final String ENABLED = "webHooksEnabled";
  static final String SECRET = "webHookSecretKey";
  private static final String CARRIED = "change.";
  static final List<String> NUMBERS = List.of("webHookMaxRetries", "webHookRetryInterval");

  private PropertiesForm() {}

  /**
   * Returns the changes for the facade: only values that differ.
   *
   * @param current the current properties
   */
  static Map<String, Object> changes(Map<String, Object> current, FormValues form) {
    Map<String, Object> changes = new LinkedHashMap<>();
    current.forEach(
        (name, value) -> {
          if (!SettingsByName.QLM.contains(name)) {
            put(changes, name, String.valueOf(value), urls(name, String.valueOf(value), form));
          }
        });
    for (String name : NUMBERS) {
      put(changes, name, String.valueOf(current.get(name)), form.text(name));
    }
    boolean enabled = form.has(ENABLED);
    if (!Boolean.valueOf(enabled).equals(current.get(ENABLED))) {
      changes.put(ENABLED, enabled);
    }
    if (form.has("forget." + SECRET)) {
      put(changes, SECRET, String.valueOf(current.get(SECRET)), "");
    } else if (!form.raw(SECRET).isEmpty()) {
      changes.put(SECRET, form.raw(SECRET));
    }
    return changes;
  }

  /** Returns an endpoint's URL as the server properties write it, with semicolons encoded. */
  static String written(Endpoint endpoint) {
    return endpoint.url().text().replace(";", "%3B");
  }

  /**
   * Returns the pattern by which an endpoint is subscribed to a type; empty if it is the type's own
   * name.
   *
   * @return null if it is not subscribed to the type
   */
  static @Nullable String matchingPattern(Endpoint endpoint, EventType type) {
    List<String> patterns =
        endpoint.eventTypes().stream()
            .filter(filter -> filter.matches(type))
            .map(EventTypeFilter::pattern)
            .toList();
    return patterns.isEmpty() ? null : patterns.contains(type.name()) ? "" : patterns.get(0);
  }

  /** Returns changes as form fields, without the secret. */
  static Map<String, String> hiddenFields(Map<String, Object> changes) {
    Map<String, String> fields = new LinkedHashMap<>();
    changes.forEach(
        (name, value) -> {
          if (!name.equals(SECRET)) {
            fields.put(CARRIED + name, String.valueOf(value));
          }
        });
    return fields;
  }

  /** Returns the changes carried in a form's hidden fields. */
  static Map<String, Object> carried(FormValues form) {
    Map<String, Object> changes = new LinkedHashMap<>();
    for (String name : form.names().stream().sorted().toList()) {
      if (name.startsWith(CARRIED)) {
        changes.put(name.substring(CARRIED.length()), form.raw(name));
      }
    }
    return changes;
  }

  /** Splits an event's URLs at semicolons; leaves out empty ones. */
  static List<String> split(String value) {
    return Stream.of(value.split(";", -1)).map(String::strip).filter(u -> !u.isEmpty()).toList();
  }

  private static String urls(String name, String value, FormValues form) {
    Set<String> removed = Set.copyOf(form.texts("remove." + name));
    List<String> urls = new ArrayList<>(split(value));
    urls.removeIf(removed::contains);
    urls.addAll(split(form.text("add." + name)));
    return urls.stream().distinct().collect(Collectors.joining(";"));
  }

  private static void put(Map<String, Object> changes, String name, String before, String after) {
    if (!before.equals(after)) {
      changes.put(name, after);
    }
  }
}
