package dev.hookferry.auth;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.field.GroupKind;
import dev.hookferry.outbound.TargetUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of an endpoint's authentication. */
public final class AuthFields {
  private static final int MAX_TEXT = 1_024;

  /** User name of basic authentication. */
  public static final FieldSpec<String> USERNAME =
      FieldSpec.of("username", FieldKind.text(256), "User name, without colons.")
          .example("hookferry");

  /** Password of basic authentication. */
  public static final FieldSpec<String> PASSWORD =
      FieldSpec.of("password", FieldKind.text(MAX_TEXT), "Password. Reads show ********.")
          .asSecret();

  /** The token of bearer authentication. */
  public static final FieldSpec<String> TOKEN =
      FieldSpec.of(
              "token",
              FieldKind.text(1, 4096),
              "Token: visible ASCII characters. Reads show ********.")
          .asSecret();

  /** URL of the token endpoint. */
  public static final FieldSpec<String> TOKEN_URL =
      FieldSpec.of(
              "tokenUrl",
              FieldKind.text(1, TargetUrl.MAX_LENGTH),
              "Token endpoint of the authorization server. The rules for targets apply to it as to"
                  + " url.")
          .example("https://login.example/oauth2/token");

  /** The client id. */
  public static final FieldSpec<String> CLIENT_ID =
      FieldSpec.of("clientId", FieldKind.text(1, 256), "Client id of Hookferry there.")
          .example("hookferry");

  /** The client's secret. */
  public static final FieldSpec<String> CLIENT_SECRET =
      FieldSpec.of(
              "clientSecret",
              FieldKind.text(1, MAX_TEXT),
              "Client secret, for the styles basic and post. Reads show ********.")
          .asSecret();

  /** The client's private key. */
  public static final FieldSpec<String> PRIVATE_KEY =
      FieldSpec.of(
              "privateKey",
              FieldKind.text(1, 16_384),
              "Private key, for the style private_key_jwt: RSA, or EC on P-256, P-384 or P-521; as"
                  + " PKCS #8 in PEM, or as a JWK, whose kid is sent along. Reads show ********.")
          .asSecret();

  /** Scope of the token. */
  public static final FieldSpec<String> SCOPE =
      FieldSpec.of(
              "scope",
              FieldKind.text(1, MAX_TEXT),
              "Scopes, separated by spaces; null removes them.")
          .example("hooks.write")
          .asResettable();

  /** The intended audience of the token. */
  public static final FieldSpec<String> AUDIENCE =
      FieldSpec.of(
              "audience",
              FieldKind.text(1, MAX_TEXT),
              "Audience, for servers that ask for one; null removes it.")
          .asResettable();

  /** Client authentication method. */
  public static final FieldSpec<String> STYLE =
      FieldSpec.of(
              "style",
              FieldKind.choice(ClientAuthStyle.class, ClientAuthStyle::code),
              "How Hookferry authenticates to the token endpoint: with an Authorization header, in"
                  + " the body, or with a signed assertion.")
          .fallback("basic");

  /** Basic authentication. */
  public static final FieldSpec<FieldValues> BASIC =
      group("BasicAuth", "basic", "A user name and a password (RFC 7617).", USERNAME, PASSWORD);

  /** A fixed bearer token. */
  public static final FieldSpec<FieldValues> BEARER =
      group("BearerAuth", "bearer", "A fixed token (RFC 6750).", TOKEN);

  /** Tokens of an authorization server. */
  public static final FieldSpec<FieldValues> OAUTH2 =
      group(
          "OAuth2Auth",
          "oauth2",
          "Tokens by the client credentials grant (RFC 6749).",
          TOKEN_URL,
          CLIENT_ID,
          CLIENT_SECRET,
          PRIVATE_KEY,
          SCOPE,
          AUDIENCE,
          STYLE);

  /** All kinds, exactly one of which must be given. */
  public static final FieldTable ALL =
      FieldTable.of("EndpointAuth", BASIC, BEARER, OAUTH2)
          .named(
              "EndpointAuth",
              "Exactly one of basic, bearer and oauth2. In a change of the same kind, fields that are"
                  + " absent stay as they are.");

  /** The table of all kinds, followed by the table of each kind. */
  public static final List<FieldTable> TABLES =
      List.of(ALL, table(BASIC), table(BEARER), table(OAUTH2));

  private AuthFields() {}

  private static FieldTable table(FieldSpec<FieldValues> kind) {
    return ((GroupKind<?>) kind.kind()).table();
  }

  /** Returns the rule that the value of a field violates; null if the value is valid. */
  static @Nullable String broken(FieldSpec<String> field, String value) {
    if (!field.kind().allows(value)) {
      return field.kind().rule();
    }
    if (field == USERNAME && value.indexOf(':') >= 0) {
      return "must not contain a colon, which would end it";
    }
    if (field == TOKEN && !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
      return "must be visible ASCII characters, without spaces";
    }
    boolean isOneLine = value.chars().noneMatch(Character::isISOControl);
    return isOneLine || field == PRIVATE_KEY ? null : "must not contain control characters";
  }

  private static FieldSpec<FieldValues> group(
      String table, String name, String help, FieldSpec<?>... fields) {
    return FieldSpec.of(
        name,
        FieldKind.group(FieldTable.of(table, fields).named(table, help), values -> values),
        help);
  }
}
