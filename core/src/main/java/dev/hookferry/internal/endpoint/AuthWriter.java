package dev.hookferry.internal.endpoint;

import dev.hookferry.auth.AssertionKey;
import dev.hookferry.auth.AuthFields;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientAuthStyle;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SettingsByName;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Validates the requested authentication of an endpoint and seals its secret. */
public final class AuthWriter {
  private final SecretCipher cipher;
  private final SiteId site;
  private final EndpointId endpoint;
  private final Function<String, TargetUrl> targets;

  /**
   * Creates a writer.
   *
   * @param targets parses a URL and checks that the outbound policy allows it
   */
  public AuthWriter(
      SecretCipher cipher, SiteId site, EndpointId endpoint, Function<String, TargetUrl> targets) {
    this.cipher = cipher;
    this.site = site;
    this.endpoint = endpoint;
    this.targets = targets;
  }

  /** Returns the authentication after a change; null if there is none or it is invalid. */
  public @Nullable EndpointAuth write(
      @Nullable EndpointAuth before, FieldValues given, Problems problems) {
    AuthSpec requested = given.get(EndpointFields.AUTH);
    if (requested == null) {
      return given.isReset(EndpointFields.AUTH) ? null : before;
    }
    String kind = requested.kind().name();
    EndpointAuth same = before != null && before.kind().equals(kind) ? before : null;
    return problems.collect(
        EndpointFields.AUTH.name() + "." + kind, () -> written(requested, same));
  }

  /** Returns the new authentication; {@code before} is of the requested kind, or null. */
  private EndpointAuth written(AuthSpec requested, @Nullable EndpointAuth before) {
    if (before != null) {
      return before.fold(new Rewrite(requested));
    }
    if (requested.kind() == AuthFields.BASIC) {
      return basic(requested, null);
    }
    if (requested.kind() == AuthFields.BEARER) {
      return bearer(requested, null);
    }
    if (requested.kind() == AuthFields.OAUTH2) {
      return oauth2(requested, null);
    }
    throw new IllegalArgumentException(requested.toString());
  }

  /** Applies a change to authentication of the same kind. */
  private final class Rewrite implements EndpointAuth.Fold<EndpointAuth> {
    private final AuthSpec requested;

    Rewrite(AuthSpec requested) {
      this.requested = requested;
    }

    @Override
    public EndpointAuth basic(EndpointAuth.Basic before) {
      return AuthWriter.this.basic(requested, before);
    }

    @Override
    public EndpointAuth bearer(EndpointAuth.Bearer before) {
      return AuthWriter.this.bearer(requested, before);
    }

    @Override
    public EndpointAuth oauth2(EndpointAuth.OAuth2 before) {
      return AuthWriter.this.oauth2(requested, before);
    }
  }

  private EndpointAuth basic(AuthSpec requested, EndpointAuth.@Nullable Basic before) {
    String username = of(requested, AuthFields.USERNAME, before == null ? null : before.username());
    return new EndpointAuth.Basic(username, secret(requested, AuthFields.PASSWORD, before));
  }

  private EndpointAuth bearer(AuthSpec requested, EndpointAuth.@Nullable Bearer before) {
    return new EndpointAuth.Bearer(secret(requested, AuthFields.TOKEN, before));
  }

  private EndpointAuth oauth2(AuthSpec requested, EndpointAuth.@Nullable OAuth2 before) {
    ClientAuthStyle former = before == null ? ClientAuthStyle.BASIC : before.style();
    ClientAuthStyle style =
        ClientAuthStyle.fromCode(requested.values().get(AuthFields.STYLE, former.code()))
            .orElse(former);
    boolean signs = style == ClientAuthStyle.PRIVATE_KEY_JWT;
    FieldSpec<String> credential = signs ? AuthFields.PRIVATE_KEY : AuthFields.CLIENT_SECRET;
    FieldSpec<String> other = signs ? AuthFields.CLIENT_SECRET : AuthFields.PRIVATE_KEY;
    if (requested.values().get(other) != null) {
      throw InvalidException.of(
          other.name(),
          "has no meaning with the style " + style.code() + "; give " + credential.name());
    }
    boolean isSameSecret =
        before != null && signs == (before.style() == ClientAuthStyle.PRIVATE_KEY_JWT);
    return new EndpointAuth.OAuth2(
        tokenUrl(requested, before),
        of(requested, AuthFields.CLIENT_ID, before == null ? null : before.clientId()),
        style,
        secret(requested, credential, isSameSecret ? before : null),
        own(requested, AuthFields.SCOPE, before == null ? null : before.scope()),
        own(requested, AuthFields.AUDIENCE, before == null ? null : before.audience()));
  }

  private TargetUrl tokenUrl(AuthSpec requested, EndpointAuth.@Nullable OAuth2 before) {
    String text = requested.values().get(AuthFields.TOKEN_URL);
    if (before != null && (text == null || text.equals(before.tokenUrl().text()))) {
      return before.tokenUrl();
    }
    TargetUrl url;
    try {
      url = targets.apply(of(requested, AuthFields.TOKEN_URL, null));
    } catch (InvalidException e) {
      throw InvalidException.of(AuthFields.TOKEN_URL.name(), e.problems().get(0).reason());
    }
    if (url.isTemplate()) {
      throw InvalidException.of(
          AuthFields.TOKEN_URL.name(), "must not have routing values in braces");
    }
    return url;
  }

  private static String of(AuthSpec requested, FieldSpec<String> field, @Nullable String before) {
    String value = own(requested, field, before);
    if (value == null) {
      throw InvalidException.of(field.name(), "is missing: " + field.help());
    }
    return value;
  }

  private static @Nullable String own(
      AuthSpec requested, FieldSpec<String> field, @Nullable String before) {
    String value = requested.values().get(field);
    return value != null || requested.values().isReset(field) ? value : before;
  }

  private Sealed secret(
      AuthSpec requested, FieldSpec<String> field, @Nullable EndpointAuth before) {
    String given = requested.values().get(field);
    if (before != null && (given == null || SettingsByName.MASK.equals(given))) {
      return before.secret();
    }
    String plain = of(requested, field, null);
    if (SettingsByName.MASK.equals(plain)) {
      throw InvalidException.of(
          field.name(), "must be the secret itself, not the mask that stands for it");
    }
    if (field == AuthFields.PRIVATE_KEY) {
      requireKey(plain);
    }
    String context = SecretContexts.auth(site, endpoint, requested.kind().name());
    return UnchangedSecret.seal(cipher, plain, context, before == null ? null : before.secret());
  }

  private static void requireKey(String text) {
    Problems problems = new Problems();
    var unused = problems.collect(AuthFields.PRIVATE_KEY.name(), () -> AssertionKey.parse(text));
    problems.throwIfAny();
  }
}
