package dev.hookferry.app.cli.client;

import dev.hookferry.field.FieldSpec;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.site.SiteSettingFields;
import java.util.Iterator;
import java.util.Optional;

/** The names of a site's settings, as shell completion candidates. */
final class SettingNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return SettingsByName.ALL.stream().map(name -> name + "=").iterator();
  }

  /** Returns the specification of a setting; empty if unknown, as for one of a newer server. */
  static Optional<FieldSpec<?>> field(String name) {
    for (FieldSpec<?> field : SiteSettingFields.ALL.fields()) {
      if (field.name().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
