package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Suggests existing names on the server that are close to a misspelled one. */
final class NameSuggestions {
  private static final int PAGE = 500;
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);

  private NameSuggestions() {}

  /**
   * Returns the closest name of the first 500 that the server lists. Blocks for at most a few
   * seconds; empty if no name is close, or if the server does not respond or refuses the call,
   * since a suggestion only adds to another error.
   *
   * @param kind {@code endpoint}, {@code event_type} or {@code site}; empty for any other
   */
  static Optional<String> of(String kind, String misspelled, CommandLine command) {
    if (kind.equals("endpoint") && misspelled.startsWith("ep_")) {
      return Optional.empty();
    }
    return command.getCommandSpec().mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(ServerOptions.class::isInstance)
        .map(ServerOptions.class::cast)
        .findFirst()
        .flatMap(server -> of(kind, misspelled, server));
  }

  private static Optional<String> of(String kind, String misspelled, ServerOptions server) {
    try (server) {
      return switch (kind) {
        case "site" -> Nearest.to(misspelled, names(server, Path.of("sites"), "id", "uid"));
        case "endpoint" -> ofSite(misspelled, server, "endpoints", "uid");
        case "event_type" -> ofSite(misspelled, server, "event-types", "type");
        default -> Optional.empty();
      };
    } catch (ApiException | InvalidException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> ofSite(
      String misspelled, ServerOptions server, String list, String field) {
    return server instanceof SiteOptions site
        ? Nearest.to(misspelled, names(site, site.path(list), field))
        : Optional.empty();
  }

  private static List<String> names(ServerOptions server, Path list, String... fields) {
    JsonNode page = server.client().waiting(MAX_WAIT).get(list.with("limit", PAGE));
    List<String> names = new ArrayList<>();
    for (JsonNode one : page.path("data")) {
      for (String field : fields) {
        if (one.hasNonNull(field)) {
          names.add(one.path(field).asText());
        }
      }
    }
    return names;
  }
}
