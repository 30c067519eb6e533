package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a customer sees after he has saved an endpoint: its secret, and what may be wrong. */
class PortalNewEndpointTest {
  private static final String ALL = ",\"can\":[\"test\",\"manage\",\"secrets\"]";
  private static final String SECRET = "whsec_[A-Za-z0-9+/]{20}";

  private final PortalScene scene = new PortalScene("{\"enabled\":true}");
  private final Served served = scene.served;

  @AfterEach
  void close() {
    scene.close();
  }

  private static String form(String url, String types) {
    return "url=" + URLEncoder.encode(url, StandardCharsets.UTF_8) + "&types=" + types;
  }

  private String created(String cookie, String url, String types) {
    Answer made = scene.post(cookie, "/portal/endpoints/new", form(url, types));
    assertThat(made.status()).as(made.body()).isEqualTo(303);
    return made.header("Location");
  }

  @Test
  void aNewSecretStaysOnItsPageUntilItIsDismissed() {
    String cookie = scene.cookie(ALL);
    String page = created(cookie, "https://new.example/", "license_*");
    String path = page.substring(0, page.indexOf('?'));

    assertThat(page).doesNotContainPattern(SECRET);
    for (int i = 0; i < 2; i++) {
      assertThat(scene.page(cookie, page).body())
          .containsPattern(SECRET)
          .contains("The endpoint was created.", "name=\"kept\"");
    }
    assertThat(served.webhooks.endpoints().all(SiteId.DEFAULT)).hasSize(3);

    String token = page.substring(page.indexOf('=') + 1);
    Answer tested = scene.posted(cookie, path + "/test", "kept=" + token);
    assertThat(tested.body()).contains("The test arrived.").containsPattern(SECRET);

    assertThat(scene.page(scene.cookie(ALL), page).body()).doesNotContainPattern(SECRET);
    String other = "/portal/endpoints/" + scene.mine.id() + "?kept=" + token;
    assertThat(scene.page(cookie, other).body()).doesNotContainPattern(SECRET);
    Answer dismissed = scene.page(cookie, path + "?dismiss=" + token);
    assertThat(dismissed.header("Location")).isEqualTo(path);
    assertThat(scene.page(cookie, page).body()).doesNotContainPattern(SECRET);
  }

  @Test
  void problemsAreShownAtTheirFields() {
    String cookie = scene.cookie(ALL);
    String path = "/portal/endpoints/new";
    Answer refused = scene.post(cookie, path, form("https://10.0.0.1/", "license_*"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains(
            "<title>Error: Add an endpoint",
            "role=\"alert\" tabindex=\"-1\" autofocus",
            "<li><a href=\"#url\">URL</a></li>",
            "aria-invalid=\"true\" aria-describedby=\"url-error url-help\"",
            "id=\"url-error\"")
        .containsOnlyOnce(
            "This address cannot be used. Enter an https URL that is reachable from the internet.")
        .doesNotContain("types-error");
    assertThat(scene.post(cookie, path, form("http", "")).body())
        .contains("<a href=\"#url\">URL</a></li>", "<a href=\"#type-group\">Event types</a></li>")
        .containsSubsequence(
            "<span class=\"wrong\" id=\"type-group-error\"><span>Choose at least one event type.",
            "type=\"checkbox\"",
            "id=\"types\"")
        .doesNotContain("id=\"types-error\"");
  }

  @ParameterizedTest
  @CsvSource({
    "X-A:+1%0Anonsense%0AHost:+x, {, Host: This header is reserved",
    "Host:+x, {\"a\":{\"$no\":1}}, Host: This header is reserved",
    "X-A:+1, {, The filter is not valid JSON"
  })
  void allProblemsAreSaidAtOnceTheUrlFirst(String headers, String filter, String also) {
    String cookie = scene.cookie(ALL);
    String rest =
        "&headers=" + headers + "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    for (String path :
        List.of("/portal/endpoints/new", "/portal/endpoints/" + scene.mine.id() + "/edit")) {
      String refused = scene.post(cookie, path, "url=https://10.0.0.1/&types=a!b" + rest).body();
      assertThat(refused.replaceAll("<span[^>]*>", ""))
          .containsSubsequence(
              "<a href=\"#url\">URL</a></li>",
              "Event types</a></li>",
              "Filter</a></li>",
              "This address cannot be used.")
          .contains(also);
      assertThat(scene.post(cookie, path, "url=https://10.0.0.1/&headers=Host:+x").body())
          .contains("#url\">", "#type-group\">", "#headers\">");
    }
    assertThat(scene.served.webhooks.endpoints().list(SiteId.DEFAULT, PageRequest.FIRST).data())
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url=http://a.example | Die URL muss mit https:// beginnen. | L’URL doit commencer par https://.
          url=https://a.example/a+b | Zeichen 20 ist aber eines; schreiben Sie %20 | écrivez %20
          url=https://me:pw@a.example/ | weder Benutzernamen noch Kennwort | ni mot de passe
          url=https://10.0.0.1/ | kann nicht verwendet werden | ne peut pas être utilisée
          url=https:///x | muss einen Host nennen | doit nommer un hôte
          url=https://a.example/%23x | darf kein # enthalten | ne doit pas contenir de #
          url=https://a.example/LONG | Geben Sie höchstens 2.048 Zeichen ein. | caractères au plus
          description=LONG | Geben Sie höchstens 500 Zeichen ein. | 500 caractères au plus
          types=a!b | einen Ereignistyp ein, den | Saisissez un type d’événement
          headers=x | als Zeilen wie X-Team: billing. | en lignes comme X-Team: billing.
          headers=Host:+x | Dieser Header ist reserviert; | Cet en-tête est réservé ;
          filter=[] | Muss ein JSON-Objekt sein, wie | Doit être un objet JSON, comme
          headers=X-A:+%C3%A9 | X-A: Der Wert dieses Headers | X-A : La valeur de cet en-tête
          """)
  void reasonsAreInTheLanguageOfThePage(String field, String german, String french) {
    String form = "url=https://a.example/&type=*&" + field.replace("LONG", "x".repeat(2_100));
    String wrong = field.startsWith("url") ? form.replaceFirst("url=[^&]*&", "") : form;
    for (String locale : List.of("de", "fr")) {
      String cookie = scene.cookie(ALL + ",\"locale\":\"" + locale + "\"");
      Answer refused = scene.post(cookie, "/portal/endpoints/new", wrong);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body())
          .contains(locale.equals("de") ? german : french)
          .doesNotContain("<span lang=\"en\"");
    }
  }

  @Test
  void refusalsOfActionsAreTranslatedToo() {
    String cookie = scene.cookie(ALL + ",\"locale\":\"de\"");
    String path = "/portal/endpoints/" + scene.mine.id();
    scene.post(cookie, path + "/pause", "");
    assertThat(scene.post(cookie, path + "/resume", "perSecond=0").body())
        .contains("Zustellungen je Sekunde: Geben Sie eine Zahl von 1 bis 10.000 ein.");
  }

  @Test
  void withoutTheRightToSecretsNoneIsShown() {
    String cookie = scene.cookie(",\"can\":[\"manage\"]");
    String page = created(cookie, "https://new.example/", "license_*");

    assertThat(page).endsWith("?note=created");
    assertThat(scene.page(cookie, page).body())
        .contains("The endpoint was created.")
        .doesNotContainPattern(SECRET);
  }

  @Test
  void anotherEndpointWithTheSameUrlIsNamedWithinTheScopeOnly() {
    String cookie = scene.cookie(ALL);
    String own = scene.page(cookie, created(cookie, PortalScene.MINE, "license_*")).body();
    assertThat(own).contains("has the same URL", "href=\"/portal/endpoints/" + scene.mine.id());

    String foreign = scene.page(cookie, created(cookie, PortalScene.THEIRS, "license_*")).body();
    assertThat(foreign).doesNotContain("same URL", scene.theirs.id().toString());
    Endpoint mine = scene.mine;
    Answer moved =
        scene.posted(
            cookie, "/portal/endpoints/" + mine.id() + "/edit", form(PortalScene.THEIRS, "*"));
    assertThat(moved.body())
        .contains("note good\" role=\"status\"><p>URL and event types changed.")
        .doesNotContain("theirs_");
  }

  @Test
  void eventTypesAreInGroupsThatCanBeChosenAsOne() {
    String cookie = scene.cookie(ALL);
    describe("order.paid", "order.sent", "ping");
    String blank = scene.page(cookie, "/portal/endpoints/new").body();
    assertThat(blank)
        .containsSubsequence(
            "value=\"order.*\"",
            "all 2, and any added later",
            "value=\"order.paid\"",
            "value=\"order.sent\"",
            "aria-label=\"Individual types\"",
            ">Individual types</p>",
            "value=\"ping\"",
            ">Standard types</p>",
            "value=\"license_*\"",
            "value=\"license_created\"")
        .contains("data-type-search")
        .doesNotContain("value=\"ping*\"");
    String form = "url=https://new.example/&type=order.*&type=order.paid&type=ping";
    String made = scene.post(cookie, "/portal/endpoints/new", form).header("Location");

    String path = made.substring(0, made.indexOf('?'));
    assertThat(scene.page(cookie, path).body()).contains("<dd>order.*, ping</dd>");
    assertThat(scene.page(cookie, path + "/edit").body())
        .contains("value=\"order.*\" checked", "value=\"order.sent\" checked")
        .contains("name=\"types\" value=\"\"")
        .doesNotContain("value=\"license_created\" checked");
    String all = "url=https://all.example/&type=*&type=order.*&type=license_created";
    String second = scene.post(cookie, "/portal/endpoints/new", all).header("Location");
    assertThat(scene.page(cookie, second).body()).contains("<dd>All events</dd>");
  }

  @Test
  void aFewTypesNeedNoSearch() {
    describe("order.paid", "order.sent");
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"hideQlmEventTypes\":true}");
    assertThat(scene.page(scene.cookie(ALL), "/portal/endpoints/new").body())
        .contains("value=\"order.*\"")
        .doesNotContain("data-type-search");
  }

  private void describe(String... types) {
    for (String type : types) {
      served.send("PUT", Served.DEFAULT + "/event-types/" + type, "{\"description\":\"x\"}");
    }
  }

  @Test
  void subscriptionsThatMatchNothingAreDoubted() {
    String cookie = scene.cookie(ALL);
    String edit = "/portal/endpoints/" + scene.mine.id() + "/edit";

    String typo =
        scene.posted(cookie, edit, form(PortalScene.MINE, "license_*+licence_created")).body();
    assertThat(typo)
        .contains("No event type matches licence_created.", "Did you mean license_created?")
        .doesNotContain("gets no events");
    String all = scene.posted(cookie, edit, form(PortalScene.MINE, "foo.bar+ordre.*")).body();
    assertThat(all)
        .contains(
            "No event type matches foo.bar, ordre.*.",
            "Check for typos.",
            "This endpoint gets no events.");
    String right = scene.posted(cookie, edit, form(PortalScene.MINE, "license_*+test")).body();
    assertThat(right).doesNotContain("No event type matches");
    served.send("PATCH", Served.DEFAULT + "/settings", "{\"openCatalog\":true}");
    String open = scene.posted(cookie, edit, form(PortalScene.MINE, "foo.bar")).body();
    assertThat(open).doesNotContain("No event type matches");
  }
}
