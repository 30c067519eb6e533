package dev.hookferry.http.console.site;

import dev.hookferry.http.console.site.SettingsPage.Row;
import dev.hookferry.http.console.site.SettingsPage.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Sections of the site settings page, in page order. */
enum SettingGroup {
  SENDING(
      "Sending",
      "Turns sending on or off, and sets how. An endpoint may have its own timeout and egress.",
      "webHooksEnabled",
      "envelope",
      "attemptTimeout",
      "egress"),
  RETRIES(
      "Retries",
      "After a failed attempt, for endpoints without retries of their own.",
      "webHookMaxRetries",
      "webHookRetryInterval",
      "retryBackoff",
      "retrySchedule"),
  LIMITS(
      "Limits",
      "Protection of each receiver, for endpoints without limits of their own.",
      "endpointRate",
      "endpointConcurrency"),
  EVENTS(
      "Event types and search",
      "The events that the site accepts, and how they are found.",
      "eventTypes",
      "openCatalog",
      "hideQlmEventTypes",
      "searchFields"),
  QLM(
      "QLM",
      "The key and the field names of QLM's envelope.",
      "webHookSecretKey",
      "qlmEventTypeField",
      "qlmLicenseField",
      "qlmCustomerField"),
  PORTAL(
      "Portal",
      "The pages where customers manage their own endpoints.",
      "portal.enabled",
      "portal.origins",
      "portal.refreshUrl"),
  PORTAL_DATA(
      "Portal: payloads",
      "The data of events that customers see.",
      "portal.payload",
      "portal.payloadFields",
      "portal.payloadByType"),
  /** The remaining portal settings. */
  PORTAL_LOOK("Portal: appearance", "The portal in your words and colours.", "portal.");

  private final String title;
  private final String help;
  private final String names;

  SettingGroup(String title, String help, String... names) {
    this.title = title;
    this.help = help;
    this.names = String.join(" ", names);
  }

  /** Returns the sections of these settings. */
  static List<Section> sections(List<Row> rows) {
    boolean isQlm =
        rows.stream().anyMatch(row -> row.name().equals("envelope") && row.value().equals("qlm"));
    return Arrays.stream(values()).map(group -> group.section(rows, isQlm)).toList();
  }

  /** Returns the group of a setting. */
  static SettingGroup of(String name) {
    return Arrays.stream(values())
        .filter(group -> List.of(group.names.split(" ", -1)).contains(name))
        .findFirst()
        .orElse(name.startsWith("portal.") ? PORTAL_LOOK : SENDING);
  }

  private Section section(List<Row> rows, boolean isQlm) {
    List<Row> own = rows.stream().filter(row -> of(row.name()) == this).toList();
    boolean isShown = this != QLM || isQlm || own.stream().anyMatch(Row::isSet);
    return new Section(id(), title, help, own, isShown);
  }

  /** Returns the anchor of the section. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
