package dev.hookferry.auth;

import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.field.GroupKind;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.util.List;
import java.util.Objects;

/**
 * Specification of an endpoint's authentication: {@code AuthSpec.bearer(token)} or {@code
 * AuthSpec.oauth2(tokenUrl, clientId, secret).scope("hooks")}. In a change of the same kind, fields
 * that are not set stay as they are. Immutable; each method checks its argument at once and throws
 * an {@link InvalidException} that names the field and the rule, without the value.
 */
public final class AuthSpec {
  private static final List<FieldSpec<FieldValues>> KINDS =
      List.of(AuthFields.BASIC, AuthFields.BEARER, AuthFields.OAUTH2);

  private static final List<FieldSpec<String>> TEXTS =
      List.of(
          AuthFields.USERNAME,
          AuthFields.PASSWORD,
          AuthFields.TOKEN,
          AuthFields.TOKEN_URL,
          AuthFields.CLIENT_ID,
          AuthFields.CLIENT_SECRET,
          AuthFields.PRIVATE_KEY,
          AuthFields.SCOPE,
          AuthFields.AUDIENCE);

  private final FieldSpec<FieldValues> kind;
  private final FieldValues values;

  private AuthSpec(FieldSpec<FieldValues> kind, FieldValues values) {
    this.kind = kind;
    this.values = values;
  }

  /**
   * Returns basic authentication.
   *
   * @param username at most 256 characters, without colons
   * @param password at most 1,024 characters
   */
  public static AuthSpec basic(String username, String password) {
    return new AuthSpec(AuthFields.BASIC, FieldValues.NONE)
        .with(AuthFields.USERNAME, username)
        .with(AuthFields.PASSWORD, password);
  }

  /**
   * Returns authentication with a fixed bearer token.
   *
   * @param token 1 to 4,096 visible ASCII characters
   */
  public static AuthSpec bearer(String token) {
    return new AuthSpec(AuthFields.BEARER, FieldValues.NONE).with(AuthFields.TOKEN, token);
  }

  /**
   * Returns OAuth 2.0 authentication; Hookferry requests tokens with a client secret.
   *
   * @param tokenUrl the token endpoint; the rules for targets apply to it
   */
  public static AuthSpec oauth2(String tokenUrl, String clientId, String clientSecret) {
    return client(tokenUrl, clientId).with(AuthFields.CLIENT_SECRET, clientSecret);
  }

  /**
   * Returns OAuth 2.0 authentication; Hookferry requests tokens with a signed JWT assertion ({@code
   * private_key_jwt}).
   *
   * @param tokenUrl the token endpoint; the rules for targets apply to it
   * @param privateKey RSA or EC, as PKCS #8 in PEM, or as a JWK
   */
  public static AuthSpec oauth2WithKey(String tokenUrl, String clientId, String privateKey) {
    return client(tokenUrl, clientId)
        .with(AuthFields.PRIVATE_KEY, privateKey)
        .style(ClientAuthStyle.PRIVATE_KEY_JWT);
  }

  private static AuthSpec client(String tokenUrl, String clientId) {
    return new AuthSpec(AuthFields.OAUTH2, FieldValues.NONE)
        .with(AuthFields.TOKEN_URL, tokenUrl)
        .with(AuthFields.CLIENT_ID, clientId);
  }

  /** Returns a copy for these scopes, separated by spaces; for {@link #oauth2} only. */
  public AuthSpec scope(String scope) {
    return with(AuthFields.SCOPE, scope);
  }

  /** Returns a copy for this audience; for {@link #oauth2} only. */
  public AuthSpec audience(String audience) {
    return with(AuthFields.AUDIENCE, audience);
  }

  /** Returns a copy with this client authentication method; for {@link #oauth2} only. */
  public AuthSpec style(ClientAuthStyle style) {
    Objects.requireNonNull(style, "style");
    return with(AuthFields.STYLE, style.code());
  }

  /**
   * Returns the specification with these values of {@link AuthFields#ALL}.
   *
   * @throws InvalidException unless exactly one kind is given, with valid fields
   */
  public static AuthSpec of(FieldValues given) {
    Objects.requireNonNull(given, "given");
    List<FieldSpec<FieldValues>> named =
        KINDS.stream().filter(kind -> given.get(kind) != null).toList();
    if (named.size() != 1) {
      throw InvalidException.of("", "must have exactly one of basic, bearer and oauth2");
    }
    FieldSpec<FieldValues> kind = named.get(0);
    FieldValues values = Objects.requireNonNull(given.get(kind));
    Problems problems = new Problems();
    for (FieldSpec<String> field : TEXTS) {
      String value = values.get(field);
      String broken = value == null ? null : AuthFields.broken(field, value);
      if (broken != null) {
        problems.add(kind.name() + "." + field.name(), broken);
      }
    }
    problems.throwIfAny();
    return new AuthSpec(kind, values);
  }

  private AuthSpec with(FieldSpec<String> field, String value) {
    Objects.requireNonNull(value, field.name());
    boolean isOther =
        kind.kind() instanceof GroupKind<?> group && !group.table().fields().contains(field);
    String broken = isOther ? "is for oauth2 only" : AuthFields.broken(field, value);
    if (broken != null) {
      throw InvalidException.of("auth." + kind.name() + "." + field.name(), broken);
    }
    return new AuthSpec(kind, values.with(field, value));
  }

  /** Returns the kind: one of the fields of {@link AuthFields#ALL}. */
  public FieldSpec<FieldValues> kind() {
    return kind;
  }

  /** Returns the values of its kind's fields that are set. */
  public FieldValues values() {
    return values;
  }

  /** Returns only the kind, because the values are secret. */
  @Override
  public String toString() {
    return "AuthSpec[" + kind + "]";
  }
}
