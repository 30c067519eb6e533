package dev.hookferry.body;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.internal.json.JsonCursor;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template of a body: JSON in which objects such as {@code {"$pointer":"/data/ActivationKey"}}
 * stand for values of the event, and other {@link TemplateFunction functions} for values computed
 * from these. It has no code, loops only over the elements of an array, and does a limited amount
 * of work per event. Immutable; equality is by text.
 */
public final class BodyTemplate {
  /** Maximum size of a template, in bytes of UTF-8. */
  public static final int MAX_BYTES = 16 * 1024;

  /** Maximum nesting depth of a template. */
  public static final int MAX_DEPTH = 32;

  /** Maximum number of bytes that its functions read and write for one event. */
  public static final int MAX_WORK = 4 << 20;

  static final String FIELD = "body.template";

  private final String text;
  private final TemplateParser.@Nullable Parsed parsed;
  private final @Nullable String problem;

  private BodyTemplate(
      String text, TemplateParser.@Nullable Parsed parsed, @Nullable String problem) {
    this.text = text;
    this.parsed = parsed;
    this.problem = problem;
  }

  /**
   * Parses a template.
   *
   * @param json the template as a JSON object, kept unchanged
   * @throws InvalidException with the field {@code body.template}, the path within it, and the rule
   */
  public static BodyTemplate parse(String json) {
    Objects.requireNonNull(json, "json");
    return new BodyTemplate(
        json, TemplateParser.parse(json.getBytes(StandardCharsets.UTF_8)), null);
  }

  /**
   * Parses a stored template, perhaps written by another version. If this version cannot parse it,
   * it builds no bodies and has a {@link #problem}.
   */
  public static BodyTemplate stored(String json) {
    Objects.requireNonNull(json, "json");
    try {
      return parse(json);
    } catch (InvalidException e) {
      return new BodyTemplate(json, null, e.problems().get(0).toString());
    }
  }

  /** Returns the text that it was parsed from. */
  public String text() {
    return text;
  }

  /**
   * Returns why this version cannot parse the template, in which case nothing is sent; empty if it
   * can.
   */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Builds the body for an event.
   *
   * @throws BodyException if it would have more than {@link MappedBody#MAX_BYTES} or take more work
   *     than {@link #MAX_WORK}, or if this version cannot parse the template
   */
  public Payload render(Event event) {
    Objects.requireNonNull(event, "event");
    if (parsed == null) {
      throw new BodyException("this version cannot read the template: " + problem);
    }
    TemplateRun run =
        new TemplateRun(
            parsed.pointers().read(name -> value(event, name)), MappedBody.MAX_BYTES, MAX_WORK);
    JsonBuffer out = run.buffer();
    parsed.root().write(run, out);
    return out.end();
  }

  /** Returns the value for the first name of a pointer; null if the name is unknown. */
  private static @Nullable TemplateValue value(Event event, String name) {
    return switch (name) {
      case "id" -> TemplateValue.ofText(event.id().value());
      case "type" -> TemplateValue.ofText(event.type().name());
      case "time" ->
          TemplateValue.ofText(event.occurredAt().truncatedTo(ChronoUnit.MILLIS).toString());
      case "site" -> TemplateValue.ofText(event.site().value());
      case "labels" -> labels(event);
      case "data" -> TemplateValue.next(new JsonCursor(Envelope.dataOf(event).unsafeBytes()));
      default -> null;
    };
  }

  private static TemplateValue labels(Event event) {
    JsonBuffer out = new JsonBuffer(Integer.MAX_VALUE).json("{");
    event
        .options()
        .labels()
        .forEach(
            (name, label) -> out.json(out.size() == 1 ? "" : ",").text(name).json(":").text(label));
    return TemplateValue.of(out.json("}").end());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof BodyTemplate that && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return text;
  }
}
