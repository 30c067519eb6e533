package dev.hookferry.body;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.refusal.InvalidException;
import java.util.Objects;

/** The fields of a body. */
public final class BodyFields {
  /** The format. */
  public static final FieldSpec<String> FORMAT =
      FieldSpec.of(
              "format",
              FieldKind.choice(BodyFormat.class, BodyFormat::code),
              "raw: the data alone. qlm, standard: these envelopes. cloudevents: CloudEvents 1.0."
                  + " thin: id and type. slack, teams, discord: a chat message. Not needed with"
                  + " template or mapper.")
          .example("cloudevents");

  /** The mode of CloudEvents. */
  public static final FieldSpec<String> MODE =
      FieldSpec.of(
              "mode",
              FieldKind.choice("structured", "binary"),
              "cloudevents: one JSON object, or the data as body and the rest in ce- headers.")
          .fallback("structured");

  /** The template. */
  public static final FieldSpec<BodyTemplate> TEMPLATE =
      FieldSpec.of(
              "template",
              FieldKind.json(BodyTemplate::parse),
              "The JSON to send, in which {\"$pointer\":\"/data/ActivationKey\"} stands for a value of"
                  + " the event; at most 16 KiB.")
          .example(
              BodyTemplate.parse(
                  "{\"text\":{\"$concat\":[\"Created: \",{\"$pointer\":\"/data/ActivationKey\"}]}}"));

  /** The name of the mapper. */
  public static final FieldSpec<String> MAPPER =
      FieldSpec.of(
          "mapper",
          FieldKind.pattern("^[A-Za-z0-9_.-]{1,64}$"),
          "The name of a mapper that the embedding program registered.");

  /** All fields of a body. */
  public static final FieldTable ALL =
      FieldTable.of("Body", FORMAT, MODE, TEMPLATE, MAPPER)
          .named("Body", "A format with its options, a template, or the name of a mapper.");

  private BodyFields() {}

  /**
   * Creates the body of these values.
   *
   * @throws InvalidException if they contradict each other, or no format, template or mapper is
   *     given
   */
  public static BodySettings settings(FieldValues given) {
    Objects.requireNonNull(given, "given");
    BodyTemplate template = given.get(TEMPLATE);
    String mapper = given.get(MAPPER);
    String format =
        given.get(FORMAT, template != null ? "template" : mapper != null ? "mapper" : "");
    return new BodySettings(
        BodyFormat.fromCode(format)
            .orElseThrow(
                () -> InvalidException.of("", "must have a format, a template or a mapper")),
        "binary".equals(given.get(MODE)),
        template,
        mapper);
  }
}
