package dev.hookferry.http.console.endpoints;

import dev.hookferry.body.BodyFormat;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.BodyTemplate;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.InvalidException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of an endpoint's form about the body of its requests, as typed.
 *
 * @param format a format, {@code cloudevents-binary}, {@code mapper:} and a name, or empty for the
 *     site's envelope
 * @param template the template; used only by the format {@code template}
 */
public record BodyForm(String format, String template) {
  /** A form in which nothing is chosen. */
  public static final BodyForm EMPTY = new BodyForm("", "");

  private static final String BINARY = "cloudevents-binary";
  private static final String MAPPER = "mapper:";

  /** Returns a form filled with an endpoint's current values. */
  static BodyForm of(Endpoint endpoint) {
    BodySettings body = endpoint.body().settings();
    if (body == null) {
      return EMPTY;
    }
    BodyTemplate template = body.template();
    String format =
        body.mapper() == null
            ? body.binary() ? BINARY : body.format().code()
            : MAPPER + body.mapper();
    return new BodyForm(format, template == null ? "" : template.text());
  }

  /** Returns the form that a browser submitted. */
  static BodyForm of(FormValues form) {
    return new BodyForm(form.text("bodyFormat"), form.raw("bodyTemplate").strip());
  }

  /** Returns whether nothing is chosen. */
  public boolean isEmpty() {
    return format.isEmpty();
  }

  /**
   * Returns the choices, with display texts.
   *
   * @param mappers the names of the available mappers
   */
  public Map<String, String> choices(Set<String> mappers) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "the site's envelope");
    choices.put("raw", "raw: the data alone");
    choices.put("qlm", "qlm: QLM's envelope");
    choices.put("standard", "standard: the envelope of Standard Webhooks");
    choices.put("cloudevents", "CloudEvents");
    choices.put(BINARY, "CloudEvents, binary mode");
    choices.put("thin", "thin: id and type");
    choices.put("slack", "a message for Slack");
    choices.put("teams", "a message for Microsoft Teams");
    choices.put("discord", "a message for Discord");
    choices.put("template", "a template");
    mappers.forEach(name -> choices.put(MAPPER + name, "the mapper " + name));
    if (format.startsWith(MAPPER)) {
      choices.putIfAbsent(format, "the mapper " + format.substring(MAPPER.length()));
    }
    return choices;
  }

  /**
   * Returns the body; null for the site's envelope.
   *
   * @throws InvalidException if there is no such body
   */
  @Nullable BodySettings settings() {
    if (format.isEmpty()) {
      return null;
    }
    if (format.equals("template")) {
      return BodySettings.template(template);
    }
    if (format.startsWith(MAPPER)) {
      return BodySettings.mapper(format.substring(MAPPER.length()));
    }
    return format.equals(BINARY)
        ? BodySettings.binaryCloudEvents()
        : BodySettings.of(
            BodyFormat.fromCode(format)
                .orElseThrow(() -> InvalidException.of("body", "is not a known format")));
  }

  /**
   * Adds the values to a specification.
   *
   * @throws InvalidException if there is no such body
   */
  FieldValues addTo(FieldValues values) {
    BodySettings body = settings();
    return body == null
        ? values.withReset(EndpointFields.BODY)
        : values.with(EndpointFields.BODY, body);
  }
}
