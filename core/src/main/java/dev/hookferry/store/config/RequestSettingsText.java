package dev.hookferry.store.config;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.RequestSettings;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.secret.Sealed;
import java.time.Duration;

/** The request settings of an endpoint, as members of its {@link ConfigText}. */
final class RequestSettingsText {
  private RequestSettingsText() {}

  static void write(JsonWriter json, RequestSettings request) {
    Duration timeout = request.timeout();
    json.objects("headers", request.headers(), RequestSettingsText::header)
        .text("timeout", timeout == null ? null : timeout.toString());
  }

  static RequestSettings read(JsonMembers members) {
    return RequestSettings.PLAIN
        .withHeaders(members.objects("headers", RequestSettingsText::header))
        .withTimeout(members.textOrNull("timeout", Duration::parse));
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
