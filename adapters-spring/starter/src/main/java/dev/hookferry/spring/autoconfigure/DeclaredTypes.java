package dev.hookferry.spring.autoconfigure;

import dev.hookferry.Webhooks;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.SiteSettings;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Declares the application's event types at the default site. */
public final class DeclaredTypes {
  private DeclaredTypes() {}

  /** Adds types to the site. Existing types stay, whichever application declared them. */
  public static void add(Webhooks webhooks, Collection<String> types) {
    if (!names(webhooks.settings().get(SiteId.DEFAULT)).containsAll(types)) {
      var unused =
          webhooks
              .settings()
              .update(
                  SiteId.DEFAULT,
                  site ->
                      site.eventTypes(
                          Stream.concat(names(site.settings()).stream(), types.stream())
                              .distinct()
                              .toArray(String[]::new)));
    }
  }

  private static List<String> names(SiteSettings settings) {
    return settings.catalog().declared().stream().map(EventType::name).toList();
  }
}
