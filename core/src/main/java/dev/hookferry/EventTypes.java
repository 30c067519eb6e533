package dev.hookferry;

import dev.hookferry.catalog.CatalogExport;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaChecks;
import dev.hookferry.catalog.UnusableSchema;
import dev.hookferry.catalog.VersionedSpec;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Paging;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.internal.catalog.EventTypeWriter;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.SettingsUpdate;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of a site's event types, with their JSON Schemas. Thread-safe. Changes block until
 * they are durable and throw {@link dev.hookferry.store.StoreException} if the store fails.
 */
public final class EventTypes {
  private final CoreServices services;

  EventTypes(CoreServices services) {
    this.services = services;
  }

  /** Returns the types of a site: QLM's, unless the site hides them, then its own by name. */
  public List<EventTypeDefinition> all(SiteId site) {
    Objects.requireNonNull(site, "site");
    Config config = services.configHolder().config();
    return ConfigHolder.site(config, site).settings().catalog().types().stream()
        .map(type -> definition(config, site, type))
        .toList();
  }

  /** Lists the types of a site in the order of {@link #all}. */
  public Page<EventTypeDefinition> list(SiteId site, PageRequest page) {
    List<EventTypeDefinition> all = all(site);
    Config config = services.configHolder().config();
    Comparator<EventType> order = ConfigHolder.site(config, site).settings().catalog().order();
    return Paging.of(all, page, EventTypeDefinition::type, order, EventType::new);
  }

  /**
   * Returns one type.
   *
   * @throws NotFoundException if the site has no such type; one of QLM's is there even if hidden
   */
  public EventTypeDefinition get(SiteId site, EventType type) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    return known(services.configHolder().config(), site, type);
  }

  /**
   * Saves the catalogue's entry for a type, replacing the previous one. A type that the site does
   * not have yet is declared. While a schema is in force (its policy is not off), a change of it
   * that may break producers or receivers is refused: make it another version by {@link
   * #addVersion}.
   *
   * @throws dev.hookferry.refusal.InvalidException if the schema cannot be used or would be broken,
   *     or the example does not match it
   */
  public EventTypeDefinition put(SiteId site, EventType type, EventTypeSpec spec) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(spec, "spec");
    EventTypeWriter writer = writer();
    services.configHolder().site(site);
    writer.check(spec.policy(), spec.schema(), spec.example());
    return services.change(
        config -> {
          EventTypeDefinition changed =
              writer.replaced(definition(config, site, type), described(spec, site, type));
          return planned(config, changed);
        });
  }

  /**
   * Describes a type with all versions of its schema, as another system keeps them. Unlike {@link
   * #put}, it refuses no change that may break others. Data that violates the last version is
   * refused if this process can use that version; otherwise it is not checked.
   *
   * @param spec its schema and policy are ignored
   * @param schemas by version number, from 1; empty for none
   */
  public EventTypeDefinition describe(
      SiteId site, EventType type, EventTypeSpec spec, Map<Integer, String> schemas) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(spec, "spec");
    NoNulls.in(schemas, "schemas");
    VersionedSpec described = new VersionedSpec(spec, schemas);
    return change(site, type, present -> described);
  }

  /**
   * Describes a type as {@link #describe} does, depending on the site's present definition: no
   * concurrent change is lost.
   *
   * @param change receives the current definition, empty if the site has no such type, or it is a
   *     QLM type without a description. Must not block; may run several times; refuses the change
   *     by throwing
   */
  public EventTypeDefinition change(
      SiteId site, EventType type, Function<Optional<EventTypeDefinition>, VersionedSpec> change) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(change, "change");
    EventTypeWriter writer = writer();
    return services.change(
        config -> {
          EventTypeDefinition current = definition(config, site, type);
          EventCatalog catalog = ConfigHolder.site(config, site).settings().catalog();
          boolean isDescribed = current.changedAt() != null || catalog.declared().contains(type);
          boolean isThere = isDescribed && catalog.types().contains(type);
          VersionedSpec spec = change.apply(isThere ? Optional.of(current) : Optional.empty());
          return planned(
              config, writer.imported(current, spec.spec(), new TreeMap<>(spec.schemas())));
        });
  }

  /** Built-in descriptions of QLM's types apply where the site gives none. */
  private static EventTypeSpec described(EventTypeSpec spec, SiteId site, EventType type) {
    EventTypeDefinition known = EventTypeDefinition.undescribed(site, type);
    EventTypeSpec full =
        spec.description().isEmpty() ? spec.description(known.description()) : spec;
    return full.example() == null ? full.example(known.example()) : full;
  }

  /**
   * Creates another version of a type's schema, which takes effect at once. This may break
   * producers or receivers. Creating the current version again with the same content changes
   * nothing.
   *
   * @param number the number of the current version plus one; 1 if there is none
   * @param example the new example; null keeps the current one
   * @throws NotFoundException if the site has no such type
   * @throws dev.hookferry.refusal.ConflictException if another number is next
   * @throws dev.hookferry.refusal.InvalidException if the schema cannot be used, or the example
   *     does not match it
   */
  public EventTypeDefinition addVersion(
      SiteId site, EventType type, int number, String schema, @Nullable String example) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(schema, "schema");
    EventTypeWriter writer = writer();
    String checked = EventTypeSpec.of("").example(example).example();
    return services.change(
        config -> planned(config, writer.next(known(config, site, type), number, schema, checked)));
  }

  /**
   * Removes the entry of a type, and the type itself unless it is built in. Events that were
   * published stay, and so do subscriptions of endpoints.
   *
   * @throws NotFoundException if the site has no such type
   */
  public void remove(SiteId site, EventType type) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    services.change(
        config -> {
          EventTypeDefinition before = known(config, site, type);
          List<ConfigChange> changes = new ArrayList<>();
          Site current = ConfigHolder.site(config, site);
          EventCatalog catalog = current.settings().catalog();
          if (catalog.declared().contains(type)) {
            List<String> rest = names(catalog).filter(name -> !name.equals(type.name())).toList();
            changes.add(declaring(current, rest));
          }
          if (config.eventType(site, type) != null) {
            changes.add(new ConfigChange.RemoveEventType(site, type));
          }
          return new Planned<>(changes, before);
        });
  }

  /** Returns an OpenAPI 3.1 document, as JSON, that describes each type as a webhook. */
  public String openApi(SiteId site) {
    return CatalogExport.openApi(services.configHolder().site(site), all(site));
  }

  /** Returns an AsyncAPI 3 document, as JSON, that describes each type as a channel. */
  public String asyncApi(SiteId site) {
    return CatalogExport.asyncApi(services.configHolder().site(site), all(site));
  }

  /** Returns how many events this process has checked against schemas, by result. */
  public SchemaChecks checks() {
    return services.process().schemas().checks();
  }

  /** Returns the schemas, of all sites, that are in force but that this process cannot use. */
  public List<UnusableSchema> unusable() {
    return services.process().schemas().unusable(services.configHolder().config());
  }

  private EventTypeWriter writer() {
    return new EventTypeWriter(services.process().schemas().compiler(), services.clock().instant());
  }

  private Planned<EventTypeDefinition> planned(Config config, EventTypeDefinition changed) {
    Site site = ConfigHolder.site(config, changed.site());
    EventCatalog catalog = site.settings().catalog();
    EventTypeDefinition before = config.eventType(site.id(), changed.type());
    if (changed.equals(before)) {
      return Planned.of(changed);
    }
    ConfigChange put = new ConfigChange.PutEventType(changed);
    if (catalog.contains(changed.type())) {
      return Planned.of(changed, put);
    }
    List<String> all = Stream.concat(names(catalog), Stream.of(changed.type().name())).toList();
    return Planned.of(changed, declaring(site, all), put);
  }

  /** Declared types have the same limits as the setting. */
  private ConfigChange declaring(Site site, List<String> names) {
    SettingsUpdate update =
        SettingsUpdate.of(site.settings(), services.clock().instant())
            .eventTypes(names.toArray(String[]::new));
    return new ConfigChange.PutSite(site.with(update.settings()));
  }

  private static Stream<String> names(EventCatalog catalog) {
    return catalog.declared().stream().map(EventType::name);
  }

  private static EventTypeDefinition known(Config config, SiteId site, EventType type) {
    if (!ConfigHolder.site(config, site).settings().catalog().contains(type)) {
      throw new NotFoundException("event type", type);
    }
    return definition(config, site, type);
  }

  private static EventTypeDefinition definition(Config config, SiteId site, EventType type) {
    EventTypeDefinition stored = config.eventType(site, type);
    return stored == null ? EventTypeDefinition.undescribed(site, type) : stored;
  }
}
