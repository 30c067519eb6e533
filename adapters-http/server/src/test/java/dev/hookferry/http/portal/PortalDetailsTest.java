package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event types and deliveries in detail, and what a visitor without a session is told. */
class PortalDetailsTest {
  private static final String NAME = "{\"enabled\":true,\"theme\":{\"productName\":\"Acme\"}}";

  private final PortalScene scene = new PortalScene(NAME);
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private void describe() {
    Answer put =
        served.send(
            "PUT",
            Served.DEFAULT + "/event-types/license_created",
            "{\"description\":\"A license.\",\"example\":{\"key\":\"K-1\"},"
                + "\"schema\":{\"type\":\"object\",\"required\":[\"key\"]}}");
    assertThat(put.status()).as(put.body()).isEqualTo(200);
  }

  @Test
  void anExampleIsTheWholeBodyAndCanBeSent() {
    describe();
    String cookie = scene.cookie("");
    String type = "/portal/event-types/license_created";
    assertThat(scene.page(cookie, type).body().replace("&#34;", "\""))
        .contains("\"EventType\": \"license_created\"", "\"EventTime\": \"")
        .contains("\"LicenseInfo\": {", "\"key\": \"K-1\"")
        .contains("JSON Schema of the data", "\"required\": [")
        .contains("name=\"endpoint\" value=\"" + scene.mine.id())
        .doesNotContain(scene.theirs.id().toString());

    String form = "type=license_created&endpoint=";
    Answer sent =
        scene.posted(cookie, "/portal/event-types/test", form + scene.mine.id().toString());
    assertThat(sent.body())
        .contains("The example arrived.", "The example was sent and is counted like a real event.")
        .contains(
            "<p class=\"help\">Examples (counted like real events)</p>",
            "name=\"type\" value=\"license_created\">license_created</button>");
    assertThat(served.transport.requestsTo(PortalScene.MINE).get(0).body().text())
        .contains("\"LicenseInfo\":{\"key\":\"K-1\"}");
    for (String other : new String[] {scene.theirs.id().toString(), "x", ""}) {
      assertThat(scene.post(cookie, "/portal/event-types/test", form + other).status())
          .isEqualTo(404);
    }
    String reader = scene.cookie(",\"can\":[]");
    assertThat(scene.page(reader, type).body())
        .contains("LicenseInfo")
        .doesNotContain("Send this example to");
    assertThat(scene.post(reader, "/portal/event-types/test", form + scene.mine.id()).status())
        .isEqualTo(403);
  }

  @Test
  void theNewestAttemptIsShownInFullAndThePayloadOnce() {
    var unused =
        served.webhooks.settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish(customer -> "{\"order\":\"o-1129\"}");
    Poll.until(() -> scene.all().stream().allMatch(one -> one.state().isFinal()));
    String cookie = scene.cookie("");
    String path = "/portal/deliveries/" + scene.deliveryTo(scene.mine);
    String followed = scene.post(cookie, path + "/retry", "").header("Location");
    Poll.until(() -> scene.page(cookie, followed).body().contains("Attempt 2 failed"));

    String page = scene.page(cookie, path).body();
    assertThat(page)
        .contains("<h3 id=\"attempt-2\">Attempt 2</h3>", "<b>Attempt 1</b>")
        .doesNotContain("id=\"attempt-1\"")
        .containsSubsequence(
            "action=\"" + path + "/retry\"",
            "href=\"" + path + "?attempt=2#attempts\" aria-current=\"true\"",
            "href=\"" + path + "?attempt=1#attempts\">",
            "id=\"attempt-2\"",
            "id=\"payload\"",
            "id=\"event-id\"")
        .contains("It carries the timestamp of this attempt, so signature checks")
        .contains("data-copies=\"payload-text-raw\"", "data-copies=\"event-id\"")
        .contains("data-copies=\"delivery-id\"", "data-copies=\"curl-2\"", "Copy: curl command")
        .contains("<code id=\"delivery-id\">dlv_");
    assertThat(page.split("<section class=\"card|<div class=\"card", -1)).as("cards").hasSize(4);
    assertThat(scene.page(cookie, path + "?attempt=1").body())
        .contains("<h3 id=\"attempt-1\">Attempt 1</h3>", "attempt=1#attempts\" aria-current")
        .doesNotContain("id=\"attempt-2\"");
    assertThat(scene.page(cookie, path + "?attempt=7").body()).contains("id=\"attempt-2\"");
    assertThat(Pattern.compile("<h[1-6][^>]*>[^<]*<span class=\"status").matcher(page).find())
        .isFalse();
  }

  @Test
  void aPayloadIsATreeInTheLanguageOfThePageWithTheTextBesideIt() {
    scene.publish(customer -> "{\"order\":{\"id\":\"o-1129\",\"lines\":[1,2]}}");
    String path = "/portal/deliveries/" + scene.deliveryTo(scene.mine);

    assertThat(scene.page(scene.cookie(",\"locale\":\"de\""), path).body().replace("&#34;", "\""))
        .containsSubsequence(
            ">Baum</label>",
            ">Rohtext</label>",
            "<details id=\"payload-text-",
            "<span class=\"json-name\">\"order\"</span>",
            "2 Felder",
            "<span class=\"json-string\">\"o-1129\"</span>",
            "2 Elemente",
            "<pre id=\"payload-text-raw\"",
            "\"order\":{\"id\":\"o-1129\",\"lines\":[1,2]}");
  }

  @Test
  void aVisitorWithoutASessionLearnsWhereToGo() {
    String used = scene.link("");
    assertThat(served.get(used).status()).isEqualTo(303);
    String again = "Open Webhooks in Acme again to continue.";
    assertThat(served.get(used).body())
        .contains("This link no longer works", "Each link works only once", again);
    assertThat(served.get("/portal/").body()).contains(again).doesNotContain("is kept");

    String token = served.get(scene.link(",\"can\":[\"manage\"]")).header("Set-Cookie");
    String cookie = token.split(";", -1)[0];
    served.clock.advance(Duration.ofMinutes(61));
    Answer late = scene.post(cookie, "/portal/endpoints/new", "csrf=x&url=https%3A%2F%2Fx.example");
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.body()).contains(again, "Your input is kept for an hour.");
    scene.portal("{\"theme\":{\"productName\":\"\"}}");
    assertThat(served.get("/portal/").body())
        .contains("Open Webhooks again in your account to continue.");
  }

  @Test
  void everyPageLetsTheNavigationBeSkipped() {
    assertThat(scene.page(scene.cookie(""), "/portal/deliveries").body())
        .contains("<a class=\"skip\" href=\"#main\">Skip to content</a>", "id=\"main\"");
  }
}
