package dev.hookferry.store.config;

import dev.hookferry.auth.ClientAuthStyle;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.body.BodyFormat;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.BodyTemplate;
import dev.hookferry.body.VersionedBody;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.RequestSettings;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.Sealed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Request settings of an endpoint, as members of its stored form in {@link ConfigText}. */
final class RequestSettingsText {
  private RequestSettingsText() {}

  static void write(JsonWriter json, RequestSettings request) {
    Duration timeout = request.timeout();
    json.objects("headers", request.headers(), RequestSettingsText::header)
        .text("timeout", timeout == null ? null : timeout.toString())
        .object("auth", request.auth(), RequestSettingsText::auth)
        .object(
            "clientCertificate",
            request.tls().clientCertificate(),
            (pair, own) ->
                pair.text("certificate", own.certificate())
                    .text("privateKey", own.privateKey().text()))
        .text("trustedCa", request.tls().trustedCa())
        .text("egress", request.egress())
        .object(
            "body",
            request.body().version() == 0 ? null : request.body(),
            RequestSettingsText::body);
    if (request.propagateTrace()) {
      json.flag("propagateTrace", true);
    }
    if (!request.successStatuses().isDefault()) {
      json.text("successStatuses", request.successStatuses().toString());
    }
  }

  static RequestSettings read(JsonMembers members) {
    return RequestSettings.PLAIN
        .withHeaders(members.objects("headers", RequestSettingsText::header))
        .withTimeout(members.textOrNull("timeout", Duration::parse))
        .withAuth(members.objectOrNull("auth", RequestSettingsText::auth))
        .withBody(
            Objects.requireNonNullElse(
                members.objectOrNull("body", RequestSettingsText::body), VersionedBody.NONE))
        .withTls(
            new EndpointTls(
                members.objectOrNull("clientCertificate", RequestSettingsText::certificate),
                members.textOrNull("trustedCa", Function.identity())))
        .withEgress(members.textOrNull("egress", Function.identity()))
        .withPropagateTrace(members.flagIfThere("propagateTrace"))
        .withSuccessStatuses(
            Objects.requireNonNullElse(
                members.textOrNull("successStatuses", RequestSettingsText::statuses),
                SuccessStatuses.DEFAULT));
  }

  private static SuccessStatuses statuses(String text) {
    return SuccessStatuses.of(List.of(text.split(",", -1)));
  }

  private static ClientCertificate certificate(JsonMembers members) {
    return new ClientCertificate(
        members.text("certificate"), members.text("privateKey", Sealed::new));
  }

  private static void auth(JsonWriter json, EndpointAuth auth) {
    json.text("kind", auth.kind()).text("secret", auth.secret().text());
    JsonWriter unused = auth.fold(new AuthMembers(json));
  }

  /** Writer of the members that are specific to one kind of credentials. */
  private record AuthMembers(JsonWriter json) implements EndpointAuth.Fold<JsonWriter> {
    @Override
    public JsonWriter basic(EndpointAuth.Basic auth) {
      return json.text("username", auth.username());
    }

    @Override
    public JsonWriter bearer(EndpointAuth.Bearer auth) {
      return json;
    }

    @Override
    public JsonWriter oauth2(EndpointAuth.OAuth2 auth) {
      return json.text("tokenUrl", auth.tokenUrl().text())
          .text("clientId", auth.clientId())
          .text("style", auth.style().name())
          .text("scope", auth.scope())
          .text("audience", auth.audience());
    }
  }

  private static EndpointAuth auth(JsonMembers members) {
    String kind = members.text("kind");
    Sealed secret = members.text("secret", Sealed::new);
    return switch (kind) {
      case "basic" -> new EndpointAuth.Basic(members.text("username"), secret);
      case "bearer" -> new EndpointAuth.Bearer(secret);
      case "oauth2" ->
          new EndpointAuth.OAuth2(
              members.text("tokenUrl", TargetUrl::parse),
              members.text("clientId"),
              members.text("style", ClientAuthStyle::valueOf),
              secret,
              members.textOrNull("scope", Function.identity()),
              members.textOrNull("audience", Function.identity()));
      default ->
          throw new IllegalArgumentException(
              "auth of the kind " + kind + " is unknown to this version of Hookferry");
    };
  }

  private static void body(JsonWriter json, VersionedBody body) {
    json.number("version", body.version());
    BodySettings settings = body.settings();
    if (settings != null) {
      BodyTemplate template = settings.template();
      json.text("format", settings.format().name())
          .text("template", template == null ? null : template.text())
          .text("mapper", settings.mapper());
      if (settings.binary()) {
        json.flag("binary", true);
      }
    }
  }

  private static VersionedBody body(JsonMembers members) {
    int version = Math.toIntExact(members.number("version"));
    BodyFormat format = members.textOrNull("format", BodyFormat::valueOf);
    BodyTemplate template = members.textOrNull("template", BodyTemplate::stored);
    String mapper = members.textOrNull("mapper", Function.identity());
    boolean binary = members.flagIfThere("binary");
    return new VersionedBody(
        version, format == null ? null : new BodySettings(format, binary, template, mapper));
  }

  private static void header(JsonWriter json, CustomHeader header) {
    json.text("name", header.name()).text("value", header.value().text());
    if (header.markedSecret()) {
      json.flag("secret", true);
    }
  }

  private static CustomHeader header(JsonMembers members) {
    return new CustomHeader(
        members.text("name"), members.text("value", Sealed::new), members.flagIfThere("secret"));
  }
}
