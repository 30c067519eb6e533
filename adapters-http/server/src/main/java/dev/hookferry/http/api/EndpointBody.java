package dev.hookferry.http.api;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointRules;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.SecretFields;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.resource.EndpointJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SettingsByName;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses bodies that create, change or test an endpoint. */
final class EndpointBody {
  /** Source of randomness for generating key pairs. */
  static final SecureRandom RANDOM = new SecureRandom();

  private EndpointBody() {}

  /**
   * The body of a request that creates an endpoint.
   *
   * @param secret the secret, or null to generate a shared one
   */
  record New(EndpointSpec spec, @Nullable SigningSecret secret) {}

  /** Parses the body of a request that creates an endpoint. */
  static New ofNew(Call call) {
    return ofNew(call, true);
  }

  /** Parses the body of a test of an unregistered endpoint, which needs no event types. */
  static New ofTrial(Call call) {
    return ofNew(call, false);
  }

  private static New ofNew(Call call, boolean needsTypes) {
    RequestFields fields = call.given(EndpointFields.NEW);
    FieldValues values = EndpointFields.NEW.read(fields);
    SigningSecret secret = SecretFields.chosen(values, fields.problems(), RANDOM);
    boolean lacksTypes = needsTypes && !fields.has(EndpointFields.EVENT_TYPES.name());
    return new New(of(fields, values, lacksTypes), secret);
  }

  /**
   * Parses the body of a request that changes an endpoint. Null resets fields that can be reset. It
   * leaves all others unchanged, because generated clients write null for unset fields. A masked
   * secret leaves the secret unchanged. Fields that appear only in responses are ignored, so that a
   * client can send back a response that it has read.
   */
  static EndpointSpec ofChange(Call call) {
    RequestFields fields = call.given(EndpointFields.CHANGE, EndpointJson.READ_ONLY);
    return of(fields, EndpointFields.CHANGE.read(fields), false);
  }

  private static EndpointSpec of(RequestFields fields, FieldValues given, boolean lacksTypes) {
    String qlm = given.get(EndpointFields.QLM_SECRET);
    FieldValues values =
        SettingsByName.MASK.equals(qlm) ? given.without(EndpointFields.QLM_SECRET) : given;
    if (!fields.problems().isEmpty()) {
      // A malformed list reads as empty; the error is already recorded.
      boolean isList = !values.get(EndpointFields.EVENT_TYPES, List.of()).isEmpty();
      EndpointRules.check(
          fields.problems(), isList ? values : values.without(EndpointFields.EVENT_TYPES));
      fields
          .problems()
          .require(
              !lacksTypes,
              EndpointFields.EVENT_TYPES.name(),
              "is missing: which events to send; * for all");
    }
    fields.check();
    return EndpointSpec.of(values);
  }
}
