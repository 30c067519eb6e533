package dev.hookferry.http.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.site.PortalSettings;
import org.jspecify.annotations.Nullable;

/** The part of an event's payload that a customer sees. Thread-safe. */
public final class PortalPayload {
  private static final JsonMapper JSON = new JsonMapper();

  private final Portal portal;

  /** Creates a view by the settings of a portal. */
  public PortalPayload(Portal portal) {
    this.portal = portal;
  }

  /** Returns the payload of a delivery as JSON; null if nothing of it is shown, or it is gone. */
  public @Nullable String of(PortalAccess access, DeliveryId id) {
    PortalSettings settings = portal.settings(access.session().site());
    if (!access.can(PortalCapability.PAYLOAD)
        || settings.payload() == PortalSettings.PayloadView.NONE) {
      return null;
    }
    String whole = access.event(id).map(event -> event.payload().text()).orElse(null);
    return whole == null || settings.payload() == PortalSettings.PayloadView.FULL
        ? whole
        : chosen(whole, settings.payloadFields());
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
