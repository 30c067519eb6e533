package dev.hookferry.app.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Maps events to endpoints. Sites have a hundred endpoints each, and every endpoint has its own
 * event type, so that event n goes only to endpoint n modulo their number. With fan-out, all
 * endpoints are in one site and get every event.
 *
 * <p>Events may have ordering keys: then event n has the key n modulo their number, which is a
 * multiple of the number of endpoints, so that each key belongs to one endpoint.
 *
 * @param endpoints the number of endpoints
 * @param fanout whether every event goes to all endpoints
 * @param firstSite the number in the name of the first site
 * @param keys the number of ordering keys; 0 for events without one
 */
public record SubscriptionScheme(int endpoints, boolean fanout, int firstSite, int keys) {
  public static final int IN_ONE_SITE = 100;

  /** Creates a scheme without ordering keys, whose sites are numbered from 0. */
  public SubscriptionScheme(int endpoints, boolean fanout) {
    this(endpoints, fanout, 0, 0);
  }

  public static SubscriptionScheme of(JsonNode node) {
    return new SubscriptionScheme(
        node.path("endpoints").asInt(),
        node.path("fanout").asBoolean(),
        node.path("firstSite").asInt(),
        node.path("keys").asInt());
  }

  public ObjectNode writeTo(ObjectNode node) {
    return node.put("endpoints", endpoints)
        .put("fanout", fanout)
        .put("firstSite", firstSite)
        .put("keys", keys);
  }

  /** Returns the number of sites. */
  public int sites() {
    return fanout ? 1 : (endpoints + IN_ONE_SITE - 1) / IN_ONE_SITE;
  }

  /** Returns the site of an endpoint; all names have the same length. */
  public String site(int endpoint) {
    return String.format("bench-%03d", firstSite + (fanout ? 0 : endpoint / IN_ONE_SITE));
  }

  /** Returns the event type of an endpoint; all names have the same length. */
  public String type(int endpoint) {
    return String.format("bench_%02d", fanout ? 0 : endpoint % IN_ONE_SITE);
  }

  /** Returns the ordering key of an event; all keys have the same length. */
  public String key(int event) {
    return String.format("key-%06d", keyOf(event));
  }

  /** Returns the number of an event's ordering key. */
  public int keyOf(int event) {
    return event % keys;
  }

  /** Returns the number of deliveries of this many events. */
  public int deliveriesOf(int events) {
    return fanout ? events * endpoints : events;
  }

  /** Returns the endpoint of an event; not used with fan-out. */
  public int endpointOf(int event) {
    return event % endpoints;
  }

  /** Returns the number of a delivery; -1 if the event does not belong to the endpoint. */
  public int delivery(int event, int endpoint) {
    if (fanout) {
      return event * endpoints + endpoint;
    }
    return endpointOf(event) == endpoint ? event : -1;
  }
}
