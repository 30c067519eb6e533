package dev.hookferry;

import dev.hookferry.ConfigKeeper.Planned;
import dev.hookferry.endpoint.NamedSettings;
import dev.hookferry.endpoint.Secrets;
import dev.hookferry.endpoint.Site;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.endpoint.SiteSettings;
import dev.hookferry.port.Config;
import dev.hookferry.port.ConfigChange;
import java.util.List;
import java.util.Map;

/**
 * The settings of sites, by their names. Thread-safe; changes block until they are durable, and
 * throw {@link dev.hookferry.port.StoreException} if the store fails.
 */
public final class Settings {
  private final Parts parts;

  Settings(Parts parts) {
    this.parts = parts;
  }

  /** A site's settings. */
  public SiteSettings get(SiteId site) {
    return parts.keeper().site(site).settings();
  }

  /** A site's settings by name, secrets masked; see {@link NamedSettings#read}. */
  public Map<String, Object> read(SiteId site) {
    return NamedSettings.read(get(site));
  }

  /** Changes what is named, all or nothing; see {@link NamedSettings#change}. */
  public Map<String, Object> change(SiteId site, Map<String, ?> changes) {
    return parts.change(
        config -> {
          Site changed = changed(parts, config, site, changes);
          return Planned.of(
              NamedSettings.read(changed.settings()), new ConfigChange.PutSite(changed));
        });
  }

  /** QLM's flat view: event names with their URLs, and QLM's four settings. */
  public Map<String, Object> serverProperties(SiteId site) {
    return present(site).read();
  }

  /**
   * Changes the flat view, all or nothing. What is absent stays; an empty text removes an event's
   * URLs; values may be texts, as in a {@code .properties} file. New URLs are judged as those of
   * {@link Endpoints#create} are.
   *
   * @throws dev.hookferry.refusal.InvalidException with all that is wrong, each under its name
   */
  public Map<String, Object> changeServerProperties(SiteId site, Map<String, ?> changes) {
    EndpointWriter writer = parts.writer(present(site).added(changes));
    parts.change(
        config ->
            new Planned<>(new ServerProperties(parts, config, site, writer).plan(changes), config));
    return serverProperties(site);
  }

  private ServerProperties present(SiteId site) {
    return new ServerProperties(parts, parts.keeper().config(), site, parts.writer(List.of()));
  }

  /** The site as it is with other settings. */
  static Site changed(Parts parts, Config config, SiteId id, Map<String, ?> changes) {
    Site site = Sites.require(config, id);
    return site.with(
        NamedSettings.change(
            site.settings(), changes, text -> parts.cipher().seal(text, Secrets.siteKey(id))));
  }
}
