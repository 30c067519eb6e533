package dev.hookferry.body;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.refusal.InvalidException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builder of bodies in every format, with the mappers that the embedding program supplies.
 * Immutable.
 */
public final class BodyMaker {
  /** A maker without mappers. */
  public static final BodyMaker WITHOUT_MAPPERS = new BodyMaker(Map.of());

  private final Map<String, BodyMapper> mappers;

  private BodyMaker(Map<String, BodyMapper> mappers) {
    this.mappers = mappers;
  }

  /**
   * Returns a maker with one more mapper, which replaces one of the same name.
   *
   * @throws InvalidException if the name is not 1 to 64 characters of A-Z a-z 0-9 _ . -
   */
  public BodyMaker with(String name, BodyMapper mapper) {
    BodySettings.requireName(name);
    Objects.requireNonNull(mapper, "mapper");
    Map<String, BodyMapper> more = new TreeMap<>(mappers);
    more.put(name, mapper);
    return new BodyMaker(Collections.unmodifiableMap(more));
  }

  /** Returns the names of the mappers, sorted. */
  public Set<String> mappers() {
    return mappers.keySet();
  }

  /**
   * Checks that the mapper named by a body exists.
   *
   * @throws InvalidException for the field {@code body.mapper} if it does not
   */
  public void requireMapper(@Nullable BodySettings settings) {
    String name = settings == null ? null : settings.mapper();
    if (name != null && !mappers.containsKey(name)) {
      throw InvalidException.of(
          "body.mapper",
          mappers.isEmpty()
              ? "is not known: this program has no mappers; choose a format or a template"
              : "is not known; this program has " + String.join(", ", mappers.keySet()));
    }
  }

  /**
   * Builds the body for an event. Calls a mapper on this thread, which may block.
   *
   * @param envelope the site's envelope, for the names of QLM's fields
   * @throws BodyException if a template or mapper fails to build one
   */
  public MappedBody make(BodySettings settings, Event event, Envelope envelope) {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(envelope, "envelope");
    String name = settings.mapper();
    return name == null ? settings.make(event, envelope) : map(name, event);
  }

  private MappedBody map(String name, Event event) {
    BodyMapper mapper = mappers.get(name);
    if (mapper == null) {
      throw new BodyException("this process has no mapper " + name);
    }
    MappedBody mapped;
    try {
      mapped = mapper.map(event);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new BodyException("the mapper " + name + " failed: " + e, e);
    }
    if (mapped == null) {
      throw new BodyException("the mapper " + name + " returned null");
    }
    if (mapped.body().size() > MappedBody.MAX_BYTES) {
      throw new BodyException(
          "the mapper " + name + " produced more than " + MappedBody.MAX_BYTES + " bytes");
    }
    return mapped;
  }
}
