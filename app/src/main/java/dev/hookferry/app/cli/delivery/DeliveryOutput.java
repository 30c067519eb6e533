package dev.hookferry.app.cli.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.option.SiteOptions;
import java.util.function.Function;

/**
 * Prints the deliveries that a command changed: as text, one line each, immediately; as JSON, one
 * object or, if several ids were given, a list at the end, even if the command fails midway.
 */
final class DeliveryOutput implements AutoCloseable {
  private final SiteOptions site;
  private final boolean areSeveral;
  private final ArrayNode all = JsonNodeFactory.instance.arrayNode();

  DeliveryOutput(SiteOptions site, boolean areSeveral) {
    this.site = site;
    this.areSeveral = areSeveral;
  }

  /** Prints a delivery, or keeps it for the list. */
  void add(JsonNode delivery, Function<JsonNode, String> line) {
    if (!site.json()) {
      site.line(line.apply(delivery));
    } else {
      addJson(delivery);
    }
  }

  /** Prints a delivery as JSON, or keeps it for the list. */
  void addJson(JsonNode delivery) {
    if (areSeveral) {
      all.add(delivery);
    } else {
      site.print(delivery);
    }
  }

  @Override
  public void close() {
    if (areSeveral && site.json()) {
      site.print(JsonNodeFactory.instance.objectNode().set("data", all));
    }
  }
}
