package dev.hookferry.http.console.site;

import dev.hookferry.http.console.site.SettingsPage.Row;
import dev.hookferry.http.console.site.SettingsPage.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Labels of a site's settings, for messages about them. */
public final class SettingLabels {
  /** Labels by API name; pages show the API names beside them. */
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("webHooksEnabled", "Send events"),
          Map.entry("webHookMaxRetries", "Retries"),
          Map.entry("webHookRetryInterval", "Retry interval"),
          Map.entry("webHookSecretKey", "QLM key"),
          Map.entry("retryBackoff", "Back-off"),
          Map.entry("retrySchedule", "Retry schedule"),
          Map.entry("envelope", "Envelope"),
          Map.entry("qlmEventTypeField", "QLM field of the event type"),
          Map.entry("qlmLicenseField", "QLM field of the license"),
          Map.entry("qlmCustomerField", "QLM field of the customer"),
          Map.entry("eventTypes", "Own event types"),
          Map.entry("hideQlmEventTypes", "Hide QLM's event types"),
          Map.entry("openCatalog", "Accept undeclared event types"),
          Map.entry("attemptTimeout", "Timeout"),
          Map.entry("endpointRate", "Rate limit"),
          Map.entry("endpointConcurrency", "Concurrent requests"),
          Map.entry("egress", "Egress"),
          Map.entry("searchFields", "Search fields"),
          Map.entry("portal.enabled", "Enable the portal"),
          Map.entry("portal.origins", "Origins of your pages"),
          Map.entry("portal.refreshUrl", "Sign-in page"),
          Map.entry("portal.payload", "Payloads"),
          Map.entry("portal.payloadFields", "Visible payload fields"),
          Map.entry("portal.payloadByType", "Payloads by event type"),
          Map.entry("portal.words", "Your words"),
          Map.entry("portal.logo-light", "Portal logo (light)"),
          Map.entry("portal.logo-dark", "Portal logo (dark)"),
          Map.entry("portal.icon", "Portal icon"),
          Map.entry("portal.theme.accent", "Accent colour"),
          Map.entry("portal.theme.productName", "Product name"));

  private SettingLabels() {}

  /** Returns the display name of a setting, or its API name if it has none. */
  public static String title(String name) {
    return TITLES.getOrDefault(name, name);
  }

  /** Returns the label of each setting by its name. */
  public static Map<String, String> of(List<Section> sections) {
    return sections.stream()
        .flatMap(section -> section.rows().stream())
        .collect(Collectors.toMap(Row::name, Row::title, (one, other) -> one));
  }
}
