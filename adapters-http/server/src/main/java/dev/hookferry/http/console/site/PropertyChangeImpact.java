package dev.hookferry.http.console.site;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.site.ServerPropertiesPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Consequences of a change to the server properties, as sentences.
 *
 * @param warnings likely mistakes, such as a lost wildcard
 * @param all all other consequences
 */
record PropertyChangeImpact(List<String> warnings, List<String> all) {
  static PropertyChangeImpact of(ServerPropertiesPlan plan, Map<String, Object> changes) {
    List<String> all = new ArrayList<>(settings(changes));
    for (Endpoint endpoint : plan.added()) {
      all.add("A new endpoint for " + endpoint.url() + " is created.");
    }
    for (Endpoint endpoint : plan.changed()) {
      all.add("The endpoint " + endpoint.url() + " is subscribed to " + types(endpoint) + ".");
    }
    for (Endpoint endpoint : plan.removed()) {
      all.add(
          "The endpoint "
              + endpoint.url()
              + " loses its last event type and is removed. Its pending deliveries are cancelled;"
              + " its log stays.");
    }
    List<String> warnings = plan.warnings().stream().map(FieldErrors::sentence).toList();
    return new PropertyChangeImpact(warnings, all);
  }

  private static String types(Endpoint endpoint) {
    return EndpointWords.types(endpoint);
  }

  private static List<String> settings(Map<String, Object> changes) {
    List<String> all = new ArrayList<>();
    if (changes.containsKey(PropertiesForm.ENABLED)) {
      all.add(
          changes.get(PropertiesForm.ENABLED).equals(true)
              ? "Held deliveries will be sent, and new events will create deliveries again."
              : "Nothing is sent: pending deliveries are on hold, and new events create none.");
    }
    if (changes.containsKey(PropertiesForm.SECRET)) {
      all.add(
          changes.get(PropertiesForm.SECRET).equals("")
              ? "Requests carry no X-QLM-Signature, except to endpoints with a QLM key of their"
                  + " own."
              : "From the next attempt on, X-QLM-Signature is computed with the new key: give it to"
                  + " the receivers.");
    }
    if (PropertiesForm.NUMBERS.stream().anyMatch(changes::containsKey)) {
      all.add(
          "Deliveries that are waiting keep the time of their next attempt; the new values apply"
              + " after it.");
    }
    return all;
  }
}
