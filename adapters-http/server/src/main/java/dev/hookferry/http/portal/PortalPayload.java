package dev.hookferry.http.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Response;
import dev.hookferry.id.EventType;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.site.PayloadRule;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.PortalSettings.PayloadView;
import org.jspecify.annotations.Nullable;

/** The parts of payloads and responses that a customer sees. */
public final class PortalPayload {
  private static final int MAX_OF_BODY = 4 * 1024;
  private static final int REDIRECT = 3;

  /** Keeps numbers as they were sent: 1.10, and 12345678901234567890.12. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private PortalPayload() {}

  /** Returns the visible part of a delivery's payload as JSON; null if there is none. */
  public static @Nullable String of(
      PortalSettings settings, PortalAccess access, Delivery delivery) {
    PayloadRule rule = rule(settings, access, delivery.type());
    if (rule.view() == PayloadView.NONE) {
      return null;
    }
    String whole = access.event(delivery.id()).map(event -> event.payload().text()).orElse(null);
    return whole == null || rule.view() == PayloadView.FULL ? whole : chosen(whole, rule.paths());
  }

  /** Returns whether a delivery has a payload of which a customer sees nothing. */
  public static boolean isHidden(PortalSettings settings, PortalAccess access, Delivery delivery) {
    return !isWhole(settings, access, delivery.type())
        && of(settings, access, delivery) == null
        && access.event(delivery.id()).isPresent();
  }

  /** Returns whether the payloads of an event type are shown in full. */
  public static boolean isWhole(PortalSettings settings, PortalAccess access, EventType type) {
    return rule(settings, access, type).view() == PayloadView.FULL;
  }

  private static PayloadRule rule(PortalSettings settings, PortalAccess access, EventType type) {
    return access.can(PortalCapability.PAYLOAD) ? settings.payloadOf(type) : PayloadRule.NONE;
  }

  /** Returns the beginning of a response; null if there is none, or it is a redirect. */
  public static @Nullable String response(Attempt attempt) {
    Response response = attempt.outcome().response();
    if (response == null || response.status() / 100 == REDIRECT) {
      return null;
    }
    String text = response.body().text();
    return text.length() <= MAX_OF_BODY ? text : text.substring(0, MAX_OF_BODY);
  }

  /** Returns the headers of a response, one per line; empty if it is a redirect. */
  public static String headers(Attempt attempt) {
    Response response = attempt.outcome().response();
    return response == null || response.status() / 100 == REDIRECT ? "" : response.headers().text();
  }

  private static @Nullable String chosen(String whole, Iterable<String> paths) {
    JsonNode all;
    try {
      all = JSON.readTree(whole);
    } catch (JsonProcessingException e) {
      return null;
    }
    ObjectNode chosen = JSON.createObjectNode();
    for (String path : paths) {
      copy(all, chosen, path);
    }
    return chosen.toString();
  }

  private static void copy(JsonNode from, ObjectNode to, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    JsonNode value = from.path(name);
    if (dot < 0) {
      if (!value.isMissingNode()) {
        to.set(name, value);
      }
    } else if (value.isObject()) {
      ObjectNode inner = to.path(name) instanceof ObjectNode there ? there : to.putObject(name);
      copy(value, inner, path.substring(dot + 1));
    }
  }
}
