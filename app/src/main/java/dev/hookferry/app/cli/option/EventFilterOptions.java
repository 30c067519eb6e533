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
          "Only events with this value in one of the site's searchFields; repeat it to require several.")
  private @Nullable List<String> fields;

  /** Returns whether the events are filtered by a field. */
  public boolean hasFields() {
    return fields != null;
  }

  /**
   * Returns the path of a list with these filters.
   *
   * @param path the path of the list with all other parameters
   * @param problems the errors in the options that were read so far
   * @throws dev.hookferry.refusal.InvalidException with all problems, including the server's
   */
  public Path checked(Path path, SiteOptions site, OptionProblems problems) {
    return types.checked(withPairs(path, "field", fields, problems), site, problems);
  }

  /** Adds these filters to a request, if there are any; collects the errors in them. */
  public void addTo(ObjectNode body, SiteOptions site, OptionProblems problems) {
    ObjectNode unused = problems.ask(() -> types.addTo(body, site));
    problems.check(() -> EventOptionsMixin.addPairs(body, "fields", "--field", fields));
  }

  /**
   * Returns a path with a parameter {@code name:value} for each option {@code name=value}; collects
   * the errors in malformed ones.
   */
  public static Path withPairs(
      Path path, String parameter, @Nullable List<String> pairs, OptionProblems problems) {
    Path all = path;
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      Integer end = problems.read(() -> EventOptionsMixin.separator("--" + parameter, pair));
      if (end != null) {
        all = all.with(parameter, pair.substring(0, end) + ":" + pair.substring(end + 1));
      }
    }
    return all;
  }
}
