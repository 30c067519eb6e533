package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.words.Words;
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
    return scene.cookie(
        ",\"can\":[\"test\",\"retry\",\"manage\"],\"locale\":\"" + language + "\"");
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
  void shortTextsReadWellInEveryLanguage() {
    assertThat(Words.of("de", null).text("hint.http-5xx")).isEqualTo("Protokoll prüfen");
    Words french = Words.of("fr", null);
    assertThat(french.text("notice.next") + " " + french.text("time.due"))
        .isEqualTo("Prochaine tentative imminente");
    assertThat(french.text("types.schema-of", "a"))
        .isEqualTo("Schéma JSON des données\u00a0: a");
  }
}
