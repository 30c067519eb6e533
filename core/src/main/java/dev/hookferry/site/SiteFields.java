package dev.hookferry.site;

import dev.hookferry.event.PairRules;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import java.util.Map;

/** The user-settable fields of a site, other than its settings. */
public final class SiteFields {
  /** The site's id. */
  public static final FieldSpec<String> ID =
      FieldSpec.of(
              "id",
              FieldKind.pattern("^[a-z0-9][a-z0-9_-]{0,63}$"),
              "Its name: 1 to 64 characters from a-z, 0-9, _ and -, the first a letter or digit.")
          .example("acme");

  /** Display name. */
  public static final FieldSpec<String> NAME =
      FieldSpec.of("name", FieldKind.text(256), "A display name; empty if it has none.")
          .fallback("")
          .example("Acme GmbH");

  /** The caller's own id for the site. */
  public static final FieldSpec<String> UID =
      FieldSpec.of(
              "uid",
              FieldKind.pattern("^[A-Za-z0-9_.-]{1,256}$"),
              "Your id for the site, unique among all sites; null removes it.")
          .example("customer-4711")
          .asResettable();

  /** Metadata for programs. */
  public static final FieldSpec<Map<String, String>> METADATA =
      FieldSpec.of(
              "metadata",
              FieldKind.map(FieldKind.text(512), PairRules.MAX_METADATA),
              "Notes for your programs: names of up to 64 characters. Never sent to a receiver.")
          .fallback("{}")
          .example(Map.of("plan", "gold"));

  /** The fields of a change request. */
  public static final FieldTable CHANGE =
      FieldTable.of("SiteChange", NAME, UID, METADATA)
          .named(
              "SiteChange",
              "Fields that are absent stay as they are. Null removes uid; in the other fields null"
                  + " means absent. An empty object of metadata removes all of it.");

  /** The fields of a creation request. */
  public static final FieldTable NEW =
      FieldTable.of("NewSite", ID, NAME, UID, METADATA).requiring(ID);

  private SiteFields() {}
}
