package dev.hookferry.app.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Which event goes to which endpoint. Endpoints lie in sites of a hundred; each has an event type
 * of its own, so that event n goes to endpoint n modulo their number, and to no other. With fan-out
 * all are in one site and every event goes to all.
 *
 * @param endpoints how many there are
 * @param fanout whether every event goes to all
 * @param firstSite the number in the name of its first site
 */
public record SubscriptionScheme(int endpoints, boolean fanout, int firstSite) {
  public static final int IN_ONE_SITE = 100;

  /** A scheme whose sites are the first. */
  public SubscriptionScheme(int endpoints, boolean fanout) {
    this(endpoints, fanout, 0);
  }

  public static SubscriptionScheme of(JsonNode node) {
    return new SubscriptionScheme(
        node.path("endpoints").asInt(),
        node.path("fanout").asBoolean(),
        node.path("firstSite").asInt());
  }

  public ObjectNode into(ObjectNode node) {
    return node.put("endpoints", endpoints).put("fanout", fanout).put("firstSite", firstSite);
  }

  /** How many sites there are. */
  public int sites() {
    return fanout ? 1 : (endpoints + IN_ONE_SITE - 1) / IN_ONE_SITE;
  }

  /** The site of an endpoint; all their names are of one length. */
  public String site(int endpoint) {
    return String.format("bench-%03d", firstSite + (fanout ? 0 : endpoint / IN_ONE_SITE));
  }

  /** The event type of an endpoint; all their names are of one length. */
  public String type(int endpoint) {
    return String.format("bench_%02d", fanout ? 0 : endpoint % IN_ONE_SITE);
  }

  /** How many deliveries an event makes. */
  public int deliveriesOf(int events) {
    return fanout ? events * endpoints : events;
  }

  /** Where an event goes; with fan-out it goes everywhere. */
  public int endpointOf(int event) {
    return event % endpoints;
  }

  /** The number of a delivery; -1 if this event does not belong to this endpoint. */
  public int delivery(int event, int endpoint) {
    if (fanout) {
      return event * endpoints + endpoint;
    }
    return endpointOf(event) == endpoint ? event : -1;
  }
}
