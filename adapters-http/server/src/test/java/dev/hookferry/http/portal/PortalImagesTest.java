package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.site.PortalImage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortalImagesTest {
  private static final String IMAGES = Served.DEFAULT + "/portal-images";
  private static final String LIGHT =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 10'><path d='M0 0h1'/></svg>";
  private static final String DARK = LIGHT.replace("h1", "h2");

  private final PortalScene scene =
      new PortalScene("{\"enabled\":true,\"theme\":{\"productName\":\"Acme\"}}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private Answer put(String id, String file) {
    String encoded = Base64.getEncoder().encodeToString(file.getBytes(StandardCharsets.UTF_8));
    return served.send("PUT", IMAGES + "/" + id, "{\"image\":\"" + encoded + "\"}");
  }

  private String path(String id, String file) {
    Answer set = put(id, file);
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    return set.json().path("path").asText();
  }

  @Test
  void anImageIsCleanedListedServedAndRemoved() {
    String dirty = LIGHT.replace("<path", "<script>evil()</script><path onclick='evil()'");
    JsonNode set = put("logo-light", dirty).json();
    assertThat(set.path("id").asText()).isEqualTo("logo-light");
    assertThat(set.path("contentType").asText()).isEqualTo("image/svg+xml");
    assertThat(set.path("width").asInt()).isEqualTo(40);
    assertThat(set.path("removed").toString()).isEqualTo("[\"onclick\",\"script\"]");
    JsonNode listed = served.get(IMAGES).json().path("data");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("path")).isEqualTo(set.path("path"));

    Answer file = served.get(set.path("path").asText());
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.body()).contains("M0 0h1").doesNotContain("evil");
    assertThat(file.body()).hasSize(set.path("bytes").asInt());
    assertThat(file.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
    assertThat(file.header("Cache-Control")).contains("max-age=31536000", "immutable");

    assertThat(served.send("DELETE", IMAGES + "/logo-light", null).status()).isEqualTo(204);
    assertThat(served.send("DELETE", IMAGES + "/logo-light", null).status()).isEqualTo(404);
    assertThat(served.get(set.path("path").asText()).status()).isEqualTo(404);
    assertThat(served.get(IMAGES).json().path("data")).isEmpty();
  }

  @Test
  void theAuditLogHasHashesAndNoFiles() {
    String first = path("icon", LIGHT).replaceAll(".*/|\\..*", "");
    String second = path("icon", DARK).replaceAll(".*/|\\..*", "");
    AuditEntry entry = served.webhooks.audit().list(AuditQuery.ALL).data().get(0);
    assertThat(entry.action().code()).isEqualTo("site.changed");
    assertThat(entry.changes()).hasSize(1);
    FieldChange change = entry.changes().get(0);
    assertThat(change.field()).isEqualTo("portal.icon");
    assertThat(change.before()).startsWith("svg of ").contains(first);
    assertThat(change.after()).startsWith("svg of ").contains(second);
    int before = served.webhooks.audit().list(AuditQuery.ALL).data().size();
    var unused = path("icon", DARK);
    assertThat(served.webhooks.audit().list(AuditQuery.ALL).data()).hasSize(before);
  }

  @Test
  void pagesHaveTheLogoOfTheirScheme() {
    String light = path("logo-light", LIGHT);
    String cookie = scene.cookie("");
    assertThat(scene.page(cookie, "/portal/").body())
        .contains("<img src=\"" + light + "\" alt=\"Acme\">", "webhooks.svg")
        .contains("<picture class=\"logo plated\">")
        .doesNotContain("<source");
    String dark = path("logo-dark", DARK);
    String icon = path("icon", DARK);
    assertThat(icon).isEqualTo(dark);
    assertThat(scene.page(cookie, "/portal/").body())
        .contains(
            "<source media=\"(prefers-color-scheme: dark)\" srcset=\"" + dark + "\">",
            "<img src=\"" + light + "\"",
            "<link rel=\"icon\" href=\"" + icon + "\">")
        .contains("<picture class=\"logo\">")
        .doesNotContain("webhooks.svg");
    assertThat(scene.page(scene.cookie(",\"theme\":\"dark\""), "/portal/").body())
        .contains("<img src=\"" + dark + "\"")
        .doesNotContain("<source", light);
    assertThat(served.get("/portal/").body()).contains(light);
  }

  @Test
  void settingsStayWithoutImagesAndImagesWithSettings() {
    String path = path("logo-light", LIGHT);
    assertThat(served.get(Served.DEFAULT + "/settings").body()).doesNotContain("logo", "PHN2Zy");
    scene.portal("{\"payload\":\"none\",\"theme\":{\"accent\":\"#6122e7\"}}");
    assertThat(served.get(path).status()).isEqualTo(200);
  }

  @Test
  void anImageIsGoneWithItsPortalAndUnderNoOtherName() {
    String path = path("logo-light", LIGHT);
    assertThat(served.send("POST", "/api/v1/sites", "{\"id\":\"other\"}").status()).isEqualTo(201);
    scene.portal("/api/v1/sites/other", "{\"enabled\":true}");
    for (String other :
        List.of(
            path.replace("/default/", "/other/"),
            path.replace("/default/", "/nobody/"),
            path.replace("/default/", "/No%2fsite/"),
            path.replace(".svg", ".png"),
            path.substring(0, path.length() - 5) + "0.svg",
            path + "x")) {
      assertThat(served.get(other).status()).as(other).isEqualTo(404);
      assertThat(served.get(other).body()).doesNotContain("M0 0h1");
    }
    scene.portal("{\"enabled\":false}");
    assertThat(served.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|image|is missing",
        "{'image':''}|image|must",
        "{'image':1}|image|must",
        "{'image':'*'}|image|must be base64",
        "{'image':'R0lGODlh'}|image|must be a PNG, or an SVG in UTF-8",
        "{'image':'PHN2Zy8+','variant':'x'}|variant|is not a known field"
      })
  void filesOtherThanImagesAreRefused(String body, String field, String rule) {
    Answer refused = served.send("PUT", IMAGES + "/icon", body.replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"" + field + "\"", rule);
    assertThat(served.get(IMAGES).json().path("data")).isEmpty();
  }

  @Test
  void sizeAndPlaceAreLimited() {
    assertThat(put("banner", LIGHT).status()).isEqualTo(404);
    String large = LIGHT.replace("<path", "<!--" + "x".repeat(PortalImage.MAX_BYTES) + "--><path");
    assertThat(put("icon", large).status()).isEqualTo(400);
    String most = LIGHT + " ".repeat(PortalImage.MAX_BYTES - LIGHT.length());
    assertThat(put("icon", most).status()).isEqualTo(200);
    assertThat(put("icon", most + " ").body()).contains("must have 1 to 65536 bytes (got 65537)");
  }
}
