package dev.hookferry.access;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import java.util.List;
import java.util.stream.Stream;

/** The user-settable fields of an API key. */
public final class KeyFields {
  static final int MAX_NAME = 100;

  /** Display name. */
  public static final FieldSpec<String> NAME =
      FieldSpec.of("name", FieldKind.text(1, MAX_NAME), "A display name.").example("shop");

  /** The scopes of the key. */
  public static final FieldSpec<List<String>> SCOPES =
      FieldSpec.of(
              "scopes",
              FieldKind.list(
                  FieldKind.choice(
                      Stream.of(Scope.values()).map(Scope::code).toArray(String[]::new)),
                  1,
                  Integer.MAX_VALUE),
              "The scopes of the key.")
          .example(List.of("publish"));

  /** The only site that it may access. */
  public static final FieldSpec<String> SITE =
      FieldSpec.of("site", FieldKind.text(), "The only site that the key gives access to.")
          .fallback("all sites")
          .example("default");

  /** The fields of a create request. */
  public static final FieldTable NEW =
      FieldTable.of("NewKey", NAME, SCOPES, SITE).requiring(NAME, SCOPES);

  private KeyFields() {}
}
