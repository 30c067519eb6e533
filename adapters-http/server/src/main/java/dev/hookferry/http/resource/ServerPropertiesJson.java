package dev.hookferry.http.resource;

import dev.hookferry.Settings;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.site.ServerPropertiesPlan;
import java.util.List;

/** The fields of server properties besides QLM's four settings. */
public final class ServerPropertiesJson {
  /** Stands for any field that is named after an event type. */
  public static final FieldSpec<String> URLS =
      FieldSpec.of(
          "event type",
          FieldKind.text(),
          "The URLs of an event type, separated by semicolons; a semicolon inside a URL is %3B.");

  /** Warnings in the reply to a change; ignored in requests, so that a reply can be sent back. */
  public static final FieldSpec<List<String>> WARNINGS =
      FieldSpec.of(
          Settings.WARNINGS,
          FieldKind.list(FieldKind.text()),
          "Only after a change: possible mistakes, such as a host name that does not resolve, or a"
              + " pattern that became a fixed list of event types. Ignored in a request, so that a"
              + " reply can be sent back.");

  /** An endpoint that a change would affect. */
  public static final ResponseShape<Endpoint> PLANNED =
      ResponseShape.<Endpoint>of("PlannedEndpoint")
          .always(
              FieldSpec.of("id", EndpointFields.ID, "The endpoint's id.")
                  .example("ep_01m89rmsm2e00bctbf2wktq7j8"),
              Endpoint::id)
          .always(EndpointFields.URL.saying("Its URL."), endpoint -> endpoint.url().text());

  /** The effect that a change would have on endpoints. */
  public static final ResponseShape<ServerPropertiesPlan> PREVIEW =
      ResponseShape.<ServerPropertiesPlan>of("ServerPropertiesPreview")
          .always(
              FieldSpec.of(
                  "added", FieldKind.list(FieldKind.text()), "URLs that would get an endpoint."),
              plan -> plan.added().stream().map(endpoint -> endpoint.url().text()).toList())
          .always(
              FieldSpec.of(
                  "changed", PLANNED.asList(), "Endpoints whose event types would change."),
              plan -> PLANNED.list(plan.changed()))
          .always(
              FieldSpec.of(
                  "narrowed",
                  PLANNED.asList(),
                  "Endpoints in changed that would lose a pattern such as * and get a fixed list of"
                      + " event types. Types that are declared later would not be sent to them."),
              plan -> PLANNED.list(plan.narrowed()))
          .always(
              FieldSpec.of(
                  "removed",
                  PLANNED.asList(),
                  "Endpoints that would lose their last event type: they would be removed, and"
                      + " their pending deliveries cancelled."),
              plan -> PLANNED.list(plan.removed()));

  private ServerPropertiesJson() {}
}
