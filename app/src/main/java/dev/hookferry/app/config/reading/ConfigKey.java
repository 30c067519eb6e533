package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.value.ValueKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration. Its variable follows from its name: {@code outbound.allowHttp} is
 * {@code HOOKFERRY_OUTBOUND_ALLOW_HTTP}.
 *
 * @param name as in the file, with dots between groups
 * @param form what it may be
 * @param fallback its default as text; empty for none, an empty list or the empty text
 * @param flag its flag, or null for secrets: everybody on the machine can read a command line
 * @param help what it does, as a sentence
 */
public record ConfigKey<T>(
    String name, ValueKind<T> form, String fallback, @Nullable String flag, String help) {
  /** How every variable begins. */
  public static final String VARIABLE_PREFIX = "HOOKFERRY_";

  /** Whether its value must not be shown. */
  public boolean isSecret() {
    return flag == null;
  }

  /** Whether it takes several values. */
  public boolean isList() {
    return form.isList();
  }

  /** Whether its flag can do without a value. */
  public boolean isSwitch() {
    return form.isSwitch();
  }

  /** What the value is called in the help. */
  public String label() {
    return form.label();
  }

  /** What the value must be, in words. */
  public String shape() {
    return form.shape();
  }

  /** The environment variable. */
  public String variable() {
    return VARIABLE_PREFIX
        + name.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** A single text as the texts of a value: a list is separated by commas. */
  List<String> texts(String text) {
    if (!isList()) {
      return List.of(text);
    }
    return List.of(text.split(",", -1)).stream()
        .map(String::strip)
        .filter(piece -> !piece.isEmpty())
        .toList();
  }
}
