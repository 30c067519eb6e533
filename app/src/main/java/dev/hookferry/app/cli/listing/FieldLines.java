package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.text.RelativeTime;
import dev.hookferry.app.text.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Prints an object of the API as a table of fields. */
public final class FieldLines {
  private FieldLines() {}

  /** Prints the object; omits null and empty fields, except values with an origin. */
  public static void show(OutputOptions options, JsonNode thing) {
    if (options.json()) {
      options.print(thing);
      return;
    }
    Table table = Table.of("FIELD", "VALUE");
    UnaryOperator<String> shown = UnaryOperator.identity();
    if (options.terminal().isThere()) {
      Instant now = InstantSource.system().instant();
      shown = text -> withAge(text, now);
    }
    add(table, "", thing, shown);
    options.table(table);
  }

  /** Returns a time together with how long ago it was, and anything else unchanged. */
  private static String withAge(String text, Instant now) {
    String age = RelativeTime.of(text, now);
    return age.equals(text) ? text : text + " (" + age + ")";
  }

  private static void add(
      Table table, String prefix, JsonNode object, UnaryOperator<String> shown) {
    object
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              String name = prefix + entry.getKey();
              if (value.isObject()) {
                add(table, name + ".", value, shown);
              } else if (!TableListing.text(value).isEmpty()) {
                table.row(name, shown.apply(TableListing.text(value)));
              } else if (value.isNull() && object.has("origin")) {
                table.row(name, "none");
              }
            });
  }
}
