package dev.hookferry.http.resource;

import dev.hookferry.body.BodyFields;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.BodyTemplate;
import dev.hookferry.body.BodyVersion;
import dev.hookferry.body.MappedBody;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.EventFields;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.OutputKind;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.http.wire.Utf8;
import dev.hookferry.refusal.InvalidException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Body settings of endpoints, and previews of bodies, as the API accepts and returns them. */
public final class BodyJson {
  /** The body settings of an endpoint. */
  public static final ResponseShape<BodySettings> BODY =
      ResponseShape.<BodySettings>of(BodyFields.ALL.name())
          .saying(BodyFields.ALL.help())
          .always(BodyFields.FORMAT, body -> body.format().code())
          .ifAny(BodyFields.MODE, body -> body.binary() ? "binary" : null)
          .ifAny(BodyFields.TEMPLATE, body -> template(body.template()))
          .ifAny(BodyFields.MAPPER, BodySettings::mapper);

  /** The format and version of the body that an attempt sent. */
  public static final ResponseShape<BodyVersion> VERSION =
      ResponseShape.<BodyVersion>of("BodyVersion")
          .always(
              FieldSpec.of("format", FieldKind.text(), "Format of the body.").example("template"),
              BodyVersion::format)
          .always(
              FieldSpec.of(
                      "version",
                      FieldKind.integer(1, Integer.MAX_VALUE),
                      "The endpoint's bodyVersion at the time.")
                  .example(3),
              BodyVersion::version);

  /** The event type of the data in a preview. */
  public static final FieldSpec<String> TYPE =
      FieldSpec.of(
              "type",
              EventFields.TYPE.kind(),
              "The event type of data. Without it, license_created if the endpoint receives that,"
                  + " else the first of the site's types that it does.")
          .example("license_created");

  /** The event of a preview. */
  public static final FieldSpec<String> EVENT =
      FieldSpec.of("event", FieldKind.text(), "The id of an event to make the body for.")
          .example("evt_01m89rmshbe00b8jhew46a2pfn");

  /** The fields of a preview. */
  public static final FieldTable PREVIEW =
      FieldTable.of(
              "BodyPreview",
              EVENT,
              EventFields.DATA.saying("Data to make the body for: any JSON value."),
              TYPE,
              EndpointFields.BODY.saying(
                  "The body to preview; without it, the endpoint's own; null for the site's"
                      + " envelope."))
          .named("BodyPreview", "Exactly one of event and data.");

  /** A body as it would be sent. */
  public static final ResponseShape<MappedBody> PREVIEWED =
      ResponseShape.<MappedBody>of("PreviewedBody")
          .always(
              FieldSpec.of("contentType", FieldKind.text(), "Value of the header Content-Type.")
                  .example("application/json"),
              MappedBody::contentType)
          .always(
              FieldSpec.of(
                      "headers",
                      FieldKind.map(FieldKind.text(), 16),
                      "Headers that belong to the body: those of CloudEvents in binary mode.")
                  .fallback("{}"),
              MappedBody::headers)
          .always(
              FieldSpec.of("size", FieldKind.count(), "Bytes of the body.").example(14),
              body -> body.body().size())
          .ifAny(
              FieldSpec.of("body", FieldKind.text(), "The body, if valid UTF-8.")
                  .example("{\"text\":\"K-7\"}"),
              body -> text(body.body()))
          .ifAny(
              FieldSpec.of("bodyBase64", OutputKind.BASE64, "The body, if not valid UTF-8."),
              body ->
                  text(body.body()) == null
                      ? Base64.getEncoder().encodeToString(body.body().unsafeBytes())
                      : null);

  private BodyJson() {}

  private static @Nullable String text(Payload body) {
    return Utf8.isValid(body.unsafeBytes()) ? body.text() : null;
  }

  /** Returns a template as JSON; null if there is none, or if the stored text is not JSON. */
  private static JsonOutput.@Nullable Writing template(@Nullable BodyTemplate template) {
    if (template == null) {
      return null;
    }
    try {
      JsonValidator.require("template", Payload.of(template.text()));
      return JsonOutput.raw(template.text());
    } catch (InvalidException e) {
      return null;
    }
  }
}
