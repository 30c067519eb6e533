package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Envelope;
import dev.hookferry.id.EventId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Search field values that distinguish the deliveries of a list, limited to those that the visitor
 * may see in payloads.
 */
public final class SearchFieldValues {
  private final Webhooks webhooks;
  private final List<String> fields;
  private final PortalSettings settings;
  private final Envelope envelope;

  /** The values by event, shared by its deliveries. */
  private final Map<EventId, Map<String, String>> read = new HashMap<>();

  /** Creates the values for one request of a session. */
  public SearchFieldValues(Webhooks webhooks, PortalAccess access) {
    this.webhooks = webhooks;
    fields = access.searchFields();
    Site site = webhooks.sites().get(access.session().site());
    settings = site.settings().portal();
    envelope = site.settings().envelope();
  }

  private Map<String, String> values(Delivery delivery) {
    return webhooks
        .events()
        .find(delivery.site(), delivery.event())
        .map(event -> event.options().searchFields())
        .orElse(Map.of());
  }

  /**
   * Returns the first value that a delivery's event has; empty if it has none or the visitor may
   * not see it. Reads the event only if the site has such fields.
   */
  public String of(Delivery delivery) {
    List<String> shown =
        fields.stream()
            .filter(
                name ->
                    settings
                        .payloadOf(delivery.type())
                        .shows(envelope.pathTo(delivery.type(), name)))
            .toList();
    if (shown.isEmpty()) {
      return "";
    }
    Map<String, String> values = read.computeIfAbsent(delivery.event(), id -> values(delivery));
    return shown.stream().filter(values::containsKey).map(values::get).findFirst().orElse("");
  }
}
