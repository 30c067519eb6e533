package dev.hookferry.body;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body that an endpoint gets instead of the site's envelope. Immutable.
 *
 * @param format the format
 * @param binary whether a CloudEvent is in binary mode: attributes in headers, data as body
 * @param template the template; non-null if and only if the format is {@link BodyFormat#TEMPLATE}
 * @param mapper the name of the mapper; non-null if and only if the format is {@link
 *     BodyFormat#MAPPER}
 */
public record BodySettings(
    BodyFormat format, boolean binary, @Nullable BodyTemplate template, @Nullable String mapper) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  public BodySettings {
    Objects.requireNonNull(format, "format");
    if ((format == BodyFormat.TEMPLATE) != (template != null)) {
      throw InvalidException.of(
          "template",
          template == null
              ? "is missing: the JSON to send, with pointers into the event"
              : "belongs to the format template; leave out format or template");
    }
    if ((format == BodyFormat.MAPPER) != (mapper != null)) {
      throw InvalidException.of(
          "mapper",
          mapper == null
              ? "is missing: the name that the mapper was registered under"
              : "belongs to the format mapper; leave out format or mapper");
    }
    if (binary && format != BodyFormat.CLOUDEVENTS) {
      throw InvalidException.of("mode", "belongs to the format cloudevents; leave it out");
    }
    if (mapper != null) {
      requireName(mapper);
    }
  }

  /**
   * Returns a body in a format that needs neither a template nor a mapper.
   *
   * @throws InvalidException for {@link BodyFormat#TEMPLATE} and {@link BodyFormat#MAPPER}
   */
  public static BodySettings of(BodyFormat format) {
    return new BodySettings(format, false, null, null);
  }

  /** Returns CloudEvents in binary mode. */
  public static BodySettings binaryCloudEvents() {
    return new BodySettings(BodyFormat.CLOUDEVENTS, true, null, null);
  }

  /**
   * Returns a body built by a template.
   *
   * @throws InvalidException if it is not a valid template; see {@link BodyTemplate#parse}
   */
  public static BodySettings template(String json) {
    return new BodySettings(BodyFormat.TEMPLATE, false, BodyTemplate.parse(json), null);
  }

  /** Returns a body built by the mapper of this name. */
  public static BodySettings mapper(String name) {
    Objects.requireNonNull(name, "name");
    return new BodySettings(BodyFormat.MAPPER, false, null, name);
  }

  /**
   * Checks the name of a mapper.
   *
   * @throws InvalidException if it is not 1 to 64 characters of A-Z a-z 0-9 _ . -
   */
  static void requireName(String name) {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw InvalidException.of(
          "mapper", "must be 1 to 64 characters of A-Z a-z 0-9 _ . - (got " + name + ")");
    }
  }

  /** Returns whether the body adds a header of this name to requests. */
  public boolean sendsHeader(String name) {
    Objects.requireNonNull(name, "name");
    return binary && CloudEventBody.isHeader(name);
  }

  /**
   * Returns why this version cannot build the body, in which case nothing is sent; empty if it can.
   */
  public Optional<String> problem() {
    return template == null ? Optional.empty() : template.problem();
  }

  /**
   * Builds the body for an event.
   *
   * @param envelope the site's envelope, for the names of QLM's fields
   * @throws BodyException if a template fails to build one
   * @throws IllegalStateException if the format is {@link BodyFormat#MAPPER}, which needs a {@link
   *     BodyMaker}
   */
  public MappedBody make(Event event, Envelope envelope) {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(envelope, "envelope");
    return switch (format) {
      case RAW -> MappedBody.json(Envelope.dataOf(event));
      case QLM -> MappedBody.json(envelope.as(Envelope.Style.QLM).rewrap(event));
      case STANDARD -> MappedBody.json(envelope.as(Envelope.Style.STANDARD).rewrap(event));
      case CLOUDEVENTS -> binary ? CloudEventBody.binary(event) : CloudEventBody.structured(event);
      case THIN -> MappedBody.json(thin(event));
      case SLACK -> ChatMessage.of(event).slack();
      case TEAMS -> ChatMessage.of(event).teams();
      case DISCORD -> ChatMessage.of(event).discord();
      case TEMPLATE -> MappedBody.json(Objects.requireNonNull(template).render(event));
      case MAPPER -> throw new IllegalStateException("a mapper makes the body");
    };
  }

  private static Payload thin(Event event) {
    return new JsonBuffer(MappedBody.MAX_BYTES)
        .json("{\"id\":")
        .text(event.id().value())
        .json(",\"type\":")
        .text(event.type().name())
        .json("}")
        .end();
  }
}
