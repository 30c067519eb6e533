package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Endpoints with Ed25519 keys of their own in the console. */
class KeyPairPagesTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final String CRM = "https://crm.example/hook";
  private static final String NEW =
      "url=" + FormValues.encoded(CRM) + "&type=license_created&signature=standard";
  private static final Pattern SHOWN = Pattern.compile("id=\"secret\">(wh[a-z]+_[^<]+)<");
  private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  private Endpoint only() {
    return place.webhooks().endpoints().list(SiteId.DEFAULT, PageRequest.of(5)).data().get(0);
  }

  private static String found(Pattern pattern, Shown page) {
    Matcher matcher = pattern.matcher(page.body());
    assertThat(matcher.find()).as(page.body()).isTrue();
    return matcher.group(1).replace("&#43;", "+").replace("&#61;", "=");
  }

  @Test
  void aNewKeyPairIsMadeAndItsPublicKeyStaysOnThePage() {
    Shown made = admin.post(LIST, NEW + "&secretType=ed25519");

    String publicKey = found(SHOWN, made);
    assertThat(made.body()).contains("Public key of the new key pair").doesNotContain("whsk_");
    Endpoint endpoint = only();
    String kid = endpoint.signing().publicKeysAt(place.clock.instant()).get(0).kid();
    assertThat(admin.get(LIST + "/" + endpoint.id()).body())
        .contains("Public key " + kid, publicKey, "jwks.json?endpoint=" + endpoint.id())
        .contains("1 active secret; a key pair")
        .doesNotContain("Public key of the new key pair");
  }

  @Test
  void aTrialKeepsItsKeyPair() {
    place.transport.responding(CRM, 500);
    Shown tried = admin.post(LIST + "/try", NEW + "&secretType=ed25519");
    String publicKey = found(SHOWN, tried);
    assertThat(tried.body())
        .contains("The test was signed with the private key that belongs to it")
        .contains("const publicKey = '" + publicKey, "verifyEd25519")
        .doesNotContain("whsk_");

    String draft = "draft=" + FormValues.encoded(found(DRAFT, tried)) + "&tried=yes";
    Shown again = admin.post(LIST + "/try", draft);
    assertThat(found(SHOWN, again)).isEqualTo(publicKey);
    admin.post(LIST, draft + "&enabled=on");
    assertThat(only().signing().publicKeysAt(place.clock.instant()))
        .extracting(Object::toString)
        .containsExactly(publicKey);
  }

  @Test
  void aRotationChangesTheKindAndKeepsIt() {
    admin.post(LIST, NEW);
    String page = LIST + "/" + only().id();

    assertThat(found(SHOWN, admin.post(page + "/rotate", "hours=24&secretType=ed25519")))
        .startsWith("whpk_");
    String second = found(SHOWN, admin.post(page + "/rotate", "hours=24&secretType="));
    assertThat(second).startsWith("whpk_");
    assertThat(only().signing().publicKeysAt(place.clock.instant()))
        .hasSize(2)
        .first()
        .hasToString(second);
    assertThat(found(SHOWN, admin.post(page + "/rotate", "hours=0&secretType=hmac")))
        .startsWith("whsec_");
  }

  @Test
  void anExistingKeyPairIsBroughtAlong() {
    SigningSecret pair = SigningSecret.generate(SecretType.ED25519, new Random(1));
    Shown made = admin.post(LIST, NEW + "&secret=" + FormValues.encoded(pair.reveal()));
    assertThat(found(SHOWN, made)).isEqualTo(pair.forReceiver());
    Shown refused = admin.post(LIST, NEW + "&signature=github&secretType=ed25519");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("must not be a key pair (whsk_) for the signature github");
  }
}
