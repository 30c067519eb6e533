package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A site that has nothing to do with QLM. */
class WithoutQlmTest {
  private static final String SITE = "/sites/default";
  private static final String ENTRY =
      "<a href=\"" + SITE + "/server-properties\" data-letter=\"p\"";
  private static final List<String> WORDS =
      List.of("X-QLM-Signature", "QLM key", "webHookSecretKey", "QLM server properties");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @BeforeEach
  void declare() {
    set("eventTypes", List.of("order.paid"));
  }

  private void set(String name, Object value) {
    var unused = place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of(name, value));
  }

  private String page(String path) {
    return admin.get(SITE + path).body();
  }

  @Test
  void pagesDoNotSpeakOfIt() {
    String endpoint = place.endpoint("https://shop.example/hook", "order.*", "*").id().toString();
    for (String path :
        List.of("", "/endpoints", "/endpoints/new", "/verify", "/endpoints/" + endpoint)) {
      assertThat(page(path)).as(path).doesNotContain(WORDS);
    }
    assertThat(page("/endpoints/new"))
        .as("what would be sent with a key stays")
        .contains("<input type=\"hidden\" name=\"signature\" value=\"qlm\">");
    assertThat(page("/settings"))
        .doesNotContain(ENTRY)
        .contains("href=\"" + SITE + "/server-properties\">QLM server properties</a>");
    assertThat(page("/server-properties")).contains(ENTRY, "<h1>QLM server properties</h1>");
  }

  @Test
  void aKeyAnEndpointOrNoTypesOfItsOwnBringItBack() {
    assertThat(page("/settings")).doesNotContain(ENTRY);
    set("webHookSecretKey", "a secret of QLM");
    assertThat(page("/verify")).contains(ENTRY, "X-QLM-Signature");
    set("webHookSecretKey", "");
    assertThat(page("/verify")).doesNotContain(ENTRY);
    var unused = place.endpoint("https://crm.example/hook", "license_*");
    assertThat(page("/endpoints/new")).contains(ENTRY, "QLM key");
  }

  @Test
  void aSiteThatDeclaresNoTypesSpeaksOfIt() {
    set("eventTypes", List.of());
    assertThat(page("/endpoints")).contains(ENTRY);
    set("hideQlmEventTypes", true);
    assertThat(page("/endpoints")).doesNotContain(ENTRY);
  }
}
