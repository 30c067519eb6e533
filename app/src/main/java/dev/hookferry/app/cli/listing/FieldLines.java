package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.text.Table;

/** Prints an object of the API as a table of fields. */
public final class FieldLines {
  private FieldLines() {}

  /** Prints the object; omits null and empty fields. */
  public static void show(OutputOptions options, JsonNode thing) {
    if (options.json()) {
      options.print(thing);
      return;
    }
    Table table = Table.of("FIELD", "VALUE");
    add(table, "", thing);
    options.table(table);
  }

  private static void add(Table table, String prefix, JsonNode object) {
    object
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              String name = prefix + entry.getKey();
              if (value.isObject()) {
                add(table, name + ".", value);
              } else if (!TableListing.text(value).isEmpty()) {
                table.row(name, TableListing.text(value));
              }
            });
  }
}
