package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.text.Table;
import dev.hookferry.observe.EndpointHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Prints lists of endpoints. */
public final class EndpointListing {
  private static final String NONE = "no endpoints";
  private static final String HEALTH = "health";
  private static final String ENDPOINT = "ENDPOINT";
  private static final String ID = "ID";

  /** The states of the API in which an endpoint may be retrying. */
  private static final Set<String> SENT =
      Set.of(EndpointHealth.State.WORKING.code(), EndpointHealth.State.RATE_LIMITED.code());

  private static final TableListing ENDPOINTS = whole(ENDPOINT);

  /** The CSV layout, whose column names must not change. */
  private static final TableListing CSV_ENDPOINTS = whole(ID);

  /** The terminal layout: the uid in place of the id, the least important columns last. */
  private static final TableListing FITTED_ENDPOINTS =
      new TableListing(NONE)
          .column(ENDPOINT, EndpointListing::name)
          .text("URL", "url")
          .state("STATE", EndpointListing::state)
          .text("EVENT TYPES", "eventTypes")
          .column("SIGNATURES", "signatures")
          .text("DESCRIPTION", "description")
          .omitted(ID, endpoint -> endpoint.path("id").asText())
          .omitted("FAILURES", EndpointListing::failures);

  private EndpointListing() {}

  private static TableListing whole(String id) {
    return new TableListing(NONE)
        .column(id, "id")
        .column("UID", "uid")
        .text("URL", "url")
        .state("STATE", EndpointListing::state)
        .text("EVENT TYPES", "eventTypes")
        .text("SIGNATURES", "signatures")
        .text("DESCRIPTION", "description")
        .column("FAILURES", EndpointListing::failures);
  }

  /** Prints endpoints that {@link TableListing#fetch} has returned. */
  public static void show(SiteOptions site, ObjectNode found) {
    if (!site.isFitted()) {
      (site.csv() ? CSV_ENDPOINTS : ENDPOINTS).show(site, found);
      return;
    }
    FITTED_ENDPOINTS.show(
        site,
        found,
        data -> {
          Table table = FITTED_ENDPOINTS.table(data);
          boolean areIdsShown =
              StreamSupport.stream(data.spliterator(), false).noneMatch(EndpointListing::hasUid);
          site.table(areIdsShown ? table.without(ID) : table);
        });
  }

  private static int failures(JsonNode endpoint) {
    return endpoint.path(HEALTH).path("failures").asInt();
  }

  /**
   * Returns whether a working or rate-limited endpoint has one to nine consecutive failures and its
   * receiver has not requested a pause. Mirrors {@link EndpointHealth#isRetrying} for API
   * responses.
   *
   * @param health as the API returns it
   */
  public static boolean isRetrying(JsonNode health) {
    String state = health.path("state").asText();
    int failures = health.path("failures").asInt();
    boolean isPaused = health.hasNonNull("until");
    return SENT.contains(state)
        && !isPaused
        && failures > 0
        && failures < EndpointHealth.FAILING_AFTER;
  }

  private static String name(JsonNode endpoint) {
    return endpoint.path(hasUid(endpoint) ? "uid" : "id").asText();
  }

  private static boolean hasUid(JsonNode endpoint) {
    return !TableListing.text(endpoint.path("uid")).isEmpty();
  }

  /**
   * Returns the state as text, including the consecutive failures of a retrying endpoint.
   *
   * @param health as the API returns it
   */
  static String words(JsonNode health) {
    if (isRetrying(health)) {
      int failures = health.path("failures").asInt();
      return "retrying: " + (failures == 1 ? "1 failure" : failures + " failures");
    }
    return health.path("state").asText().replace('_', ' ');
  }

  /**
   * Returns the effect of resuming an endpoint that was not paused, as text.
   *
   * @param before the endpoint before that, as the API returns it
   * @param pace the rate at which its deliveries are sent, as text; empty for no limit
   */
  public static String resumed(JsonNode before, String pace) {
    List<String> effects = new ArrayList<>();
    if (failures(before) > 0) {
      effects.add("its failure count is reset");
    }
    if (effects.isEmpty() || !pace.isEmpty()) {
      effects.add("what is due now is sent" + pace);
    }
    return String.join("; ", effects);
  }

  /** Returns whether nothing stops or slows the deliveries of an endpoint. */
  public static boolean isUndisturbed(JsonNode endpoint) {
    return endpoint.path("enabled").asBoolean()
        && failures(endpoint) == 0
        && !endpoint.path(HEALTH).hasNonNull("until")
        && !endpoint.hasNonNull("releasePerSecond")
        && !endpoint.hasNonNull("disablesAt");
  }

  private static String state(JsonNode endpoint) {
    String state = words(endpoint.path(HEALTH));
    String reason = endpoint.path("disabledReason").asText("");
    return state.equals("disabled") && !reason.isEmpty() && !reason.equals("null")
        ? "disabled: " + reason
        : state;
  }
}
