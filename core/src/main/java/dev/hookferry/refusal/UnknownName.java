package dev.hookferry.refusal;

import java.io.Serializable;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A name in a request that does not exist, for programs that explain it in their own words.
 *
 * @param kind the kind of thing that has no such name, such as {@code endpoint} or {@code
 *     event_type}; {@code value} for a word that a field does not take
 * @param name the name as it was given
 * @param nearest the closest name that exists; null if none is close or the names were not compared
 */
public record UnknownName(String kind, String name, @Nullable String nearest)
    implements Serializable {
  /** The kind of an endpoint's id or uid. */
  public static final String ENDPOINT = "endpoint";

  /** The kind of an event type. */
  public static final String EVENT_TYPE = "event_type";

  /** The kind of a site's setting. */
  public static final String SETTING = "setting";

  /** The kind of a field of a request's body. */
  public static final String FIELD = "field";

  /** The kind of a query parameter. */
  public static final String PARAMETER = "parameter";

  /** The kind of a word that a field does not take. */
  public static final String VALUE = "value";

  public UnknownName {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** Returns a name that was not compared with others. */
  public static UnknownName of(String kind, String name) {
    return new UnknownName(kind, name, null);
  }

  /** Returns a name with the closest one of those that are known. */
  public static UnknownName of(String kind, String name, Collection<String> known) {
    Objects.requireNonNull(name, "name");
    return new UnknownName(kind, name, Nearest.to(name, known).orElse(null));
  }
}
