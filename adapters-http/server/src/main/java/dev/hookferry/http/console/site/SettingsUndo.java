package dev.hookferry.http.console.site;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.MapKind;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.undo.UndoableChange;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.query.AuditQuery;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The form of a site's settings, prefilled with the values before a change, taken from the audit
 * log.
 *
 * @param by who made the change
 * @param values the former values as text, by field; other fields keep their current values
 * @param missing values that cannot be restored, as sentences
 */
public record SettingsUndo(
    String by, DisplayTime at, Map<String, String> values, List<String> missing) {
  private static final Set<AuditAction> ACTIONS = Set.of(AuditAction.SITE_CHANGED);

  /** Suffix of a value that the audit log has cut off. */
  private static final String CUT = "…";

  /** Returns whether an entry is a change that the form can undo. */
  static boolean isPossible(AuditEntry entry) {
    return ACTIONS.contains(entry.action())
        && entry.changes().stream().anyMatch(SettingsUndo::isRestorable);
  }

  /** Returns the path of the prefilled form. */
  static String path(AuditEntry entry) {
    return "/sites/" + entry.site() + "/settings?undo=" + FormValues.encoded(entry.at().toString());
  }

  /**
   * Returns the form with the values before the change at this time; null if there is none.
   *
   * @param current the settings that the site has now, by name
   */
  static @Nullable SettingsUndo of(Visit visit, String time, Map<String, Object> current) {
    AuditQuery changes = AuditQuery.ALL.site(visit.site()).actions(ACTIONS);
    return UndoableChange.find(visit, changes, time, SettingsUndo::isPossible)
        .map(change -> of(change.entry(), visit, current))
        .orElse(null);
  }

  private static SettingsUndo of(AuditEntry entry, Visit visit, Map<String, Object> current) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, Map<String, Object>> named = new LinkedHashMap<>();
    Set<String> missing = new LinkedHashSet<>();
    for (FieldChange change : entry.changes()) {
      String field = fieldOf(change);
      if (!isRestorable(change) || field == null) {
        missing.add(missing(change));
      } else if (field.equals(change.field())) {
        values.put(field, formText(field, change.before()));
      } else {
        restore(
            named.computeIfAbsent(field, name -> copy(SettingsPage.value(current, name))),
            change.field().substring(field.length() + 1),
            change.before());
      }
    }
    named.forEach((field, lines) -> values.put(field, MapSettingText.text(lines)));
    DisplayTime at = DisplayTime.of(entry.at(), visit.now());
    return new SettingsUndo(entry.actor().name(), at, values, List.copyOf(missing));
  }

  private static boolean isRestorable(FieldChange change) {
    String field = fieldOf(change);
    FieldSpec<?> spec = field == null ? null : SettingsPage.all().get(field);
    String before = change.before();
    return spec != null && !spec.isSecret() && (before == null || !before.endsWith(CUT));
  }

  /**
   * Returns the form's field for a change: the changed field, or the map that has it as a line;
   * null if there is none.
   */
  private static @Nullable String fieldOf(FieldChange change) {
    String name = change.field();
    return SettingsPage.all().entrySet().stream()
        .filter(
            one ->
                name.equals(one.getKey())
                    || (one.getValue().kind() instanceof MapKind
                        && name.startsWith(one.getKey() + ".")))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static String missing(FieldChange change) {
    String title = SettingLabels.title(change.field());
    return change.field().equals(PropertiesForm.SECRET)
        ? "The audit log does not have the former " + change.field() + ": type it again."
        : "The former value of " + title + " cannot be restored here.";
  }

  /**
   * Returns a former value as the form has it; if there was none, the default: the first choice, or
   * empty.
   */
  private static String formText(String field, @Nullable String before) {
    SettingInput input = SettingInput.of(Objects.requireNonNull(SettingsPage.all().get(field)));
    if (before == null) {
      return input.choices().isEmpty() ? "" : input.choices().get(0);
    }
    return input.control().equals("list") ? lines(before) : before;
  }

  private static String lines(String list) {
    return String.join("\n", items(list));
  }

  private static List<String> items(String list) {
    String inner = list.replaceAll("^\\[|\\]$", "");
    return inner.isEmpty() ? List.of() : List.of(inner.split(", ", -1));
  }

  private static Map<String, Object> copy(@Nullable Object value) {
    Map<String, Object> copy = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, one) -> copy.put(String.valueOf(name), one));
    }
    return copy;
  }

  /**
   * Restores a line of a map: a value, or a part of a rule such as {@code
   * order.paid.payloadFields}.
   */
  private static void restore(Map<String, Object> lines, String name, @Nullable String before) {
    int dot = name.lastIndexOf('.');
    boolean isFields = name.endsWith(".payloadFields");
    if (!isFields && !name.endsWith(".payload")) {
      put(lines, name, before);
      return;
    }
    Map<String, Object> rule = copy(lines.get(name.substring(0, dot)));
    put(rule, name.substring(dot + 1), before == null || !isFields ? before : items(before));
    put(lines, name.substring(0, dot), rule.isEmpty() ? null : rule);
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }
}
