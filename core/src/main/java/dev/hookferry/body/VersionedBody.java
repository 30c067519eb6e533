package dev.hookferry.body;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body settings of an endpoint, with a count of their changes. Immutable.
 *
 * @param version 0 if the body was never set; incremented by each change, including a reset
 * @param settings the body, or null for the site's envelope
 */
public record VersionedBody(int version, @Nullable BodySettings settings) {
  /** The site's envelope, never changed. */
  public static final VersionedBody NONE = new VersionedBody(0, null);

  public VersionedBody {
    if (version < 0 || (version == 0 && settings != null)) {
      throw new IllegalArgumentException("the version of a body must be 1 or more, got " + version);
    }
  }

  /** Returns the body after a change to these settings; this object if they are equal. */
  public VersionedBody changed(@Nullable BodySettings next) {
    return Objects.equals(next, settings) ? this : new VersionedBody(version + 1, next);
  }

  /** Returns the format and version that attempts record; empty for the site's envelope. */
  public Optional<BodyVersion> recorded() {
    return Optional.ofNullable(settings)
        .map(body -> new BodyVersion(body.format().code(), version));
  }
}
