package dev.hookferry.http.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VerifyPageTest {
  private static final String PAGE = "/sites/default/verify";
  private static final String BODY =
      "{\"Name\":\"stWebHook\",\"WebHookUserData\":\"my user data\"}";
  private static final String QLM =
      "X-QLM-Signature: 49b99a69083fab7439ebcf5de212721199829d456c1283f5e2e6a83292823687";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person reader = place.person(null, Scope.READ);

  @Test
  void qlmsSignatureMatchesAndTheSecretIsNeverShown() {
    Person.Shown shown = check(BODY, QLM, "s3cr3t");
    assertThat(shown.body())
        .contains("The message is authentic", "matches", "stWebHook")
        .doesNotContain("s3cr3t");
  }

  @Test
  void anotherSecretOrBodySaysWhyNot() {
    assertThat(check(BODY, QLM, "other").body())
        .contains("No signature matches.", "the secret is wrong, or the body was changed")
        .doesNotContain("other\"");
    assertThat(check(BODY, QLM, " s3cr3t").body()).contains("if the secret had no spaces");
  }

  @Test
  void ignoresATrailingLineBreak() {
    assertThat(check(BODY + "\r\n", QLM, "s3cr3t").body()).contains("The message is authentic");
  }

  @Test
  void reportsWhatIsMissing() {
    assertThat(check(BODY, "Content-Type: text/plain", "s3cr3t").body())
        .contains("The signature header is missing");
    assertThat(check(BODY, QLM, "whsec_AAAA").body())
        .contains(
            "The message has the header x-qlm-signature, but this kind of secret is not used for it");
    assertThat(check(BODY, "", "s3cr3t").status()).isEqualTo(400);
    assertThat(check(BODY, QLM, "").body()).contains("Paste the secret as well");
    assertThat(check(BODY, "webhook-signature: v1,x", "whsec_AAAA").body())
        .contains("The secret must be whsec_ followed by");
  }

  @Test
  void eachSignatureOfStandardWebhooksIsJudgedByItself() {
    String[] message = sent();
    String both = message[1].replace("webhook-signature: ", "webhook-signature: v1,bm9uZQ== ");
    assertThat(check(message[0], both, message[2]).body())
        .contains("The message is authentic", "no match", "matches</span>")
        .doesNotContain(message[2]);
  }

  @Test
  void refusesAMatchingButTooOldMessage() {
    String[] message = sent();
    place.clock.advance(Duration.ofHours(1));
    assertThat(check(message[0], message[1], message[2]).body())
        .contains("its timestamp is more than five minutes off", "matches, too old");
    assertThat(check(message[0] + "x", message[1], message[2]).body())
        .contains("No signature matches.");
    assertThat(
            check(
                    message[0],
                    message[1].replaceAll("timestamp: \\d+", "timestamp: soon"),
                    message[2])
                .body())
        .contains("webhook-timestamp is not a number of seconds");
  }

  /** A message as it was sent, its headers, and the secret. */
  private String[] sent() {
    var made =
        place
            .hookferry
            .webhooks()
            .endpoints()
            .create(SiteId.DEFAULT, EndpointSpec.to("https://crm.example/hook").types("*"));
    var attempt =
        place.hookferry.webhooks().endpoints().test(SiteId.DEFAULT, made.endpoint().id()).join();
    var request = place.hookferry.webhooks().deliveries().sent(attempt).orElseThrow();
    StringBuilder headers = new StringBuilder();
    request.headers().forEach(h -> headers.append(h.name() + ": " + h.value() + "\n"));
    return new String[] {request.body().text(), headers.toString(), made.secret().reveal()};
  }

  private Person.Shown check(String body, String headers, String secret) {
    reader.get(PAGE);
    return reader.post(
        PAGE,
        "body="
            + FormValues.encoded(body)
            + "&headers="
            + FormValues.encoded(headers)
            + "&secret="
            + FormValues.encoded(secret));
  }
}
