package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.http.console.text.ReceiverSnippets;
import dev.hookferry.id.SiteId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets and signatures in the portal: rotation, code of receivers, and why one does not match.
 */
class PortalSecretsTest {
  private static final String ALL = ",\"can\":[\"test\",\"manage\",\"secrets\",\"payload\"]";
  private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();

  @AfterEach
  void close() {
    scene.close();
  }

  private Endpoint mine() {
    return served.webhooks.endpoints().get(SiteId.DEFAULT, scene.mine.id());
  }

  private static String secretIn(String text) {
    Matcher found = SECRET.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group();
  }

  @Test
  void aRotationAsksWhenTheOldSecretEnds() {
    String cookie = scene.cookie(ALL);
    Answer rotated = scene.posted(cookie, endpoint + "/rotate", "hours=1");

    assertThat(rotated.body())
        .containsPattern(
            "Until <time [^>]+>[^<]+ UTC</time>, requests are also signed with the old");
    assertThat(mine().signing().oldSecretsUntil())
        .isEqualTo(served.clock.instant().plus(Duration.ofHours(1)));
    assertThat(scene.page(cookie, endpoint).body())
        .contains("old one expires", "datetime=\"" + mine().signing().oldSecretsUntil());

    assertThat(scene.post(cookie, endpoint + "/rotate", "hours=721").status()).isEqualTo(400);
    assertThat(scene.post(cookie, endpoint + "/rotate", "hours=x").status()).isEqualTo(400);
    assertThat(mine().signing().secrets()).hasSize(2);
    served.clock.advance(Duration.ofMinutes(40));
    assertThat(scene.page(cookie, endpoint).body()).contains("old one expires");
    served.clock.advance(Duration.ofMinutes(40));
    assertThat(scene.page(cookie, endpoint).body()).doesNotContain("old one expires");
    Answer atOnce = scene.posted(cookie, endpoint + "/rotate", "hours=0");
    assertThat(atOnce.body()).contains("The old secret no longer signs.");
  }

  @Test
  void programsChooseTheOverlapToo() {
    String token = scene.token(ALL);
    String path = "/endpoints/" + scene.mine.id() + "/rotate-secret";
    Answer rotated = scene.call(token, "POST", path, "{\"overlapSeconds\":3600}");

    assertThat(rotated.json().path("oldSecretUntil").asText())
        .isEqualTo(served.clock.instant().plusSeconds(3_600).toString());
    assertThat(scene.call(token, "POST", path, "{\"overlapSeconds\":-1}").body())
        .contains("overlapSeconds");
    assertThat(scene.call(token, "POST", path, "{\"overlap\":1}").status()).isEqualTo(400);
  }

  @Test
  void anEndpointIsResumedAtARate() {
    String cookie = scene.cookie(ALL);
    assertThat(scene.page(cookie, endpoint).body()).doesNotContain("perSecond");
    scene.post(cookie, endpoint + "/pause", "");
    assertThat(scene.page(cookie, endpoint).body()).doesNotContain("perSecond");
    NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    assertThat(scene.page(cookie, endpoint).body()).contains("name=\"perSecond\"");

    assertThat(scene.post(cookie, endpoint + "/resume", "perSecond=0").status()).isEqualTo(400);
    assertThat(mine().enabled()).isFalse();
    assertThat(scene.post(cookie, endpoint + "/resume", "perSecond=5").status()).isEqualTo(303);
    assertThat(mine().status().perSecond()).isEqualTo(5);
    assertThat(scene.page(cookie, endpoint).body()).contains("at most 5 deliveries per second");

    String token = scene.token(ALL);
    String path = "/endpoints/" + scene.mine.id() + "/resume";
    assertThat(scene.call(token, "POST", path, "{\"perSecond\":10001}").status()).isEqualTo(400);
    Answer resumed = scene.call(token, "POST", path, "{\"perSecond\":7}");
    assertThat(resumed.json().path("releasePerSecond").asInt()).isEqualTo(7);
    assertThat(scene.call(token, "POST", path, "").json().path("releasePerSecond").isNull())
        .isTrue();
  }

  @Test
  void codeIsShownForTheSignaturesOfTheEndpoint() {
    String page = scene.page(scene.cookie(ALL), endpoint).body();
    for (String language : List.of("Java", "C#", "PHP", "Node", "Python")) {
      assertThat(page).contains("aria-label=\"Standard Webhooks, " + language + "\"");
    }
    assertThat(page)
        .doesNotContain("public key", "X-QLM-Signature")
        .doesNotContainPattern(SECRET)
        .doesNotContainIgnoringCase("import dev.hookferry")
        .contains("the headers webhook-id, webhook-timestamp");
    assertThat(page).containsOnlyOnce("checked><label for=\"code-0-0-tab\">Java</label>");
    assertThat(page.split("data-copies=\"code-0-", -1)).hasSize(6);
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"webHookSecretKey\":\"k\"}");
    assertThat(scene.page(scene.cookie(ALL), endpoint).body())
        .contains("<legend class=\"\">X-QLM-Signature</legend>", "Standard Webhooks, Python");
  }

  @Test
  void noSnippetNamesTheVendor() {
    assertThat(ReceiverSnippets.ALL)
        .hasSize(14)
        .allSatisfy(one -> assertThat(one.code()).doesNotContainIgnoringCase("hookferry"));
  }

  private String verify(String cookie, String delivery, String secret, String body) {
    String form =
        "attempt=1&secret="
            + URLEncoder.encode(secret, StandardCharsets.UTF_8)
            + "&body="
            + URLEncoder.encode(body, StandardCharsets.UTF_8);
    Answer answer = scene.post(cookie, "/portal/deliveries/" + delivery + "/verify", form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    if (secret.length() > 20) {
      assertThat(answer.body()).doesNotContain(secret.substring(secret.length() - 12));
    }
    return answer.body();
  }

  @Test
  void theReasonIsInTheLanguageOfThePage() {
    String manage = scene.cookie(ALL);
    String secret = secretIn(scene.posted(manage, endpoint + "/rotate", "").body());
    scene.publish(customer -> "{\"order\":1}");
    String delivery = scene.deliveryTo(scene.mine);
    String german = scene.cookie(ALL + ",\"locale\":\"de\"");
    String spaced = scene.served.transport.requestsTo(PortalScene.MINE).get(0).body().text() + " ";

    assertThat(verify(german, delivery, secret, "{\"order\":2}"))
        .contains("das Geheimnis ist richtig, aber dieser Inhalt wurde nicht so gesendet")
        .doesNotContain("<span lang=\"en\"");
    assertThat(verify(german, delivery, secret, spaced))
        .contains("wenn der Inhalt keine Leerzeichen");
    String french = scene.cookie(ALL + ",\"locale\":\"fr\"");
    assertThat(verify(french, delivery, secret, spaced))
        .contains("elle correspondrait si le corps n’avait pas d’espaces");
  }

  @Test
  void aCustomerLearnsWhyASignatureDoesNotMatch() {
    String cookie = scene.cookie(ALL);
    String secret = secretIn(scene.posted(cookie, endpoint + "/rotate", "").body());
    scene.publish(customer -> "{\"order\":1}");
    String delivery = scene.deliveryTo(scene.mine);
    assertThat(scene.page(cookie, "/portal/deliveries/" + delivery).body())
        .contains("How it was signed", "HMAC-SHA256 over")
        .doesNotContain("whsec_M");

    assertThat(verify(cookie, delivery, secret, ""))
        .contains("The message is authentic")
        .containsPattern("class=\"status rest\".*no match")
        .containsPattern("signed with the other secret, valid until [^<]+ UTC\\.</span>")
        .doesNotContain("status bad", "signed with a different secret");
    assertThat(verify(cookie, delivery, secret, "{\"order\":2}"))
        .contains("No signature matches.", "no match", "this is not the body that was sent");
    String other = "whsec_" + "A".repeat(43) + "=";
    assertThat(verify(cookie, delivery, other, ""))
        .contains("Your endpoint would reject this message.", "signed with a different secret.")
        .doesNotContain("body was changed");
    assertThat(verify(cookie, delivery, "plain", ""))
        .contains("The secret of this endpoint begins with whsec_.")
        .doesNotContain("QLM");
    assertThat(verify(cookie, delivery, "whsec_x", "")).contains("The secret must");
    assertThat(verify(scene.cookie(ALL + ",\"locale\":\"de\""), delivery, secret, ""))
        .contains("Die Nachricht ist echt");
  }

  @Test
  void onlySecretsOfThatTimeAreJudged() {
    String cookie = scene.cookie(ALL);
    scene.publish(customer -> "{\"order\":1}");
    String delivery = scene.deliveryTo(scene.mine);
    String path = "/portal/deliveries/" + delivery;
    served.clock.advance(Duration.ofMinutes(50));
    String second = secretIn(scene.posted(cookie, endpoint + "/rotate", "hours=1").body());

    // The first secret is still there, and it alone signed then.
    assertThat(verify(cookie, delivery, second, "")).contains("No signature matches.");
    assertThat(scene.page(cookie, path).body())
        .contains("Rebuilt with the secrets of that time")
        .doesNotContain("signatures, one for each", "no longer known");

    served.clock.advance(Duration.ofHours(2));
    cookie = scene.cookie(ALL);
    String third = secretIn(scene.posted(cookie, endpoint + "/rotate", "hours=0").body());
    assertThat(mine().signing().secrets()).hasSize(2);

    for (String later : List.of(second, third, "whsec_" + "A".repeat(43) + "=")) {
      assertThat(verify(cookie, delivery, later, ""))
          .contains("This cannot be checked: ", "note plain")
          .doesNotContain("authentic", "No signature matches", "no match");
    }
    assertThat(scene.page(cookie, path).body())
        .contains("is no longer known; that signature is missing here.")
        .doesNotContain("webhook-signature:");
    NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
    var unused = served.webhooks.publish(SiteId.DEFAULT, event).join();
    Poll.until(() -> scene.all().stream().allMatch(one -> one.attempts() > 0));
    served.clock.advance(Duration.ofDays(31));
    String newest = scene.deliveryTo(scene.mine);
    assertThat(verify(scene.cookie(ALL), newest, third, "")).contains("The message is authentic");
  }

  @Test
  void aVisitorWhoMayNotTestDoesNotVerify() {
    scene.publish(customer -> "{\"order\":1}");
    String cookie = scene.cookie(",\"can\":[\"payload\"]");
    String path = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    assertThat(scene.page(cookie, path).body())
        .contains("How it was signed")
        .doesNotContain("/verify");
    assertThat(scene.post(cookie, path + "/verify", "attempt=1&secret=x").status()).isEqualTo(403);
    String able = scene.cookie(ALL);
    assertThat(scene.post(able, path + "/verify", "attempt=1&secret=").status()).isEqualTo(400);
    assertThat(scene.post(able, path + "/verify", "attempt=9&secret=x").status()).isEqualTo(404);
    String theirs = "/portal/deliveries/" + scene.deliveryTo(scene.theirs);
    assertThat(scene.post(able, theirs + "/verify", "attempt=1&secret=x").status()).isEqualTo(404);
  }

  @Test
  void verificationNeedsNoPayloadOnThePage() {
    scene.portal("{\"payload\":\"none\"}");
    String cookie = scene.cookie(ALL);
    String secret = secretIn(scene.posted(cookie, endpoint + "/rotate", "").body());
    scene.publish(customer -> "{\"order\":\"hidden-1129\"}");
    Poll.until(() -> !served.transport.requestsTo(PortalScene.MINE).isEmpty());

    assertThat(verify(cookie, scene.deliveryTo(scene.mine), secret, ""))
        .contains("The message is authentic")
        .doesNotContain("hidden-1129");
  }
}
