package dev.hookferry.store;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.config.ConfigText;
import dev.hookferry.store.config.EventTypeText;
import dev.hookferry.store.config.SiteText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a configuration resource. Stores need not understand its settings.
 *
 * @param kind the kind of resource
 * @param id the resource's id as text, unique within the kind
 * @param site the owning site; null for a site itself, for an API key of all sites, or if {@code
 *     text} is null
 * @param text one JSON object in ASCII without line breaks, or null if the resource was removed
 */
public record ConfigEntry(Kind kind, String id, @Nullable SiteId site, @Nullable String text) {
  private static final String ROTATION_ID = "masterkey";

  private static final ConfigChange.Fold<Optional<ConfigEntry>> WRITER =
      new ConfigChange.Fold<>() {
        @Override
        public Optional<ConfigEntry> putSite(Site site) {
          return entry(Kind.SITE, site.id(), null, SiteText.write(site));
        }

        @Override
        public Optional<ConfigEntry> removeSite(SiteId id) {
          return entry(Kind.SITE, id, null, null);
        }

        @Override
        public Optional<ConfigEntry> putEndpoint(Endpoint endpoint) {
          String text = ConfigText.write(endpoint);
          return entry(Kind.ENDPOINT, endpoint.id(), endpoint.site(), text);
        }

        @Override
        public Optional<ConfigEntry> removeEndpoint(EndpointId id) {
          return entry(Kind.ENDPOINT, id, null, null);
        }

        @Override
        public Optional<ConfigEntry> putEventType(EventTypeDefinition definition) {
          SiteId site = definition.site();
          String id = typeId(site, definition.type());
          return entry(Kind.EVENT_TYPE, id, site, EventTypeText.write(definition));
        }

        @Override
        public Optional<ConfigEntry> removeEventType(SiteId site, EventType type) {
          return entry(Kind.EVENT_TYPE, typeId(site, type), null, null);
        }

        @Override
        public Optional<ConfigEntry> putKey(ApiKey key) {
          return entry(Kind.KEY, key.id(), key.site(), ConfigText.write(key));
        }

        @Override
        public Optional<ConfigEntry> removeKey(KeyId id) {
          return entry(Kind.KEY, id, null, null);
        }

        @Override
        public Optional<ConfigEntry> putRotation(@Nullable String key) {
          String text = ConfigText.write(new ConfigChange.PutRotation(key));
          return entry(Kind.ROTATION, ROTATION_ID, null, text);
        }

        @Override
        public Optional<ConfigEntry> note(AuditEntry entry) {
          return Optional.empty();
        }
      };

  public ConfigEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
  }

  /** Kind of resource. */
  public enum Kind {
    /** A site with its settings. */
    SITE,
    /** An endpoint. */
    ENDPOINT,
    /** An API key. */
    KEY,
    /** The running rotation of the master key; at most one. */
    ROTATION,
    /** An event type with a description. */
    EVENT_TYPE;

    /** Returns the name used in stores. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the kind with this stored name.
     *
     * @throws IllegalArgumentException if the kind is unknown to this version
     */
    public static Kind fromCode(String word) {
      Objects.requireNonNull(word, "word");
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Returns the entry to store for a change; empty for {@link ConfigChange.Note}. */
  public static Optional<ConfigEntry> of(ConfigChange change) {
    Objects.requireNonNull(change, "change");
    return change.fold(WRITER);
  }

  /**
   * Returns the entries of all resources: the running rotation, then sites, event types, endpoints
   * and API keys, each in id order.
   */
  public static List<ConfigEntry> all(Config config) {
    Objects.requireNonNull(config, "config");
    return Stream.<Stream<ConfigChange>>of(
            Stream.ofNullable(config.rotation()).map(ConfigChange.PutRotation::new),
            config.sites().values().stream().map(ConfigChange.PutSite::new),
            config.sites().keySet().stream()
                .flatMap(site -> config.eventTypesOf(site).values().stream())
                .map(ConfigChange.PutEventType::new),
            config.endpoints().values().stream().map(ConfigChange.PutEndpoint::new),
            config.keys().values().stream().map(ConfigChange.PutKey::new))
        .flatMap(changes -> changes)
        .flatMap(change -> of(change).stream())
        .toList();
  }

  /**
   * Returns the id of a type. It is unique among all sites, because site names contain no slash.
   */
  private static String typeId(SiteId site, EventType type) {
    return site.value() + '/' + type.name();
  }

  private static Optional<ConfigEntry> entry(
      Kind kind, Object id, @Nullable SiteId site, @Nullable String text) {
    return Optional.of(new ConfigEntry(kind, id.toString(), site, text));
  }

  /**
   * Returns the change that produces this entry.
   *
   * @throws StoreException if the text is damaged or has members unknown to this version; the
   *     message names the resource and the member
   */
  public ConfigChange change() {
    try {
      String written = text;
      return written == null ? removal() : JsonMembers.parse(written, this::put);
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** Returns the whole entry as one line of JSON. */
  public String json() {
    String head = new JsonWriter().text("kind", kind.code()).text("id", id).end();
    return text == null ? head : head.substring(0, head.length() - 1) + ",\"value\":" + text + "}";
  }

  /**
   * Parses the output of {@link #json} as a change.
   *
   * @throws IllegalArgumentException if the text is damaged or has members unknown to this version;
   *     the message names the member
   */
  public static ConfigChange read(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    return readValue(members.text("kind", Kind::fromCode), members);
  }

  /**
   * Parses the text after the kind in the output of {@link #json} as a change.
   *
   * @throws IllegalArgumentException if the text is damaged or has members unknown to this version;
   *     the message names the member
   */
  public static ConfigChange readValue(Kind kind, JsonMembers members) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(members, "members");
    ConfigEntry entry = new ConfigEntry(kind, members.text("id"), null, null);
    ConfigChange put = members.objectOrNull("value", entry::put);
    return put == null ? entry.removal() : put;
  }

  private ConfigChange removal() {
    return switch (kind) {
      case SITE -> new ConfigChange.RemoveSite(new SiteId(id));
      case ENDPOINT -> new ConfigChange.RemoveEndpoint(EndpointId.parse(id));
      case KEY -> new ConfigChange.RemoveKey(KeyId.parse(id));
      case ROTATION -> new ConfigChange.PutRotation(null);
      case EVENT_TYPE -> {
        int slash = id.indexOf('/');
        yield new ConfigChange.RemoveEventType(
            new SiteId(id.substring(0, slash)), new EventType(id.substring(slash + 1)));
      }
    };
  }

  private ConfigChange put(JsonMembers members) {
    return switch (kind) {
      case SITE -> new ConfigChange.PutSite(SiteText.read(members));
      case ENDPOINT -> new ConfigChange.PutEndpoint(ConfigText.endpoint(members));
      case KEY -> new ConfigChange.PutKey(ConfigText.key(members));
      case ROTATION -> ConfigText.rotation(members);
      case EVENT_TYPE -> new ConfigChange.PutEventType(EventTypeText.read(members));
    };
  }

  private StoreException unreadable(RuntimeException cause) {
    return new StoreException(
        "the " + kind.code() + " " + id + " in the store cannot be read: " + cause.getMessage(),
        cause);
  }
}
