package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.option.SiteOptions;

/** Lists of endpoints. */
public final class EndpointListing {
  private static final String NONE = "no endpoints";
  private static final String HEALTH = "health";

  private static final TableListing ENDPOINTS =
      new TableListing(NONE)
          .column("ID", "id")
          .column("UID", "uid")
          .text("URL", "url")
          .state("STATE", EndpointListing::state)
          .text("EVENT TYPES", "eventTypes")
          .text("SIGNATURES", "signatures")
          .text("DESCRIPTION", "description")
          .column("FAILURES", endpoint -> endpoint.path(HEALTH).path("failures").asText());

  /** For terminals: with the uid in the place of the id, and the least important at the end. */
  private static final TableListing FITTED_ENDPOINTS =
      new TableListing(NONE)
          .column("ENDPOINT", EndpointListing::name)
          .text("URL", "url")
          .state("STATE", EndpointListing::state)
          .text("EVENT TYPES", "eventTypes")
          .column("SIGNATURES", "signatures")
          .text("DESCRIPTION", "description");

  private EndpointListing() {}

  /** Prints endpoints that {@link TableListing#fetch} has returned. */
  public static void show(SiteOptions site, ObjectNode found) {
    (site.isFitted() ? FITTED_ENDPOINTS : ENDPOINTS).show(site, found);
  }

  private static String name(JsonNode endpoint) {
    String uid = endpoint.path("uid").asText("");
    return uid.isEmpty() || uid.equals("null") ? endpoint.path("id").asText() : uid;
  }

  /** Returns the state in words; of one that works, the number of failures since its success. */
  private static String state(JsonNode endpoint) {
    String state = endpoint.path(HEALTH).path("state").asText().replace('_', ' ');
    int failures = endpoint.path(HEALTH).path("failures").asInt();
    if (state.equals("working") && failures > 0) {
      return failures == 1 ? "1 failure" : failures + " failures";
    }
    String reason = endpoint.path("disabledReason").asText("");
    return state.equals("disabled") && !reason.isEmpty() && !reason.equals("null")
        ? "disabled: " + reason
        : state;
  }
}
