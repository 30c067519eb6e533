package dev.hookferry.site;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;

/** The user-settable fields of a site, other than its settings. */
public final class SiteFields {
  /** Its name. */
  public static final FieldSpec<String> ID =
      FieldSpec.of(
              "id",
              FieldKind.pattern("^[a-z0-9][a-z0-9_-]{0,63}$"),
              "Its name: 1 to 64 of a-z, 0-9, _ and -, the first a letter or digit.")
          .example("acme");

  /** The fields of a create request. */
  public static final FieldTable NEW = FieldTable.of("NewSite", ID).requiring(ID);

  private SiteFields() {}
}
