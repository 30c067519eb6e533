package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.OutputOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Prints the fields of an API object that a request has changed. */
public final class ChangedFields {
  private static final String NONE = "none";

  /** Endpoint fields that inherit the site's settings unless set. */
  private static final Set<String> FOLLOWING =
      Set.of("retry", "timeout", "limits", "egress", "qlmSecret");

  /** Selects display labels and human-readable values, rather than API names. */
  private final boolean isForPeople;

  private ChangedFields(boolean isForPeople) {
    this.isForPeople = isForPeople;
  }

  /**
   * Prints, for each field of the request, its changes such as {@code Retries: 5 → 7}, or that it
   * is unchanged; as JSON, the whole changed object.
   *
   * @param given the body of the request
   */
  public static void show(
      OutputOptions options, JsonNode before, JsonNode after, ObjectNode given) {
    new ChangedFields(true).print(options, before, after, given);
  }

  /** Prints like {@link #show}, with API names, such as {@code webHookMaxRetries: 5 → 7}. */
  public static void showNames(
      OutputOptions options, JsonNode before, JsonNode after, ObjectNode given) {
    new ChangedFields(false).print(options, before, after, given);
  }

  private void print(OutputOptions options, JsonNode before, JsonNode after, ObjectNode given) {
    if (options.json()) {
      options.print(after);
      return;
    }
    Set<String> fields = new LinkedHashSet<>();
    Iterator<String> names = given.fieldNames();
    while (names.hasNext()) {
      // Settings may be given by a path, such as portal.enabled.
      fields.add(names.next().split("\\.", 2)[0]);
    }
    for (String field : fields) {
      Map<String, String> old = flat(field, before.path(field));
      Map<String, String> now = flat(field, after.path(field));
      List<String> lines = lines(field, old, now);
      lines.forEach(options::line);
      if (lines.isEmpty()) {
        options.line(label(field) + ": " + unchanged(now));
      }
    }
  }

  private List<String> lines(String field, Map<String, String> old, Map<String, String> now) {
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    String before = otherwise(field, old);
    String after = otherwise(field, now);
    return names.stream()
        .filter(name -> !old.getOrDefault(name, before).equals(now.getOrDefault(name, after)))
        .map(
            name ->
                "%s: %s → %s"
                    .formatted(
                        label(name), old.getOrDefault(name, before), now.getOrDefault(name, after)))
        .toList();
  }

  /** Returns the word for a part of a field that has no value. */
  private String otherwise(String field, Map<String, String> values) {
    return isForPeople && values.isEmpty() ? emptyLabel(field) : NONE;
  }

  /** Returns the word for a field without a value: {@code the site's} if it inherits. */
  public static String emptyLabel(String field) {
    return FOLLOWING.contains(field) ? "the site's" : NONE;
  }

  private String label(String name) {
    return isForPeople ? DetailLabels.of(name) : name;
  }

  /** Returns {@code saved} for secrets: as they are masked, a change is not visible. */
  private static String unchanged(Map<String, String> now) {
    boolean hasSecrets = now.values().stream().anyMatch(text -> text.startsWith("***"));
    return hasSecrets ? "saved" : "unchanged";
  }

  /** Returns the values of a field by their paths. */
  private Map<String, String> flat(String field, JsonNode value) {
    Map<String, String> texts = new LinkedHashMap<>();
    flatten(texts, field, value);
    return texts;
  }

  private void flatten(Map<String, String> texts, String name, JsonNode value) {
    if (value.isObject() && !FieldLines.EXPRESSIONS.contains(name)) {
      value
          .properties()
          .forEach(entry -> flatten(texts, name + "." + entry.getKey(), entry.getValue()));
    } else if (!TableListing.text(value).isEmpty()) {
      String text = isForPeople ? FieldLines.text(name, value) : TableListing.text(value);
      texts.put(name, text + (isForPeople ? DetailLabels.unit(name) : ""));
    }
  }
}
