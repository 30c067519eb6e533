package dev.hookferry.http.console.text;

import dev.hookferry.event.Payload;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a form or the parameters of a query. Immutable. */
public final class FormValues {
  private static final int MAX = 5_000;

  private final Map<String, List<String>> all = new LinkedHashMap<>();

  private FormValues() {}

  /** Parses {@code application/x-www-form-urlencoded}. */
  public static FormValues parse(String encoded) {
    FormValues values = new FormValues();
    int count = 0;
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (pair.isEmpty() || ++count > MAX) {
        continue;
      }
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      values.all.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
    return values;
  }

  public static FormValues parse(Payload body) {
    return parse(body.text());
  }

  /**
   * Parses a form that may have files, each of which is a value in base64.
   *
   * @param contentType that of the body; null if unknown
   */
  public static FormValues parse(Payload body, @Nullable String contentType) {
    return MultipartForm.parse(body, contentType == null ? "" : contentType)
        .map(
            all -> {
              FormValues values = new FormValues();
              values.all.putAll(all);
              return values;
            })
        .orElseGet(() -> parse(body));
  }

  /** Returns the first value without surrounding spaces; empty if absent. */
  public String text(String name) {
    return raw(name).strip();
  }

  /** Returns the first value unchanged; empty if absent. */
  public String raw(String name) {
    List<String> values = all.get(name);
    return values == null ? "" : values.get(0);
  }

  /** Returns all values of a name, in order. */
  public List<String> texts(String name) {
    return List.copyOf(all.getOrDefault(name, List.of()));
  }

  public boolean has(String name) {
    return all.containsKey(name);
  }

  public Set<String> names() {
    return Set.copyOf(all.keySet());
  }

  /** Returns all values as a query, without empty ones. */
  public String query() {
    StringBuilder query = new StringBuilder();
    all.forEach(
        (key, values) -> {
          for (String text : values) {
            if (!text.isEmpty()) {
              query.append(query.isEmpty() ? "?" : "&").append(encoded(key));
              query.append('=').append(encoded(text));
            }
          }
        });
    return query.toString();
  }

  /** Returns a copy with one value changed. */
  public String queryWith(String name, String value) {
    FormValues changed = copy();
    changed.all.put(name, List.of(value));
    return changed.query();
  }

  /** Returns a copy with the given values of a name. */
  public FormValues with(String name, List<String> values) {
    FormValues changed = copy();
    changed.all.put(name, List.copyOf(values));
    return changed;
  }

  /** Returns a copy without a name. */
  public FormValues without(String name) {
    FormValues changed = copy();
    changed.all.remove(name);
    return changed;
  }

  /** Returns a copy without one of a name's values. */
  public FormValues without(String name, String value) {
    FormValues changed = copy();
    changed.all.computeIfPresent(
        name, (n, values) -> values.stream().filter(v -> !v.strip().equals(value)).toList());
    return changed;
  }

  private FormValues copy() {
    FormValues copy = new FormValues();
    copy.all.putAll(all);
    return copy;
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Decodes percent-encoding; malformed text, which no browser sends, stays as it is. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
