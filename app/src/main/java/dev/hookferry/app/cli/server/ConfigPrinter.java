package dev.hookferry.app.cli.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import dev.hookferry.app.config.reading.EffectiveConfig;
import dev.hookferry.app.text.Table;

/** Prints the effective configuration with the origin of each value. */
final class ConfigPrinter {
  private ConfigPrinter() {}

  static void print(OutputOptions output, EffectiveConfig effective) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Table table = Table.of("KEY", "VALUE", "FROM");
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String value = effective.shown(key);
      String from = effective.origin(key).toString();
      json.putObject(key.name()).put("value", value).put("from", from);
      table.row(key.name(), value, from);
    }
    if (output.json()) {
      output.print(json);
    } else {
      output.table(table);
    }
  }
}
