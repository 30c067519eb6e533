package dev.hookferry.http.console.portal.site;

import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import org.jspecify.annotations.Nullable;

/**
 * The site whose portal a visitor sees.
 *
 * @param id null until known
 * @param name the operator's name for it; may be empty
 * @param settings its portal settings
 */
public record PortalSite(@Nullable SiteId id, String name, PortalSettings settings) {
  /** An unknown site, whose portal is off. */
  public static final PortalSite UNKNOWN = new PortalSite(null, "", PortalSettings.OFF);

  /** Returns the visitors' view of a site. */
  public static PortalSite of(Site site) {
    return new PortalSite(site.id(), site.profile().name(), site.settings().portal());
  }

  /**
   * Returns the texts for a visitor, with the product's own words, in the language chosen by the
   * visitor or else that of the link.
   *
   * @param locale the language of the link; empty to use the browser's languages
   */
  public Words words(String locale, ConsoleRequest request) {
    String chosen = PortalCookie.language(request);
    return Words.of(chosen.isEmpty() ? locale : chosen, request.header("accept-language"))
        .withOwn(settings.words());
  }

  /** Returns where a visitor gets a new link; empty if nowhere. */
  public String refreshUrl() {
    return settings.refreshUrl();
  }
}
