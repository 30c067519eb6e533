package dev.hookferry.http.console.site;

import dev.hookferry.http.console.site.SettingsPage.Row;
import dev.hookferry.http.console.site.SettingsPage.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Labels of a site's settings, for messages about them. */
public final class SettingLabels {
  private SettingLabels() {}

  /** Returns the label of each setting by its name. */
  public static Map<String, String> of(List<Section> sections) {
    return sections.stream()
        .flatMap(section -> section.rows().stream())
        .collect(Collectors.toMap(Row::name, Row::title, (one, other) -> one));
  }
}
