package dev.hookferry.http.console.site;

import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldFold;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.GroupKind;
import dev.hookferry.field.IntegerKind;
import dev.hookferry.field.JsonKind;
import dev.hookferry.field.ListKind;
import dev.hookferry.field.MapKind;
import dev.hookferry.field.OutputKind;
import dev.hookferry.field.SpanKind;
import dev.hookferry.field.TextKind;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Form control of a setting.
 *
 * @param control flag, choice, list, number or text
 * @param choices the options; empty unless it is a choice
 * @param isNamed whether each line has a name and a value
 * @param reader converts the setting's name and the text entered to its value
 */
record SettingInput(
    String control,
    List<String> choices,
    boolean isNamed,
    BiFunction<String, String, Object> reader) {
  private static final SettingInput TEXT = of("text", (name, text) -> text);

  /** The number for which 0 means the server's value; the form shows an empty field instead. */
  private static final String INHERITED = "endpointConcurrency";

  /** Returns the input of a field that is not a group. */
  static SettingInput of(FieldSpec<?> field) {
    return field.kind().fold(new ByKind());
  }

  private static SettingInput of(String control, BiFunction<String, String, Object> reader) {
    return new SettingInput(control, List.of(), false, reader);
  }

  /**
   * Returns the value of a setting.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is not a valid value
   */
  Object value(String name, String text) {
    return reader.apply(name, text);
  }

  /** Selection of the input by field kind. */
  private static final class ByKind implements FieldFold<SettingInput> {
    @Override
    public SettingInput text(TextKind kind) {
      return TEXT;
    }

    @Override
    public SettingInput choice(ChoiceKind kind) {
      return new SettingInput("choice", kind.words(), false, (name, text) -> text);
    }

    @Override
    public SettingInput integer(IntegerKind kind) {
      return of("number", SettingInput::whole);
    }

    @Override
    public SettingInput flag() {
      return of("flag", (name, text) -> text.equals("on"));
    }

    @Override
    public SettingInput time() {
      return TEXT;
    }

    @Override
    public SettingInput span(SpanKind kind) {
      return TEXT;
    }

    @Override
    public SettingInput list(ListKind<?> kind) {
      return of(
          "list",
          (name, text) -> text.lines().map(String::strip).filter(item -> !item.isEmpty()).toList());
    }

    @Override
    public SettingInput map(MapKind<?> kind) {
      return new SettingInput(
          "list", List.of(), true, (name, text) -> MapSettingText.parse(name, kind, text));
    }

    @Override
    public SettingInput json(JsonKind<?> kind) {
      return TEXT;
    }

    @Override
    public SettingInput group(GroupKind<?> kind) {
      throw new IllegalStateException("a group is entered field by field");
    }

    @Override
    public SettingInput output(OutputKind kind) {
      throw new IllegalStateException("a field that is only shown is not entered");
    }
  }

  /** Returns a value as the form shows it: empty if the server's value applies. */
  static String shown(String name, String text) {
    return name.equals(INHERITED) && text.equals("0") ? "" : text;
  }

  /**
   * Returns whether the text entered equals the stored value; for a choice, none means the default.
   */
  static boolean isSame(FieldSpec<?> field, String stored, String typed) {
    return switch (of(field).control()) {
      case "flag" -> isOn(stored) == isOn(typed);
      case "choice" -> orDefault(field, stored).equals(typed);
      default -> stored.strip().equals(typed.replace("\r\n", "\n"));
    };
  }

  private static String orDefault(FieldSpec<?> field, String stored) {
    String defaultValue = field.fallback();
    return stored.isEmpty() && defaultValue != null ? defaultValue : stored.strip();
  }

  private static boolean isOn(String value) {
    return value.equals("true") || value.equals("on");
  }

  /** Parses a number; returns any other text unchanged for the setting's own rule to report. */
  private static Object whole(String name, String text) {
    if (name.equals(INHERITED) && text.isEmpty()) {
      return 0;
    }
    return text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
  }
}
