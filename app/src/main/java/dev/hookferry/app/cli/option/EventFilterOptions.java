package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options {@code --type} and {@code --field} of commands that select events or their
 * deliveries.
 */
public final class EventFilterOptions {
  @Mixin private TypesOption types = new TypesOption();

  @Option(
      names = "--field",
      paramLabel = "NAME=VALUE",
      description =
          "Only with this value in one of the site's searchFields; if repeated, in all of them.")
  private @Nullable List<String> fields;

  /** Returns whether a field is asked for. */
  public boolean hasFields() {
    return fields != null;
  }

  /** Returns a path with these filters. */
  public Path with(Path path, SiteOptions site) {
    return withPairs(types.with(path, site), "field", fields);
  }

  /** Adds these filters to a request, as far as there are any. */
  public void addTo(ObjectNode body, SiteOptions site) {
    types.addTo(body, site);
    EventOptionsMixin.addPairs(body, "fields", "--field", fields);
  }

  /** Returns a path with a parameter {@code name:value} for each option {@code name=value}. */
  public static Path withPairs(Path path, String parameter, @Nullable List<String> pairs) {
    Path all = path;
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      int end = EventOptionsMixin.separator("--" + parameter, pair);
      all = all.with(parameter, pair.substring(0, end) + ":" + pair.substring(end + 1));
    }
    return all;
  }
}
