package dev.hookferry.http.resource;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.PairRules;
import dev.hookferry.event.SearchFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.EndpointId;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The optional fields of an event as the API returns them; those without a value are omitted. */
public final class EventOptionsJson {
  /** The fields, as part of an event. */
  static final ResponseShape<EventOptions> SHAPE =
      ResponseShape.<EventOptions>of("EventOptions")
          .ifAny(
              FieldSpec.of(
                      "labels",
                      FieldKind.map(FieldKind.text(), PairRules.MAX_LABELS),
                      "Its labels, by name.")
                  .example(Map.of("region", "eu")),
              options -> orNull(options.labels()))
          .ifAny(
              FieldSpec.of(
                  "to",
                  FieldKind.list(EndpointFields.ID),
                  "The ids of the endpoints that it is addressed to."),
              options -> orNull(options.to().stream().map(EndpointId::toString).toList()))
          .ifAny(
              FieldSpec.of(
                  "deliverAt", FieldKind.time(), "When it is to be sent, or was to be sent."),
              EventOptions::deliverAt)
          .ifAny(
              FieldSpec.of("orderingKey", FieldKind.text(), "Its ordering key.")
                  .example("license-4711"),
              EventOptions::orderingKey)
          .ifAny(
              FieldSpec.of(
                      "routing",
                      FieldKind.map(FieldKind.text(), PairRules.MAX_ROUTING),
                      "Its values for URL templates, by name.")
                  .example(Map.of("tenant", "acme")),
              options -> orNull(options.routing()))
          .ifAny(
              FieldSpec.of(
                      "subjectHash",
                      FieldKind.text(),
                      "A keyed hash of its subject; equal subjects have equal hashes.")
                  .example("0b7e6f3c1d2a4958c7d6e5f403928171"),
              EventOptions::subject)
          .ifAny(
              FieldSpec.of(
                      "schemaProblem",
                      FieldKind.text(),
                      "How its data violates the schema of its type, whose policy is warn; absent"
                          + " if it does not.")
                  .example("version 2: /Number must satisfy \"type\": \"string\""),
              EventOptions::schemaProblem)
          .ifAny(
              FieldSpec.of(
                      "searchFields",
                      FieldKind.map(FieldKind.text(), SearchFields.MAX),
                      "The values of its data that searches find it by, by name.")
                  .example(Map.of("ActivationKey", "HF4T0-7QWK2")),
              options -> orNull(options.searchFields()))
          .ifAny(
              FieldSpec.of("traceparent", FieldKind.text(), "The trace that it belongs to.")
                  .example("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
              options -> options.trace() == null ? null : options.trace().text())
          .ifAny(
              FieldSpec.of("tracestate", FieldKind.text(), "The state of that trace.")
                  .example("vendor=t61rcWkgMzE"),
              options ->
                  options.trace() == null || options.trace().state().isEmpty()
                      ? null
                      : options.trace().state());

  private EventOptionsJson() {}

  private static @Nullable Map<String, String> orNull(Map<String, String> values) {
    return values.isEmpty() ? null : values;
  }

  private static @Nullable Collection<String> orNull(Collection<String> values) {
    return values.isEmpty() ? null : values;
  }
}
