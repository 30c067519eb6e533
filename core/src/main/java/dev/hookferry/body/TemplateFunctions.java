package dev.hookferry.body;

import dev.hookferry.body.TemplateNode.Operation;
import dev.hookferry.internal.json.JsonType;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operations of the template functions that take only values, of dates and of truncation. */
final class TemplateFunctions {
  private static final int MAX_DIGITS = 1_000;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?0*+[0-9]{1,5})?");

  private TemplateFunctions() {}

  /** Returns the operation of a function whose arguments are all values. */
  static Operation of(TemplateFunction function) {
    return switch (function) {
      case EQUALS -> (values, run) -> TemplateValue.of(values.get(0).isSame(values.get(1)));
      case CONCAT -> (values, run) -> run.text(joined(values, ""));
      case JOIN -> TemplateFunctions::join;
      case STRING -> text(text -> text);
      case NUMBER -> (values, run) -> number(values.get(0));
      case UPPER -> text(text -> text.toUpperCase(Locale.ROOT));
      case LOWER -> text(text -> text.toLowerCase(Locale.ROOT));
      default -> throw new IllegalArgumentException(function + " is not a plain value function");
    };
  }

  /** Returns an operation that changes the text of a value; null stays null. */
  private static Operation text(UnaryOperator<String> change) {
    return (values, run) -> {
      String text = values.get(0).text();
      return run.text(text == null ? null : change.apply(text));
    };
  }

  private static TemplateValue join(List<TemplateValue> values, TemplateRun run) {
    TemplateValue array = values.get(0);
    String separator = values.get(1).text();
    return run.text(
        array.kind() == JsonType.ARRAY
            ? joined(array.elements(), separator == null ? "" : separator)
            : null);
  }

  private static String joined(List<TemplateValue> values, String separator) {
    StringBuilder joined = new StringBuilder();
    boolean isFirst = true;
    for (TemplateValue value : values) {
      String text = value.text();
      if (text != null) {
        joined.append(isFirst ? "" : separator).append(text);
        isFirst = false;
      }
    }
    return joined.toString();
  }

  private static TemplateValue number(TemplateValue value) {
    if (value.kind() == JsonType.NUMBER) {
      return value;
    }
    String text = value.kind() == JsonType.TEXT && value.size() <= MAX_DIGITS ? value.text() : null;
    return text == null || !NUMBER.matcher(text).matches()
        ? TemplateValue.NULL
        : TemplateValue.ofNumber(text);
  }

  /** Returns an operation that truncates the text of a value to {@code length} code points. */
  static Operation truncate(int length) {
    return text(text -> cut(text, length));
  }

  /** Truncates a string to {@code length} code points, the last of which is then an ellipsis. */
  static String cut(String text, int length) {
    if (text.length() <= length || text.codePointCount(0, text.length()) <= length) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
  }

  /** Returns an operation that formats times; null if there is no such format. */
  static @Nullable Operation date(String form) {
    return TemplateDate.of(form)
        .<Operation>map(date -> (values, run) -> date.write(values.get(0), run))
        .orElse(null);
  }
}
