package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import org.jspecify.annotations.Nullable;

/**
 * The site whose portal a visitor sees.
 *
 * @param id null as long as it is not known
 * @param settings what it has set for its portal
 */
record PortalSite(@Nullable SiteId id, PortalSettings settings) {
  static final PortalSite UNKNOWN = new PortalSite(null, PortalSettings.OFF);

  static PortalSite of(Site site) {
    return new PortalSite(site.id(), site.settings().portal());
  }

  /**
   * Returns the texts for a visitor, with the words of the product.
   *
   * @param locale the language of his link; empty if any of his browser's is
   */
  Words words(String locale, ConsoleRequest request) {
    return Words.of(locale, request.header("accept-language")).withOwn(settings.words());
  }

  String refreshUrl() {
    return settings.refreshUrl();
  }
}
