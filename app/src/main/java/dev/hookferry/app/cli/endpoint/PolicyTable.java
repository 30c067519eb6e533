package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.text.Table;

/** Table of the settings in force for an endpoint, each with its origin. */
public final class PolicyTable {
  private PolicyTable() {}

  /** Prints the API's response as a table, or unchanged as JSON. */
  public static void show(SiteOptions site, JsonNode policy) {
    if (site.json()) {
      site.print(policy);
      return;
    }
    Table table = Table.of("SETTING", "VALUE", "FROM");
    policy
        .properties()
        .forEach(
            setting ->
                table.row(
                    setting.getKey(),
                    text(setting.getValue().path("value")),
                    setting.getValue().path("origin").asText()));
    site.table(table);
  }

  /** Returns a value as text; a retry rule in the syntax of {@code --retry}, and in words. */
  private static String text(JsonNode value) {
    if (value.has("schedule")) {
      return TableListing.text(value.path("schedule"));
    }
    if (value.has("maxRetries")) {
      return "%s:%s:%s (%s)"
          .formatted(
              value.path("maxRetries").asText(),
              value.path("intervalSeconds").asText(),
              value.path("backoff").asText(),
              inWords(
                  value.path("maxRetries").asInt(),
                  value.path("intervalSeconds").asText(),
                  value.path("backoff").asText().equals("fixed")));
    }
    String text = TableListing.text(value);
    return text.isEmpty() ? "none" : text;
  }

  private static String inWords(int retries, String seconds, boolean isFixed) {
    return switch (retries) {
      case 0 -> "no retries";
      case 1 -> "1 retry, after " + seconds + " s";
      default ->
          retries
              + " retries, "
              + (isFixed
                  ? "every " + seconds + " s"
                  : "the first after " + seconds + " s, then doubling");
    };
  }
}
