package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.text.PrettyTree;
import dev.hookferry.app.text.RelativeTime;
import dev.hookferry.app.text.Table;
import dev.hookferry.app.text.TableColumn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Prints an object of the API as a table of fields, with display labels. */
public final class FieldLines {
  /** Objects that users write as JSON, by path. */
  static final Set<String> EXPRESSIONS = Set.of("filter", "body.template");

  private FieldLines() {}

  /** Prints the object; omits null and empty fields. */
  public static void show(OutputOptions options, JsonNode thing) {
    if (options.json()) {
      options.print(thing);
      return;
    }
    Table table = table();
    UnaryOperator<String> shown = UnaryOperator.identity();
    if (options.terminal().isInteractive()) {
      Instant now = InstantSource.system().instant();
      shown = text -> withAge(text, now);
    }
    add(table, "", thing, shown);
    options.table(table);
  }

  /** Returns an empty table of fields and their values. */
  public static Table table() {
    return Table.of(
        List.of(TableColumn.plain("FIELD"), new TableColumn("VALUE", TableColumn.Kind.TEXT)));
  }

  /** Prints an empty line, a heading and the JSON below it. */
  public static void json(OutputOptions options, String heading, JsonNode json) {
    options.line("");
    options.line(heading + ":");
    PrettyTree.of(json).lines().forEach(options::line);
  }

  /** Returns a time followed by its distance from now, and anything else unchanged. */
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
              String path = prefix + entry.getKey();
              if (value.isObject()
                  && !DetailLabels.PAIRS.contains(path)
                  && !EXPRESSIONS.contains(path)) {
                add(table, path + ".", value, shown);
              } else if (!TableListing.text(value).isEmpty()) {
                boolean isState = path.equals("health.state");
                String text =
                    isState ? EndpointListing.words(object) : shown.apply(text(path, value));
                table.row(DetailLabels.of(path), text + DetailLabels.unit(path));
              }
            });
  }

  /** Returns a value in human-readable form. */
  static String text(String path, JsonNode value) {
    if (EXPRESSIONS.contains(path)) {
      return value.toString();
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "yes" : "no";
    }
    if (value.isObject()) {
      return value.properties().stream()
          .map(pair -> pair.getKey() + "=" + pair.getValue().asText())
          .collect(Collectors.joining(", "));
    }
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(TableListing::text)
            .collect(Collectors.joining(", "))
        : TableListing.text(value);
  }
}
