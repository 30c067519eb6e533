package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.listing.EndpointListing;
import dev.hookferry.app.cli.option.EventOptionsMixin;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.FieldKind;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that filter endpoints. Applied by the client, since the API lists all. */
public final class EndpointFilters {
  private static final String STATE = "--state";
  private static final String RETRYING = "retrying";

  /** The name of {@code retrying} in earlier versions. */
  private static final String FAILURES = "failures";

  @Option(
      names = STATE,
      paramLabel = "STATE",
      completionCandidates = States.class,
      description =
          "Only endpoints in this state: working, failing, backing_off, rate_limited, paused,"
              + " disabled, or retrying for those whose last attempts failed, but fewer than ten.")
  private @Nullable String state;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only endpoints that get this event type, such as license_created.")
  private @Nullable String type;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "Only endpoints with this label; if repeated, with all of them.")
  private List<String> labels = List.of();

  /** The states, as shell completion candidates. */
  public static final class States implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Stream.of(EndpointHealth.State.values()).map(EndpointHealth.State::code),
              Stream.of(RETRYING))
          .iterator();
    }
  }

  /**
   * Returns a predicate for the API's endpoints, which requires all given options to match.
   *
   * @throws InvalidException if an option is malformed
   */
  public Predicate<JsonNode> selected() {
    Predicate<JsonNode> all = endpoint -> true;
    if (state != null) {
      String wanted = known(state.replace(' ', '_').replace('-', '_'));
      all = all.and(endpoint -> isIn(endpoint.path("health"), wanted));
    }
    if (type != null) {
      EventType wanted = type(type);
      all = all.and(endpoint -> gets(endpoint, wanted));
    }
    for (String label : labels) {
      int end = EventOptionsMixin.separator("--label", label);
      String name = label.substring(0, end);
      String value = label.substring(end + 1);
      all = all.and(endpoint -> endpoint.path("labels").path(name).asText("").equals(value));
    }
    return all;
  }

  private static String known(String requested) {
    String word = requested.equals(FAILURES) ? RETRYING : requested;
    List<String> known = new ArrayList<>();
    new States().forEach(known::add);
    if (!known.contains(word)) {
      throw InvalidException.of(
          STATE,
          FieldKind.choice(known.toArray(String[]::new)).rule()
              + " (got "
              + word
              + ")"
              + Nearest.hint(word, known));
    }
    return word;
  }

  private static boolean isIn(JsonNode health, String wanted) {
    return EndpointListing.isRetrying(health)
        ? wanted.equals(RETRYING)
        : health.path("state").asText().equals(wanted);
  }

  private static EventType type(String name) {
    if (!EventType.isName(name)) {
      throw InvalidException.of("--type", "must be an event type (got " + name + ")");
    }
    return new EventType(name);
  }

  private static boolean gets(JsonNode endpoint, EventType type) {
    for (JsonNode pattern : endpoint.path("eventTypes")) {
      if (new EventTypeFilter(pattern.asText()).matches(type)) {
        return true;
      }
    }
    return false;
  }
}
