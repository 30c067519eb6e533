package dev.hookferry.http.console.site;

import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.policy.ServerPolicy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hints in the settings form: the fields' own descriptions, or texts for users that replace them.
 */
final class SettingHints {
  private static final Set<String> NO_DEFAULT = Set.of("", "[]", "{}");

  /** Hints of settings whose descriptions address callers of the API. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry(
              "webHooksEnabled",
              "While off, events are stored without deliveries, and pending ones are on hold."),
          Map.entry(
              "webHookSecretKey",
              "Signs X-QLM-Signature. A key that is set shows as dots; empty the field to remove"
                  + " it."),
          Map.entry(
              "retryBackoff",
              "Fixed keeps the retry interval; exponential doubles it with each retry, up to a"
                  + " day."),
          Map.entry(
              "retrySchedule",
              "The delay before each retry, such as 5s, 5m or 2h. Overrides retries, retry interval"
                  + " and back-off; changing one of these clears the schedule. Waiting deliveries"
                  + " follow it from their next attempt, too."),
          Map.entry("hideQlmEventTypes", "They can still be published."),
          Map.entry("openCatalog", "They use the schemas of the site default."),
          Map.entry(
              "attemptTimeout",
              "How long one attempt may take, from 1s to 30s. Leave empty for the server's"
                  + " {timeout}."),
          Map.entry(
              "endpointRate",
              "Maximum rate of requests to each endpoint. Leave empty for no limit."),
          Map.entry(
              "endpointConcurrency",
              "Maximum concurrent requests to each endpoint. Leave empty for the server's"
                  + " {concurrency}."),
          Map.entry(
              "egress",
              "The named proxy or local address for outgoing requests. Leave empty {egress}."),
          Map.entry(
              "webHookMaxRetries",
              "Then the delivery is given up; it can still be retried manually. Also holds for"
                  + " waiting deliveries: one without retries left is given up if it fails again."),
          Map.entry("webHookRetryInterval", "The time between two attempts."),
          Map.entry(
              "envelope", "The form of payloads: QLM's, the data alone, or Standard Webhooks."),
          Map.entry(
              "searchFields",
              "Fields of the data, such as ActivationKey or customer.id; they index later events."),
          Map.entry("portal.enabled", "While off, its pages do not exist."),
          Map.entry(
              "portal.refreshUrl",
              "Visitors without a session are redirected here; the reason and the page are added to"
                  + " the address. If empty, a page says that the session has ended."),
          Map.entry("portal.payloadFields", "Shown if Payloads is set to fields."),
          Map.entry(
              "portal.payloadByType",
              "Event types with a rule of their own: lines such as user.created = none, or"
                  + " order.paid = fields data.order data.total."),
          Map.entry(
              "portal.words",
              "Your product's words for webhook, webhooks, endpoint, endpoints, event and events:"
                  + " lines such as endpoints = destinations, or de.endpoint = Ziel for one"
                  + " language."),
          Map.entry(
              "portal.theme.accent",
              "The colour of links and buttons, as #rrggbb. Leave empty for the usual one."));

  /** Labels of settings that are checkboxes. */
  private static final Map<String, String> BOXES =
      Map.of(
          "webHooksEnabled",
          "Deliver events to endpoints",
          "hideQlmEventTypes",
          "Leave QLM's event types out of lists",
          "openCatalog",
          "Accept events of types that the site does not declare",
          "portal.enabled",
          "Let customers open the portal");

  private static final Map<String, String> UNITS =
      Map.of(
          "webHookMaxRetries",
          "retries after the first attempt",
          "webHookRetryInterval",
          "seconds",
          "endpointConcurrency",
          "requests, on each node",
          "endpointRate",
          "such as 10/s or 600/min",
          "attemptTimeout",
          "such as 10s");

  private SettingHints() {}

  /** Returns the unit or examples of a setting's value, shown beside its input; may be empty. */
  static String unit(String name) {
    return UNITS.getOrDefault(name, "");
  }

  /** Returns the label of a checkbox: the effect of ticking it. */
  static String box(String name) {
    return BOXES.getOrDefault(name, SettingLabels.title(name));
  }

  /**
   * Returns the meaning of a setting and its default.
   *
   * @param server the values that empty fields inherit
   */
  static String of(String name, FieldSpec<?> field, ServerPolicy server) {
    String help = OWN.get(name);
    return (help == null ? field.help() : inherited(help, server)) + usual(name, field.fallback());
  }

  private static String inherited(String help, ServerPolicy server) {
    String egress = server.egress();
    return help.replace("{timeout}", DisplayTime.length(server.timeout()))
        .replace("{concurrency}", NumberText.of(server.concurrency()))
        .replace("{egress}", egress == null ? "to connect directly" : "for the server's " + egress);
  }

  private static String usual(String name, @Nullable String fallback) {
    if (fallback == null || NO_DEFAULT.contains(SettingInput.shown(name, fallback))) {
      return "";
    }
    return switch (fallback) {
      case "true" -> " On by default.";
      case "false" -> " Off by default.";
      default -> " Default: " + fallback + ".";
    };
  }
}
