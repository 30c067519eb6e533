package dev.hookferry.refusal;

import java.io.Serializable;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A name in a request that does not exist, for programs that word their own error messages.
 *
 * @param kind the kind of object, such as {@code endpoint} or {@code event_type}; {@code value} for
 *     a value that a field does not accept
 * @param name the name as written in the request
 * @param nearest the closest existing name; null if none is close or names were not compared
 */
public record UnknownName(String kind, String name, @Nullable String nearest)
    implements Serializable {
  /** Kind for the id or uid of an endpoint. */
  public static final String ENDPOINT = "endpoint";

  /** Kind for an event type. */
  public static final String EVENT_TYPE = "event_type";

  /** Kind for a site setting. */
  public static final String SETTING = "setting";

  /** Kind for a field of a request body. */
  public static final String FIELD = "field";

  /** Kind for a query parameter. */
  public static final String PARAMETER = "parameter";

  /** Kind for a value that a field does not accept. */
  public static final String VALUE = "value";

  public UnknownName {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** Returns an unknown name without a suggestion. */
  public static UnknownName of(String kind, String name) {
    return new UnknownName(kind, name, null);
  }

  /** Returns an unknown name with the closest known name, if any. */
  public static UnknownName of(String kind, String name, Collection<String> known) {
    Objects.requireNonNull(name, "name");
    return new UnknownName(kind, name, Nearest.to(name, known).orElse(null));
  }
}
