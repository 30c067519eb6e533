package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.value.ValueKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A configuration key. Its variable is derived from its name: {@code outbound.allowHttp} becomes
 * {@code HOOKFERRY_OUTBOUND_ALLOW_HTTP}.
 *
 * @param name as in the file, with dots between groups
 * @param form the kind of its value
 * @param fallback its default as text; empty for none, an empty list or the empty text
 * @param flag its flag, or null for secrets, since other users can read command lines
 * @param help its description, as a sentence
 */
public record ConfigKey<T>(
    String name, ValueKind<T> form, String fallback, @Nullable String flag, String help) {
  /** The prefix of every variable. */
  public static final String VARIABLE_PREFIX = "HOOKFERRY_";

  /** Returns whether the value is secret and must not be shown. */
  public boolean isSecret() {
    return flag == null;
  }

  /** Returns whether the key takes several values. */
  public boolean isList() {
    return form.isList();
  }

  /** Returns whether the flag may be given without a value. */
  public boolean isSwitch() {
    return form.isSwitch();
  }

  /** Returns the name of the value in help texts. */
  public String label() {
    return form.label();
  }

  /** Returns a description of valid values. */
  public String shape() {
    return form.shape();
  }

  /** Returns the name of the environment variable. */
  public String variable() {
    return VARIABLE_PREFIX
        + name.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** Returns the regular expression of the separator between the elements of a list. */
  public String separator() {
    return form.separator();
  }

  /** Splits a string into the strings of a value: lists are comma-separated. */
  List<String> texts(String text) {
    if (!isList()) {
      return List.of(text);
    }
    return List.of(text.split(form.separator(), -1)).stream()
        .map(String::strip)
        .filter(piece -> !piece.isEmpty())
        .toList();
  }
}
