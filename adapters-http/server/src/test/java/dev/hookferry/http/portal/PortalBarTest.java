package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bar at the top: the product, the site, the pages, the language and the way back. */
class PortalBarTest {
  private static final String CHOICE = "/portal/language?to=de&page=";

  private final PortalScene scene =
      new PortalScene(
          "{\"enabled\":true,\"origins\":[\"https://app.example\"],"
              + "\"theme\":{\"productName\":\"Acme\"}}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theBarHasTheProductThePagesTheLanguagesAndTheWayBack() {
    String cookie = scene.cookie(",\"returnUrl\":\"https://app.example/account\"");
    assertThat(scene.page(cookie, "/portal/deliveries?code=4xx").body())
        .containsSubsequence(
            "<header class=\"portal-bar\">",
            "<span class=\"product\">Acme</span>",
            "<nav aria-label=\"Acme\">",
            "aria-current=\"page\">Deliveries</a>",
            "</nav>",
            "<span class=\"who soft\" dir=\"auto\" title=\"Ada\">Ada</span>",
            "Language: </span>EN</summary>",
            "href=\"/portal/language?to=de&amp;page=%2Fportal%2Fdeliveries%3Fcode%3D4xx\"",
            ">Deutsch</a>",
            ">Français</a>",
            "href=\"https://app.example/account\"",
            "</header>",
            "<main>");
  }

  @Test
  void aChosenLanguageHoldsForTheBrowserWhateverTheLinkSays() {
    String cookie = scene.cookie(",\"locale\":\"fr\"");
    assertThat(scene.page(cookie, "/portal/").body()).contains("<html lang=\"fr\"");
    Answer chosen = scene.page(cookie, CHOICE + "%2Fportal%2Fdeliveries%3Fcode%3D4xx");
    assertThat(chosen.status()).isEqualTo(303);
    assertThat(chosen.header("Location")).isEqualTo("/portal/deliveries?code=4xx");
    String language = chosen.header("Set-Cookie");
    assertThat(language)
        .startsWith("hookferry-portal-language=de;")
        .contains("Path=/portal", "HttpOnly", "SameSite=Lax");

    String both = cookie + "; " + language.split(";", -1)[0];
    assertThat(scene.page(both, "/portal/").body())
        .contains("<html lang=\"de\"", "Sprache: </span>DE</summary>");
    String unknown = cookie + "; hookferry-portal-language=xx";
    assertThat(scene.page(unknown, "/portal/").body()).contains("<html lang=\"fr\"");
    Answer other = scene.page(cookie, "/portal/language?to=it&page=/portal/");
    assertThat(other.header("Location")).isEqualTo("/portal/");
    assertThat(other.header("Set-Cookie")).isEmpty();
  }

  @Test
  void anotherLanguageDoesNotRepeatTheOutcomeOfAnAction() {
    String cookie = scene.cookie("");
    String list = "/portal/deliveries?note=none-retried";
    assertThat(scene.page(cookie, list).body())
        .contains("None of these deliveries can be retried.")
        .contains("to=de&amp;page=%2Fportal%2Fdeliveries\"");
    assertThat(scene.page(cookie, list + "&code=4xx").body())
        .contains("to=de&amp;page=%2Fportal%2Fdeliveries%3Fcode%3D4xx\"");
    String endpoint = "/portal/endpoints/" + scene.mine.id();
    assertThat(scene.page(cookie, endpoint + "?note=resumed&done=0").body())
        .contains("This endpoint was resumed.")
        .contains("to=de&amp;page=" + endpoint.replace("/", "%2F") + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example/", "//evil.example/", "/sites/", "/portal/%0d%0aX:1", ""})
  void aLanguageLeadsToPagesOfThePortalOnly(String page) {
    Answer chosen = scene.page(scene.cookie(""), CHOICE + page);
    assertThat(chosen.header("Location")).isEqualTo("/portal/");
  }

  @Test
  void siteIsNamedOnlyInLinksToTheWholeSite() {
    served.send("PATCH", Served.DEFAULT, "{\"name\":\"Contoso GmbH\"}");
    assertThat(scene.page(scene.cookie(""), "/portal/").body()).doesNotContain("Contoso");
    Answer made = served.post(PortalScene.LINKS, "{\"subject\":\"c-1\"}");
    String link = URI.create(made.json().path("url").asText()).getPath();
    String whole = served.get(link).header("Set-Cookie").split(";", -1)[0];
    assertThat(scene.page(whole, "/portal/").body())
        .contains("<span class=\"site\" dir=\"auto\">Contoso GmbH</span>");
  }
}
