package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortalWordsTest {
  private static final String ALL =
      "{'webhook':'hook','webhooks':'hooks','endpoint':'destination','endpoints':'destinations',"
          + "'event':'notice','events':'notices','de.endpoint':'Ziel','de.endpoints':'Ziele',"
          + "'de.event':'Meldung','de.events':'Meldungen','de.webhook':'Haken',"
          + "'de.webhooks':'Haken','fr.endpoint':'cible','fr.endpoints':'cibles',"
          + "'fr.event':'alerte','fr.events':'alertes'}";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private void words(String words) {
    scene.portal("{\"words\":" + words.replace('\'', '"') + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Destinations, Notice, (?iu).*\\b(endpoint|event|webhook)s?\\b.*",
    "de, Ziele, Meldung, (?iu).*(endpunkt|ereignis|webhook).*",
    "fr, Cibles, Alerte, (?iu).*(point de terminaison|événement|webhook).*"
  })
  void everyPageHasTheWordsOfTheProduct(
      String language, String endpoints, String event, String usual) {
    words(ALL);
    scene.publish(customer -> "{}");
    String cookie =
        scene.cookie(
            ",\"locale\":\"" + language + "\",\"can\":[\"test\",\"retry\",\"manage\",\"remove\"]");
    String endpoint = "/portal/endpoints/" + scene.mine.id();
    for (String page :
        List.of(
            "/portal/",
            "/portal/deliveries",
            "/portal/deliveries/" + scene.deliveryTo(scene.mine),
            "/portal/event-types",
            endpoint,
            endpoint + "/edit",
            endpoint + "/remove",
            "/portal/endpoints/new")) {
      String shown = visible(scene.page(cookie, page).body());
      assertThat(shown).as(page).doesNotMatch("(?s)" + usual);
    }
    assertThat(scene.page(cookie, "/portal/").body()).contains(">" + endpoints + "</h2>");
    assertThat(scene.page(cookie, "/portal/deliveries").body()).containsIgnoringCase(event);
  }

  /** The text of a page and what is read aloud; names in the product's data are not ours. */
  private static String visible(String page) {
    return page.replaceAll("(?s)<head>.*</head>|<pre.*?</pre>|Standard Webhooks", "")
        .replaceAll("aria-label=\"([^\"]*)\"", ">$1<")
        .replaceAll("(?s)<[^>]*>", "\n")
        .replaceAll("https?://\\S+|\\S*[a-z]_[a-z]\\S*|(?iu)(webhook|hookferry)-[a-z-]+", "");
  }

  @Test
  void aPageWithoutASessionHasThemToo() {
    words("{'webhook':'hook','webhooks':'hooks'}");
    assertThat(served.get("/portal/").status()).isEqualTo(401);
    String cookie = scene.cookie("");
    assertThat(scene.page(cookie, "/portal/").body())
        .contains("<h1 class=\"brand-title\">Hooks</h1>");
    words("{}");
    assertThat(scene.page(cookie, "/portal/").body())
        .contains("<h1 class=\"brand-title\">Webhooks</h1>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'endpoint':'spot'}|portal.words.endpoints|must be given with endpoint",
        "{'de.events':'x'}|portal.words.de.event|must be given with de.events",
        "{'delivery':'x'}|portal.words.delivery|must be one of webhook",
        "{'it.event':'x','it.events':'x'}|portal.words.it.event|must be one of webhook",
        "{'event':'','events':'x'}|portal.words.event|must be 1 to 30 letters",
        "{'event':'<b>','events':'x'}|portal.words.event|must be 1 to 30 letters",
        "{'event':'{0}','events':'x'}|portal.words.event|must be 1 to 30 letters",
        "{'event':' x','events':'x'}|portal.words.event|must be 1 to 30 letters",
        "{'event':'abcdefghijabcdefghijabcdefghij1','events':'x'}|portal.words.event|must be 1 to",
        "{'event':1,'events':'x'}|portal.words.event|must be 1 to 30 letters",
        "['event']|portal.words|must be an object"
      })
  void wordsThatDoNotFitAreRefused(String words, String field, String rule) {
    Answer refused =
        served.send(
            "PATCH",
            Served.DEFAULT + "/settings",
            "{\"portal\":{\"words\":" + words.replace('\'', '"') + "}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"" + field + "\"", rule);
    assertThat(served.get(Served.DEFAULT + "/settings").body()).doesNotContain("\"words\"");
  }
}
