package dev.hookferry.http.svix;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Channels;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SigningSecret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as given in a request.
 *
 * @param uid the uid that it sets; null for none
 * @param secret the secret that it gives; null for none
 */
record SvixEndpointFields(EndpointSpec spec, @Nullable String uid, @Nullable SigningSecret secret) {
  private static final int MAX_TYPES = 100;
  private static final int MAX_CHANNELS = 10;
  private static final int MAX_PER_SECOND = 65_535;

  /**
   * Reads the fields of a request that creates or replaces an endpoint: absent ones get defaults.
   *
   * @param current the endpoint that it replaces; null if it creates one
   */
  static SvixEndpointFields ofNew(SvixBody body, @Nullable Endpoint current, SvixEventTypes types) {
    String url = body.required("url");
    String uid = body.name("uid", SvixIds.ENDPOINT);
    Boolean disabled = body.flag("disabled");
    Map<String, String> metadata = body.texts("metadata");
    EndpointSpec spec = EndpointSpec.change();
    spec = spec.description(body.text("description", ""));
    spec = withTypes(spec, body, types, true);
    spec = withChannels(spec, body, current, true);
    spec = withRate(spec, body, current, true);
    SigningSecret secret = current == null ? secret(body, "secret") : null;
    body.check();
    spec = spec.url(url).enabled(!Boolean.TRUE.equals(disabled));
    spec = spec.metadata(metadata == null ? Map.of() : metadata);
    spec = uid == null ? spec.without(EndpointFields.UID) : spec.uid(uid);
    return new SvixEndpointFields(
        current == null ? spec.signatures(SignatureProfile.SVIX) : spec, uid, secret);
  }

  /** Reads the fields of a request that changes an endpoint: absent ones keep their values. */
  static SvixEndpointFields ofChange(SvixBody body, Endpoint current, SvixEventTypes types) {
    String uid = body.name("uid", SvixIds.ENDPOINT);
    Boolean disabled = body.flag("disabled");
    Map<String, String> metadata = body.texts("metadata");
    EndpointSpec spec = EndpointSpec.change();
    if (body.has("url")) {
      String url = body.required("url");
      body.check();
      spec = spec.url(url);
    }
    if (body.has("description")) {
      spec = spec.description(body.text("description", ""));
    }
    spec = withTypes(spec, body, types, false);
    spec = withChannels(spec, body, current, false);
    spec = withRate(spec, body, current, false);
    body.check();
    if (disabled != null) {
      spec = spec.enabled(!disabled);
    }
    if (metadata != null) {
      spec = spec.metadata(metadata);
    }
    if (body.has("uid")) {
      spec = uid == null ? spec.without(EndpointFields.UID) : spec.uid(uid);
    }
    return new SvixEndpointFields(spec, uid, null);
  }

  private static EndpointSpec withTypes(
      EndpointSpec spec, SvixBody body, SvixEventTypes types, boolean always) {
    String field = body.either("filterTypes", "eventTypes");
    if (field == null && !always) {
      return spec;
    }
    List<String> names = field == null ? null : body.texts(field, MAX_TYPES);
    if (names == null) {
      return spec.types("*");
    }
    for (String name : names) {
      body.require(
          types.find(name).filter(type -> !isArchived(type)).isPresent(),
          String.valueOf(field),
          "must name existing event types; " + name + " is none");
    }
    body.check();
    return spec.types(names);
  }

  private static boolean isArchived(EventTypeDefinition type) {
    return type.archived();
  }

  /** Replaces the channels; labels that are not channels stay. */
  private static EndpointSpec withChannels(
      EndpointSpec spec, SvixBody body, @Nullable Endpoint current, boolean always) {
    if (!always && !body.has("channels")) {
      return spec;
    }
    List<String> channels = body.texts("channels", MAX_CHANNELS);
    body.check();
    Map<String, String> labels = new HashMap<>(current == null ? Map.of() : current.labels());
    labels.keySet().removeIf(Channels::isChannel);
    labels.putAll(Channels.labels(channels == null ? List.of() : channels));
    return spec.labels(labels);
  }

  private static EndpointSpec withRate(
      EndpointSpec spec, SvixBody body, @Nullable Endpoint current, boolean always) {
    String field = body.either("throttleRate", "rateLimit");
    if (field == null && !always) {
      return spec;
    }
    Integer rate = field == null ? null : body.number(field, 1, MAX_PER_SECOND);
    SendLimits before = current == null ? null : current.limits();
    SendLimits limits =
        (before == null ? SendLimits.NONE : before)
            .rate(rate == null ? null : SendRate.perSecond(rate));
    return limits.isEmpty() ? spec.without(EndpointFields.LIMITS) : spec.limits(limits);
  }

  /** Returns the secret that the caller chose; null if none is given. */
  static @Nullable SigningSecret secret(SvixBody body, String field) {
    String text = body.text(field);
    if (text == null) {
      return null;
    }
    SigningSecret secret = SigningSecret.of(text);
    Signature.of(SignatureProfile.SVIX).requireFit(secret);
    return secret;
  }
}
