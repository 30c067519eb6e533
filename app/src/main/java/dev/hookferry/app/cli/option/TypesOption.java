package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --type} of commands that select by event type. */
public final class TypesOption {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "Only of this event type; if repeated or separated by commas, of any of them.")
  private List<String> types = new ArrayList<>();

  /** Returns a path with a parameter for each type. */
  public Path with(Path path) {
    return path.withAll("type", types);
  }

  /** Adds the types to a request, if there are any. */
  public void addTo(ObjectNode body) {
    if (!types.isEmpty()) {
      types.forEach(body.putArray("types")::add);
    }
  }
}
