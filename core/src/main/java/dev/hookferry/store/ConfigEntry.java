package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.config.ConfigText;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One resource of the configuration as stores keep it. What a setting is called and how it is
 * written, no store needs to know.
 *
 * @param kind of the resource
 * @param id in text, unique within the kind
 * @param site whose it is; null for a site itself, for an API key of all sites, and where {@code
 *     text} is null
 * @param text one JSON object in ASCII without line breaks, or null if the resource was removed
 */
public record ConfigEntry(Kind kind, String id, @Nullable SiteId site, @Nullable String text) {
  private static final String ROTATION_ID = "masterkey";

  public ConfigEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
  }

  /** A kind of resource. */
  public enum Kind {
    /** A site with its settings. */
    SITE,
    /** An endpoint. */
    ENDPOINT,
    /** An API key. */
    KEY,
    /** The rotation of the master key that is under way; there is one at most. */
    ROTATION;

    /** The word in stores. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a word.
     *
     * @throws IllegalArgumentException if this version knows no such kind
     */
    public static Kind ofWord(String word) {
      Objects.requireNonNull(word, "word");
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** The entry that a change leaves; none for {@link ConfigChange.Note}. */
  public static Optional<ConfigEntry> of(ConfigChange change) {
    Objects.requireNonNull(change, "change");
    if (change instanceof ConfigChange.PutSite put) {
      return entry(Kind.SITE, put.site().id(), null, ConfigText.write(put.site()));
    }
    if (change instanceof ConfigChange.RemoveSite remove) {
      return entry(Kind.SITE, remove.id(), null, null);
    }
    if (change instanceof ConfigChange.PutEndpoint put) {
      SiteId site = put.endpoint().site();
      return entry(Kind.ENDPOINT, put.endpoint().id(), site, ConfigText.write(put.endpoint()));
    }
    if (change instanceof ConfigChange.RemoveEndpoint remove) {
      return entry(Kind.ENDPOINT, remove.id(), null, null);
    }
    if (change instanceof ConfigChange.PutKey put) {
      return entry(Kind.KEY, put.key().id(), put.key().site(), ConfigText.write(put.key()));
    }
    if (change instanceof ConfigChange.RemoveKey remove) {
      return entry(Kind.KEY, remove.id(), null, null);
    }
    return change instanceof ConfigChange.PutRotation put
        ? entry(Kind.ROTATION, ROTATION_ID, null, ConfigText.write(put))
        : Optional.empty();
  }

  private static Optional<ConfigEntry> entry(
      Kind kind, Object id, @Nullable SiteId site, @Nullable String text) {
    return Optional.of(new ConfigEntry(kind, id.toString(), site, text));
  }

  /**
   * The change that leaves this entry.
   *
   * @throws StoreException if its text is damaged, or says more than this version knows; the
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

  /** The whole entry as JSON, for stores of lines. */
  public String json() {
    String head = new JsonWriter().text("kind", kind.word()).text("id", id).end();
    return text == null ? head : head.substring(0, head.length() - 1) + ",\"value\":" + text + "}";
  }

  /**
   * Reads what {@link #json} wrote as a change.
   *
   * @throws IllegalArgumentException if it is damaged, or says more than this version knows; the
   *     message names the member
   */
  public static ConfigChange read(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    Kind kind = members.text("kind", Kind::ofWord);
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
    };
  }

  private ConfigChange put(JsonMembers members) {
    return switch (kind) {
      case SITE -> new ConfigChange.PutSite(ConfigText.site(members));
      case ENDPOINT -> new ConfigChange.PutEndpoint(ConfigText.endpoint(members));
      case KEY -> new ConfigChange.PutKey(ConfigText.key(members));
      case ROTATION -> ConfigText.rotation(members);
    };
  }

  private StoreException unreadable(RuntimeException cause) {
    return new StoreException(
        "the " + kind.word() + " " + id + " in the store cannot be read: " + cause.getMessage(),
        cause);
  }
}
