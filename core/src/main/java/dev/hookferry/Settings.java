package dev.hookferry;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CheckedTargets;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.internal.endpoint.UnchangedSecret;
import dev.hookferry.internal.properties.FlatProperties;
import dev.hookferry.internal.properties.PropertiesEffect;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.site.PortalImage;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.ServerPropertiesPlan;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.site.SettingsUpdate;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings of sites. Thread-safe; changes block until they are durable, and throw {@link
 * dev.hookferry.store.StoreException} if the store fails.
 */
public final class Settings {
  /** The key under which {@link #changeServerProperties} returns its warnings. */
  public static final String WARNINGS = FlatProperties.WARNINGS;

  private final CoreServices services;

  Settings(CoreServices services) {
    this.services = services;
  }

  /** Returns a site's settings. */
  public SiteSettings get(SiteId site) {
    return services.configHolder().site(site).settings();
  }

  /** Returns this server's values of settings that neither a site nor an endpoint sets. */
  public ServerPolicy ofServer() {
    return services.runtime().policy();
  }

  /**
   * Changes a site's settings: {@code update(site, s -> s.retry(r -> r.maxRetries(8)))}.
   *
   * @param change called with the current settings, again if another change comes first; returns
   *     the new settings
   * @return the settings after the change
   * @throws dev.hookferry.refusal.InvalidException if a value is out of its bounds
   */
  public SiteSettings update(SiteId site, UnaryOperator<SettingsUpdate> change) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(change, "change");
    return services.change(
        config -> {
          Site changed = changed(config, ConfigHolder.site(config, site), change);
          return Planned.of(changed.settings(), new ConfigChange.PutSite(changed));
        });
  }

  /** Returns a site with changed settings, which are checked; the same if nothing changes. */
  Site changed(Config config, Site current, UnaryOperator<SettingsUpdate> change) {
    SiteSettings changed =
        change
            .apply(SettingsUpdate.of(current.settings(), services.clock().instant()))
            .sealed(key -> sealed(current, key));
    if (changed.equals(current.settings())) {
      return current;
    }
    Site site = current.with(changed);
    requireDescribedTypes(config, site);
    requireKnownTypes(current.settings(), changed);
    services.requireEgress(current.settings(), changed);
    return site;
  }

  /**
   * Returns a site's settings under QLM's names and Hookferry's own, with secrets masked, for
   * interfaces that use names, such as the HTTP API; see {@link SettingsByName#read}.
   */
  public Map<String, Object> byName(SiteId site) {
    return SettingsByName.read(get(site));
  }

  /** Changes the named settings, all or none; see {@link SettingsByName#change}. */
  public Map<String, Object> changeByName(SiteId site, Map<String, ?> changes) {
    Objects.requireNonNull(site, "site");
    NoNulls.inKeys(changes, "changes");
    return services.change(
        config -> {
          Site changed = changed(services, config, site, changes);
          requireDescribedTypes(config, changed);
          requireKnownTypes(ConfigHolder.site(config, site).settings(), changed.settings());
          return Planned.of(
              SettingsByName.read(changed.settings()), new ConfigChange.PutSite(changed));
        });
  }

  /** A described type is removed as a whole, so that no schema is left behind without it. */
  private static void requireDescribedTypes(Config config, Site changed) {
    Problems problems = new Problems();
    for (EventType type : config.eventTypesOf(changed.id()).keySet()) {
      problems.require(
          changed.settings().catalog().contains(type),
          "eventTypes",
          "must have " + type + ", which is described in the catalogue; delete it there");
    }
    problems.throwIfAny();
  }

  /** A rule for a misspelt type would show customers data that is meant to be hidden. */
  private static void requireKnownTypes(SiteSettings current, SiteSettings changed) {
    Problems problems = new Problems();
    for (EventType type : changed.portal().payloadByType().keySet()) {
      problems.require(
          changed.catalog().accepts(type) || current.portal().payloadByType().containsKey(type),
          "portal.payloadByType." + type,
          changed.catalog().unknownTypeMessage(type));
    }
    problems.throwIfAny();
  }

  private Sealed sealed(Site site, String key) {
    return UnchangedSecret.seal(
        services.cipher(), key, SecretContexts.siteKey(site.id()), site.settings().secretKey());
  }

  /**
   * Cleans an uploaded image of a product, and shows it in the site's portal from now on.
   *
   * @param uploaded a PNG, or an SVG in UTF-8, of at most 64 KiB
   * @throws dev.hookferry.refusal.InvalidException if it is neither, is too large, or cannot be
   *     cleaned
   */
  public PortalImage.Cleaned setPortalImage(SiteId site, PortalImage.Use use, Payload uploaded) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(use, "use");
    PortalImage.Cleaned cleaned = PortalImage.clean(uploaded);
    var unused = changePortalImage(site, use, cleaned.image());
    return cleaned;
  }

  /** Removes an image of a product from the site's portal; returns whether there was one. */
  public boolean removePortalImage(SiteId site, PortalImage.Use use) {
    Objects.requireNonNull(use, "use");
    return changePortalImage(site, use, null);
  }

  private boolean changePortalImage(SiteId site, PortalImage.Use use, @Nullable PortalImage image) {
    Objects.requireNonNull(site, "site");
    return services.change(
        config -> {
          Site current = ConfigHolder.site(config, site);
          PortalSettings before = current.settings().portal();
          boolean there = before.images().containsKey(use);
          SiteSettings after = current.settings().withPortal(before.withImage(use, image));
          return image == null && !there
              ? Planned.of(false)
              : Planned.of(there, new ConfigChange.PutSite(current.with(after)));
        });
  }

  /** Returns QLM's flat view: event names with their URLs, and QLM's four settings. */
  public Map<String, Object> serverProperties(SiteId site) {
    Objects.requireNonNull(site, "site");
    return present(site).read();
  }

  /**
   * Changes the flat view, all or nothing. Absent names keep their values; an empty string removes
   * an event's URLs; all values may be strings, as in a {@code .properties} file. New URLs are
   * checked as in {@link Endpoints#create}.
   *
   * @param changes values by name; {@link #WARNINGS} of an earlier reply are ignored
   * @return the new view; if anything may be a mistake, it also has {@link #WARNINGS}, a list of
   *     strings: see {@link ServerPropertiesPlan#warnings}
   * @throws dev.hookferry.refusal.InvalidException with every problem found, each under its name
   */
  public Map<String, Object> changeServerProperties(SiteId site, Map<String, ?> changes) {
    Objects.requireNonNull(site, "site");
    NoNulls.inKeys(changes, "changes");
    CheckedTargets targets = services.targets().check(present(site).added(changes));
    ServerPropertiesPlan plan =
        services.change(
            config -> {
              FlatProperties properties = properties(config, site, targets);
              List<ConfigChange> planned = properties.plan(changes);
              return new Planned<>(
                  planned,
                  PropertiesEffect.of(config, planned, targets, properties.warnings(changes)));
            });
    Map<String, Object> view = serverProperties(site);
    if (!plan.warnings().isEmpty()) {
      // A site may have an event type of that name.
      view.putIfAbsent(WARNINGS, plan.warnings());
    }
    return view;
  }

  /**
   * Returns the effect that {@link #changeServerProperties} would have, without changing anything.
   *
   * @throws dev.hookferry.refusal.InvalidException under the same conditions
   */
  public ServerPropertiesPlan planServerProperties(SiteId site, Map<String, ?> changes) {
    Objects.requireNonNull(site, "site");
    NoNulls.inKeys(changes, "changes");
    CheckedTargets targets = services.targets().check(present(site).added(changes));
    Config config = services.configHolder().config();
    FlatProperties properties = properties(config, site, targets);
    return PropertiesEffect.of(
        config, properties.plan(changes), targets, properties.warnings(changes));
  }

  private FlatProperties present(SiteId site) {
    return properties(services.configHolder().config(), site, services.targets().check(List.of()));
  }

  private FlatProperties properties(Config config, SiteId site, CheckedTargets targets) {
    return new FlatProperties(services, config, site, services.writer(targets));
  }

  /** Returns the site with changed settings. */
  static Site changed(CoreServices services, Config config, SiteId id, Map<String, ?> changes) {
    return FlatProperties.changed(services, ConfigHolder.site(config, id), changes);
  }
}
