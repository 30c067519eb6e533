package dev.hookferry.http.console.endpoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.wire.JsonBody;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.SettingsByName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of an endpoint's form that sets how requests authenticate to the receiver, as typed.
 *
 * @param auth the authentication as JSON, with the mask for a stored secret; empty for none
 * @param certificate client certificate in PEM, or empty
 * @param privateKey its key in PEM, or the mask for the current one
 * @param trustedCa certificates to trust in PEM, or empty
 */
public record AccessForm(String auth, String certificate, String privateKey, String trustedCa) {
  /** A form in which nothing is typed. */
  public static final AccessForm EMPTY = new AccessForm("", "", "", "");

  /** Returns a form filled with an endpoint's current values. */
  static AccessForm of(Endpoint endpoint) {
    EndpointAuth auth = endpoint.auth();
    ClientCertificate certificate = endpoint.tls().clientCertificate();
    String trusted = endpoint.tls().trustedCa();
    return new AccessForm(
        auth == null
            ? ""
            : new JsonWriter()
                .object(auth.kind(), auth.shown(), (json, all) -> all.forEach(json::text))
                .end(),
        certificate == null ? "" : certificate.certificate(),
        certificate == null ? "" : SettingsByName.MASK,
        trusted == null ? "" : trusted);
  }

  /** Returns the form that a browser submitted. */
  static AccessForm of(FormValues form) {
    return new AccessForm(
        form.raw("auth").strip(),
        form.raw("certificate").strip(),
        form.raw("privateKey").strip(),
        form.raw("trustedCa").strip());
  }

  /** Returns whether nothing is typed. */
  public boolean isEmpty() {
    return equals(EMPTY);
  }

  /**
   * Adds the values to a specification.
   *
   * @throws dev.hookferry.refusal.InvalidException if a field cannot be parsed
   */
  FieldValues addTo(FieldValues values) {
    FieldValues all = withAuth(values);
    all =
        trustedCa.isEmpty()
            ? all.withReset(EndpointFields.TRUSTED_CA)
            : all.with(EndpointFields.TRUSTED_CA, trustedCa);
    if (certificate.isEmpty() && privateKey.isEmpty()) {
      return all.withReset(EndpointFields.CLIENT_CERTIFICATE);
    }
    FieldValues pair = FieldValues.NONE.with(ClientCertificateFields.CERTIFICATE, certificate);
    return all.with(
        EndpointFields.CLIENT_CERTIFICATE,
        pair.with(ClientCertificateFields.PRIVATE_KEY, privateKey));
  }

  private FieldValues withAuth(FieldValues values) {
    if (auth.isEmpty()) {
      return values.withReset(EndpointFields.AUTH);
    }
    String name = EndpointFields.AUTH.name();
    String json = "{\"" + name + "\":" + auth + "}";
    RequestFields fields = RequestFields.of(object(json), name);
    @Nullable AuthSpec requested = EndpointFields.AUTH.kind().read(fields, name);
    fields.check();
    return requested == null
        ? values.withReset(EndpointFields.AUTH)
        : values.with(EndpointFields.AUTH, requested);
  }

  private static ObjectNode object(String json) {
    try {
      return JsonBody.object(json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidException e) {
      throw InvalidException.of(
          EndpointFields.AUTH.name(), "must be JSON such as {\"bearer\": {\"token\": \"…\"}}");
    }
  }
}
