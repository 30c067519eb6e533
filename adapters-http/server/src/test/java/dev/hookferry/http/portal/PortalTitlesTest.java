package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.SiteId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortalTitlesTest {
  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();

  @AfterEach
  void close() {
    scene.close();
  }

  private String cookie(String language) {
    return scene.cookie(",\"can\":[\"test\",\"retry\",\"manage\"],\"locale\":\"" + language + "\"");
  }

  @Test
  void theFormOfAnEndpointIsTitledWithItsName() {
    assertThat(scene.page(cookie("en"), endpoint + "/edit").body())
        .contains("<h1>Edit mine.example/");
    assertThat(scene.page(cookie("de"), endpoint + "/edit").body()).contains(" bearbeiten</h1>");
    String french = cookie("fr");
    assertThat(scene.page(french, endpoint + "/edit").body())
        .contains("<h1>Modifier mine.example/");
    assertThat(scene.post(french, endpoint + "/edit", "url=x").body())
        .as("after an error")
        .contains("<h1>Modifier mine.example/");
  }

  @Test
  void pagesWithoutContentHaveNoControlsForIt() {
    String english = cookie("en");
    assertThat(scene.page(english, "/portal/deliveries").body())
        .contains("No deliveries yet. They appear here once an endpoint is subscribed.")
        .doesNotContain("data-filter", "class=\"filter-box\"");
    assertThat(scene.page(english, "/portal/deliveries?status=pending").body())
        .contains("data-filter");
    scene.publish("c-1", 1);
    assertThat(scene.page(english, "/portal/deliveries").body())
        .contains("data-filter")
        .contains(
            "<span class=\"to-unfold\">More filters</span>"
                + "<span class=\"to-fold\">Fewer filters</span>");
    assertThat(scene.page(english, "/portal/endpoints").body()).contains(">Add an endpoint</a>");
    scene.served.webhooks.endpoints().remove(SiteId.DEFAULT, scene.mine.id());
    String empty = scene.page(english, "/portal/endpoints").body();
    assertThat(empty.split("href=\"/portal/endpoints/new\"", -1)).as("one button").hasSize(2);
  }

  @Test
  void periodsHaveShortNamesForPhones() {
    try (PortalScene seen =
        new PortalScene(Served.withActivity(new Activity()), "{\"enabled\":true}")) {
      String page = seen.page(seen.cookie(""), "/portal/endpoints/" + seen.mine.id()).body();
      assertThat(page)
          .containsSubsequence(
              "<span class=\"in-full\">Last hour</span><span class=\"in-short\">1\u00a0h</span>",
              "<span class=\"in-short\">24\u00a0h</span>",
              "<span class=\"in-short\">7\u00a0d</span>",
              "<span class=\"in-short\">30\u00a0d</span>",
              "<p class=\"ends\"><span>24\u00a0h ago</span><span>now</span></p>",
              "0 delivered</li>")
          .doesNotContain("0 pending</li>", "0 failed</li>");
    }
  }

  @Test
  void shortTextsReadWellInEveryLanguage() {
    assertThat(Words.of("de", null).text("hint.http-5xx")).isEqualTo("Protokoll prüfen");
    Words french = Words.of("fr", null);
    assertThat(french.text("notice.next") + " " + french.text("time.due"))
        .isEqualTo("Prochaine tentative imminente");
    assertThat(Words.of("de", null).text("reason.recovers")).isEqualTo("wartet auf den Endpunkt");
    assertThat(Words.of("de", null).text("types.built-in")).isEqualTo("Standardtypen");
    assertThat(french.text("reason.recovers")).isEqualTo("attend le point de terminaison");
    assertThat(french.text("deliveries.by-endpoint")).isEqualTo("Endpoint");
    assertThat(Words.ENGLISH.text("retry.pending-help.other"))
        .isEqualTo("These are retried automatically. You can send them now instead.");
    assertThat(french.text("types.schema-of", "a")).isEqualTo("Schéma JSON des données\u00a0: a");
  }
}
