package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page on which a customer checks a signature, and where it is found. */
class PortalSignatureTest {
  private static final String ALL = ",\"can\":[\"test\",\"secrets\",\"payload\"]";
  private static final String PAGE = "/portal/signature";
  private static final Pattern SECRET = Pattern.compile("<code id=\"secret\">([^<]*)");

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;
  private final String cookie = scene.cookie(ALL);

  @AfterEach
  void close() {
    scene.close();
  }

  private String secret() {
    String path = "/portal/endpoints/" + scene.mine.id() + "/rotate";
    Matcher secret = SECRET.matcher(scene.posted(cookie, path, "hours=0").body());
    assertThat(secret.find()).isTrue();
    return secret.group(1);
  }

  private Answer check(String headers, String body, String secret) {
    String form =
        "headers="
            + FormValues.encoded(headers)
            + "&body="
            + FormValues.encoded(body)
            + "&secret="
            + FormValues.encoded(secret);
    return scene.post(cookie, PAGE, form);
  }

  /** A request as a person pastes it. */
  private record Pasted(String headers, String body) {}

  private Pasted sent() {
    scene.publish(customer -> "{\"order\":1}");
    var request = served.transport.requestsTo(PortalScene.MINE).get(0);
    return new Pasted(
        request.headers().stream()
            .map(header -> header.name() + ": " + header.value())
            .collect(Collectors.joining("\n")),
        request.body().text());
  }

  @Test
  void aRequestThatAReceiverGotIsCheckedAsItIsPasted() {
    String secret = secret();
    Pasted request = sent();
    String headers = request.headers();
    String body = request.body();

    assertThat(check(headers, body, secret).body())
        .contains("note good", "The message is authentic", "Check again")
        .doesNotContain(secret);
    assertThat(check(headers, body + " ", secret).body())
        .contains("note bad", "no white space between its tokens");
    served.clock.advance(Duration.ofMinutes(10));
    assertThat(check(headers, body, secret).body()).contains("more than five minutes off");
    Answer missing = check("", body, "");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.body())
        .contains("<a href=\"#secret\">Secret of your endpoint</a>: ")
        .contains("<a href=\"#headers\">Headers that your endpoint received</a>: ")
        .contains("order");
  }

  @Test
  void distinguishesAChangedBodyFromAWrongSecret() {
    String secret = secret();
    Pasted request = sent();
    String headers = request.headers();
    String body = request.body();
    String other = "whsec_" + "A".repeat(32);
    String changed = body.replace("1", "2");
    String isSecret = "signed with a different secret";
    String isBody = "the secret is right, but this is not the body that was sent";
    String isBoth = "this is not the body that was sent, and the secret differs as well";

    assertThat(check(headers, body, other).body()).contains(isSecret);
    assertThat(check(headers, changed, secret).body()).contains(isBody);
    assertThat(check(headers, changed, other).body()).contains(isBoth);
    String foreign = headers.replaceFirst("webhook-id: [^\n]*", "webhook-id: unknown");
    assertThat(check(foreign, changed, other).body()).contains("or the body was changed");

    String page = "/portal/deliveries/" + scene.deliveryTo(scene.mine) + "/verify";
    String form = "body=" + FormValues.encoded(changed) + "&secret=";
    assertThat(scene.post(cookie, page, form + FormValues.encoded(secret)).body()).contains(isBody);
    assertThat(scene.post(cookie, page, form + other).body()).contains(isBoth);
    assertThat(scene.post(cookie, page, "body=&secret=" + other).body()).contains(isSecret);
  }

  @Test
  void qlmIsNamedOnlyWhereRequestsAreSignedWithItsKey() {
    for (String headers : List.of("webhook-signature: v1,abc", "X-Other: 1")) {
      // The token of the form is random.
      assertThat(check(headers, "{}", "wrong").body().replaceAll("value=\"[^\"]{40,}\"", ""))
          .contains("A signing secret begins with whsec_, a public key with whpk_.")
          .doesNotContainIgnoringCase("qlm");
    }
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"webHookSecretKey\":\"a-key\"}");
    assertThat(check("webhook-signature: v1,abc", "{}", "wrong").body())
        .contains("A secret without whsec_ is used for");
  }

  @Test
  void thePageIsFoundWhereADeveloperLooks() {
    var unused =
        served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    served.transport.responding(PortalScene.MINE, 401);
    scene.publish(customer -> "{\"order\":1}");
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    String link = "href=\"" + PAGE + "?endpoint=" + scene.mine.id() + "\"";
    String delivery = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    String endpoint = "/portal/endpoints/" + scene.mine.id();

    assertThat(scene.page(cookie, endpoint).body())
        .contains("<p class=\"code-check\"><a " + link + ">Check a signature</a></p>");
    assertThat(scene.page(cookie, delivery).body())
        .contains("href=\"" + delivery + "/verify\">Check a signature</a>");
    assertThat(scene.page(cookie, delivery + "/verify").body())
        .contains("<h1>Check a signature</h1>", "whether the request of attempt 1 was signed")
        .contains("How it was signed", "HMAC-SHA256 over", "name=\"attempt\" value=\"1\"");
    assertThat(scene.page(cookie, delivery + "/verify?attempt=9").status()).isEqualTo(404);
    String theirs = "/portal/deliveries/" + scene.deliveryTo(scene.theirs);
    assertThat(scene.page(cookie, theirs + "/verify").status()).isEqualTo(404);
  }

  @Test
  void thePageLeadsBackToTheEndpointFromWhichItWasOpened() {
    String page = PAGE + "?endpoint=" + scene.mine.id();
    for (Answer shown :
        List.of(scene.page(cookie, page), scene.post(cookie, page, "headers=a: b&secret=x"))) {
      assertThat(shown.body())
          .contains("<h1>Check a signature for mine.example/hook</h1>")
          .contains("href=\"/portal/endpoints/" + scene.mine.id() + "\">mine.example/hook</a>")
          .contains("action=\"" + page + "\"");
    }
    assertThat(scene.page(cookie, PAGE + "?endpoint=" + scene.theirs.id()).body())
        .contains("<h1>Check a signature</h1>", ">Endpoints</a>");
  }

  @Test
  void aDeliveredRequestIsCheckedAsEasily() {
    scene.publish(customer -> "{\"order\":1}");
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    String delivery = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    assertThat(scene.page(cookie, delivery).body())
        .containsPattern("class=\"button\"[^>]*" + delivery + "/verify\">Check a signature</a>");
  }

  @Test
  void aVisitorWhoMayNotTestDoesNotCheck() {
    String reader = scene.cookie(",\"can\":[]");
    assertThat(scene.page(reader, "/portal/").body()).doesNotContain("Check a signature");
    assertThat(scene.page(reader, PAGE).status()).isEqualTo(403);
    assertThat(scene.post(reader, PAGE, "headers=x&secret=x").status()).isEqualTo(403);
  }
}
