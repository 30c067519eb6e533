package dev.hookferry.http.console.site;

import dev.hookferry.ServerPropertiesPlan;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.endpoints.EndpointRow;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.id.SiteId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The consequences of a change of the server properties, in sentences.
 *
 * @param warnings likely mistakes, such as a lost wildcard
 * @param all all other consequences
 */
record PropertiesConsequences(List<String> warnings, List<String> all) {
  static PropertiesConsequences of(
      Webhooks webhooks, SiteId site, ServerPropertiesPlan plan, Map<String, Object> changes) {
    List<String> warnings = new ArrayList<>();
    List<String> all = new ArrayList<>(settings(changes));
    for (Endpoint endpoint : plan.added()) {
      all.add("A new endpoint for " + endpoint.url() + " is created.");
    }
    for (Endpoint endpoint : plan.changed()) {
      Endpoint before = webhooks.endpoints().get(site, endpoint.id());
      all.add("The endpoint " + endpoint.url() + " is subscribed to " + types(endpoint) + ".");
      Set<String> lost = wildcards(before);
      lost.removeAll(wildcards(endpoint));
      if (!lost.isEmpty()) {
        warnings.add(lost(endpoint, lost));
      }
    }
    for (Endpoint endpoint : plan.removed()) {
      all.add(
          "The endpoint "
              + endpoint.url()
              + " loses its last event type and is removed. Its pending deliveries are cancelled;"
              + " its log stays.");
    }
    List<String> urls = plan.added().stream().map(endpoint -> endpoint.url().text()).toList();
    webhooks
        .endpoints()
        .warnings(urls)
        .forEach(warning -> warnings.add(FieldErrors.sentence(warning)));
    return new PropertiesConsequences(warnings, all);
  }

  private static String lost(Endpoint endpoint, Set<String> wildcards) {
    return "The subscription of "
        + endpoint.url()
        + " to "
        + String.join(", ", wildcards)
        + " becomes the fixed list "
        + types(endpoint)
        + ": event types that are added later will not be sent to it.";
  }

  private static Set<String> wildcards(Endpoint endpoint) {
    return endpoint.eventTypes().stream()
        .map(EventTypeFilter::pattern)
        .filter(pattern -> pattern.contains("*"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String types(Endpoint endpoint) {
    return EndpointRow.types(endpoint);
  }

  private static List<String> settings(Map<String, Object> changes) {
    List<String> all = new ArrayList<>();
    if (changes.containsKey(PropertiesForm.ENABLED)) {
      all.add(
          changes.get(PropertiesForm.ENABLED).equals(true)
              ? "Held deliveries go out, and new events create deliveries again."
              : "Nothing is sent: pending deliveries are held, and new events create none.");
    }
    if (changes.containsKey(PropertiesForm.SECRET)) {
      all.add(
          changes.get(PropertiesForm.SECRET).equals("")
              ? "Requests carry no X-QLM-Signature, except to endpoints with a QLM key of their"
                  + " own."
              : "From the next attempt on, X-QLM-Signature is made with the new key: give it to the"
                  + " receivers.");
    }
    if (PropertiesForm.NUMBERS.stream().anyMatch(changes::containsKey)) {
      all.add(
          "Deliveries that are waiting keep the time of their next attempt; the new values apply"
              + " after it.");
    }
    return all;
  }
}
