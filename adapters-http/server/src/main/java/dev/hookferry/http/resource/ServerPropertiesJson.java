package dev.hookferry.http.resource;

import dev.hookferry.Settings;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import java.util.List;

/** The fields of server properties besides QLM's four settings. */
public final class ServerPropertiesJson {
  /** Any field that bears the name of an event type. */
  public static final FieldSpec<String> URLS =
      FieldSpec.of(
          "event type",
          FieldKind.text(),
          "The URLs of an event type, separated by semicolons; a semicolon inside a URL is %3B.");

  /** Only in the reply to a change; ignored in a request, so that a reply can be sent back. */
  public static final FieldSpec<List<String>> WARNINGS =
      FieldSpec.of(
          Settings.WARNINGS,
          FieldKind.list(FieldKind.text()),
          "Only after a change: possible mistakes, such as a host name that does not resolve, or a"
              + " pattern that became a fixed list of event types. Ignored in a request, so that a"
              + " reply can be sent back.");

  private ServerPropertiesJson() {}
}
