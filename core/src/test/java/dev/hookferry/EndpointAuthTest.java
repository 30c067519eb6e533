package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.auth.AuthFields;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientAuthStyle;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.transport.SignedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credentials of endpoints: what is kept, refused, sent and shown. */
class EndpointAuthTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";
  private static final String TOKEN_URL = "https://login.example/token";

  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void sendsBasicCredentialsAndTokens() {
    Endpoint basic = create(AuthSpec.basic("u", "p:ä"));
    assertThat(sent(basic)).isEqualTo("Basic dTpwOsOk");

    endpoints.change(SITE, basic.id(), change(AuthSpec.bearer("t0ken")));
    assertThat(sent(basic)).isEqualTo("Bearer t0ken");

    endpoints.change(SITE, basic.id(), EndpointSpec.change().without(EndpointFields.AUTH));
    assertThat(sent(basic)).isNull();
  }

  @Test
  void theSummaryHidesTheQueryOfTheTokenUrl() {
    EndpointId id = create(AuthSpec.oauth2(TOKEN_URL + "?code=s3cr3t", "hf", "secret")).id();

    assertThat(client(id).summary())
        .contains("tokenUrl=" + TOKEN_URL + "?******** ")
        .doesNotContain("s3cr3t");
  }

  @Test
  void changeOfTheSameKindKeepsUnnamedFields() {
    EndpointId id = create(AuthSpec.oauth2(TOKEN_URL, "hf", "secret").scope("a b")).id();

    endpoints.change(SITE, id, oauth2(FieldValues.NONE.with(AuthFields.AUDIENCE, "crm")));
    EndpointAuth.OAuth2 kept = client(id);
    assertThat(kept.scope()).isEqualTo("a b");
    assertThat(kept.audience()).isEqualTo("crm");
    assertThat(opened(id, kept)).isEqualTo("secret");

    FieldValues masked = FieldValues.NONE.with(AuthFields.CLIENT_SECRET, "********");
    endpoints.change(SITE, id, oauth2(masked.withReset(AuthFields.SCOPE)));
    assertThat(client(id).scope()).isNull();
    assertThat(opened(id, client(id))).isEqualTo("secret");

    endpoints.change(SITE, id, EndpointSpec.change().description("CRM"));
    assertThat(client(id).audience()).isEqualTo("crm");
  }

  @Test
  void anotherKindNeedsAllItsFields() {
    EndpointId id = create(AuthSpec.basic("u", "p")).id();
    assertRefused(
        EndpointFields.AUTH,
        () -> endpoints.change(SITE, id, oauth2(FieldValues.NONE.with(AuthFields.CLIENT_ID, "x"))),
        "auth.oauth2.tokenUrl: is missing");
    assertThat(endpoints.get(SITE, id).auth()).isInstanceOf(EndpointAuth.Basic.class);
  }

  @Test
  void refusesTheMaskAsANewSecret() {
    assertRefused(
        EndpointFields.AUTH,
        () -> create(AuthSpec.bearer("********")),
        "auth.bearer.token: must be the secret itself");
  }

  @Test
  void refusesValuesThatCannotBeSent() {
    assertThatThrownBy(() -> AuthSpec.basic("a:b", "p"))
        .hasMessageStartingWith("auth.basic.username: ");
    assertThatThrownBy(() -> AuthSpec.basic("a", "p\n"))
        .hasMessageStartingWith("auth.basic.password: ");
    assertThatThrownBy(() -> AuthSpec.bearer("a b"))
        .hasMessageStartingWith("auth.bearer.token: must be visible ASCII")
        .hasMessageNotContaining("a b");
    assertThatThrownBy(() -> AuthSpec.bearer("")).hasMessageStartingWith("auth.bearer.token: ");
  }

  @Test
  void refusesAnAdditionalAuthorizationHeader() {
    EndpointSpec both =
        EndpointSpec.to(URL).types("*").header("authorization", "x").auth(AuthSpec.bearer("t"));
    assertThatThrownBy(() -> endpoints.create(SITE, both))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "auth: sends the header Authorization, which is also in headers; remove one of the two");

    EndpointId id = create(AuthSpec.bearer("t")).id();
    assertThatThrownBy(
            () -> endpoints.change(SITE, id, EndpointSpec.change().header("Authorization", "x")))
        .hasMessageStartingWith("auth: ");
    Signature custom =
        new Signature(
            SignatureProfile.CUSTOM,
            Map.of("header", "Authorization", "algorithm", "hmac-sha256"),
            null);
    assertThatThrownBy(
            () -> endpoints.change(SITE, id, EndpointSpec.change().signatures(List.of(custom))))
        .hasMessageStartingWith("auth: ");
  }

  @Test
  void theTokenUrlPassesTheGuard() {
    assertThatThrownBy(() -> create(AuthSpec.oauth2("https://10.0.0.1/token", "a", "b")))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("auth.oauth2.tokenUrl: ");
    assertThatThrownBy(() -> create(AuthSpec.oauth2("http://login.example/token", "a", "b")))
        .hasMessageStartingWith("auth.oauth2.tokenUrl: ");
    assertThatThrownBy(() -> create(AuthSpec.oauth2("https://login.example/{x}", "a", "b")))
        .hasMessageStartingWith("auth.oauth2.tokenUrl: ");
    embedded.transport.refusing("inside.example");
    assertThatThrownBy(() -> create(AuthSpec.oauth2("https://inside.example/token", "a", "b")))
        .hasMessageStartingWith("auth.oauth2.tokenUrl: must not lead to");
    embedded.transport.unresolvable("gone.example");
    EndpointSpec unknown =
        EndpointSpec.to(URL).types("*").auth(AuthSpec.oauth2("https://gone.example/", "a", "b"));
    assertThat(endpoints.create(SITE, unknown).warnings())
        .anyMatch(warning -> warning.contains("gone.example does not resolve"));
    EndpointId id = create(AuthSpec.bearer("t")).id();
    AuthSpec later = AuthSpec.oauth2("https://gone.example/", "a", "b");
    assertThat(endpoints.change(SITE, id, change(later)).warnings())
        .containsExactly("the name gone.example does not resolve at this moment");
  }

  @Test
  void theSecretOfAStyleIsTheOnlyOne() {
    EndpointId id = create(AuthSpec.oauth2(TOKEN_URL, "a", "b")).id();
    assertRefused(
        EndpointFields.AUTH,
        () ->
            endpoints.change(
                SITE,
                id,
                oauth2(
                    FieldValues.NONE.with(
                        AuthFields.STYLE, ClientAuthStyle.PRIVATE_KEY_JWT.code()))),
        "auth.oauth2.privateKey: is missing");
    assertRefused(
        EndpointFields.AUTH,
        () ->
            endpoints.change(SITE, id, oauth2(FieldValues.NONE.with(AuthFields.PRIVATE_KEY, "x"))),
        "auth.oauth2.privateKey: has no meaning with the style basic; give clientSecret");
    assertRefused(
        EndpointFields.AUTH,
        () -> create(AuthSpec.oauth2WithKey(TOKEN_URL, "a", "no key")),
        "auth.oauth2.privateKey: must be a private key");
  }

  private void assertRefused(FieldSpec<?> field, Runnable change, String message) {
    assertThatThrownBy(change::run)
        .as(field.name())
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith(message);
  }

  private Endpoint create(AuthSpec auth) {
    return endpoints.create(SITE, EndpointSpec.to(URL).types("*").auth(auth)).endpoint();
  }

  private static EndpointSpec change(AuthSpec auth) {
    return EndpointSpec.change().auth(auth);
  }

  private static EndpointSpec oauth2(FieldValues values) {
    return change(AuthSpec.of(FieldValues.NONE.with(AuthFields.OAUTH2, values)));
  }

  private EndpointAuth.OAuth2 client(EndpointId id) {
    return (EndpointAuth.OAuth2) endpoints.get(SITE, id).auth();
  }

  private String opened(EndpointId id, EndpointAuth auth) {
    return Secrets.inTheClear().open(auth.secret(), SecretContexts.auth(SITE, id, auth.kind()));
  }

  private String sent(Endpoint endpoint) {
    var unused = endpoints.test(SITE, endpoint.id()).join();
    List<SignedRequest> all = embedded.transport.requestsTo(URL);
    return all.get(all.size() - 1).headers().stream()
        .filter(header -> header.name().equals("Authorization"))
        .map(SignedRequest.Header::value)
        .findFirst()
        .orElse(null);
  }
}
