package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The option {@code --type} of commands that select by event type. */
public final class TypesOption {
  private static final String NAME = "--type";
  private static final int PAGE = 500;
  private static final int FORBIDDEN = 403;

  @Option(
      names = NAME,
      paramLabel = "TYPE",
      split = ",",
      description = {
        "Only this event type, or all with a prefix, such as 'license_*'; repeatable, or separated by",
        "commas."
      })
  private List<String> types = new ArrayList<>();

  /**
   * Returns the path of a list with a parameter for each type or pattern.
   *
   * @param path the path of the list with all other parameters
   * @param problems the errors in the options that were read so far
   * @throws InvalidException with all problems, including those that the server finds
   */
  public Path checked(Path path, SiteOptions site, OptionProblems problems) {
    Boolean all = problems.ask(() -> exact(site).isEmpty());
    problems.throwIfAny(() -> site.client().get(path.with("limit", 1)));
    return Boolean.FALSE.equals(all) ? path.withAll("type", types) : path;
  }

  /** Adds the types to a request, if there are any, and returns it. */
  ObjectNode addTo(ObjectNode body, SiteOptions site) {
    List<String> exact = exact(site);
    if (!exact.isEmpty()) {
      exact.forEach(body.putArray("types")::add);
    }
    return body;
  }

  /**
   * Returns the types, with patterns expanded to the site's types unless the key may not list them;
   * empty for all. Only warns about an unknown type, since past events may still be of that type.
   */
  private List<String> exact(SiteOptions site) {
    if (types.isEmpty() || types.contains("*")) {
      return List.of();
    }
    Set<String> known;
    try {
      known = known(site);
    } catch (ApiException e) {
      if (e.status() == FORBIDDEN) {
        return types;
      }
      throw e;
    }
    Set<String> exact = new LinkedHashSet<>();
    types.forEach(type -> exact.addAll(exact(type, known, site)));
    return List.copyOf(exact);
  }

  private static Set<String> known(SiteOptions site) {
    Set<String> known = new LinkedHashSet<>();
    known.add(EventType.TEST.name());
    Path first = site.path("event-types").with("limit", PAGE);
    JsonNode page = site.client().get(first);
    page.path("data").forEach(type -> known.add(type.path("type").asText()));
    while (page.hasNonNull("next")) {
      page = site.client().get(first.with("cursor", page.path("next").asText()));
      page.path("data").forEach(type -> known.add(type.path("type").asText()));
    }
    return known;
  }

  private static List<String> exact(String type, Set<String> known, SiteOptions site) {
    if (!type.endsWith("*")) {
      if (!known.contains(type)) {
        site.warn(type + " is not a declared event type of this site" + Nearest.hint(type, known));
      }
      return List.of(type);
    }
    String beginning = type.substring(0, type.length() - 1);
    List<String> found = known.stream().filter(name -> name.startsWith(beginning)).toList();
    if (found.isEmpty()) {
      throw InvalidException.of(
          NAME,
          "must match an event type of this site (got "
              + type
              + "); "
              + site.suggested("event-types list")
              + " shows all");
    }
    return found;
  }
}
