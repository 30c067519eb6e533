package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The palette, the switch between sites, and how pages are sent. */
class NavigationTest {
  private static final String SITE = "/sites/default";
  private static final String EVENT = "evt_01m89rmsm2e00bctbf2wktq7j8";
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  private List<String> palette(Person person, String text) throws IOException {
    String body = person.get(SITE + "/palette?q=" + FormValues.encoded(text)).body();
    JsonNode entries = new ObjectMapper().readTree(body).get("entries");
    return Stream.iterate(0, i -> i < entries.size(), i -> i + 1)
        .map(entries::get)
        .map(one -> one.get("kind").asText() + " " + one.get("path").asText())
        .toList();
  }

  @Test
  void theUidOfAnEndpointLeadsToItsPage() {
    EndpointSpec spec = EndpointSpec.to("https://crm.example/hook").types("*").uid("crm-eu");
    Endpoint made = place.webhooks().endpoints().create(SiteId.DEFAULT, spec).endpoint();
    String page = SITE + "/endpoints/" + made.id();

    Person.Shown found = admin.get(SITE + "/endpoints/crm-eu?span=7d");
    assertThat(found.status()).isEqualTo(303);
    assertThat(found.header("Location")).isEqualTo(page + "?span=7d");
    assertThat(admin.get(SITE + "/endpoints/crm-eu/edit").header("Location"))
        .isEqualTo(page + "/edit");
    assertThat(admin.get(page).status()).isEqualTo(200);
    assertThat(admin.get(SITE + "/endpoints/crm-us").status()).isEqualTo(404);
  }

  @Test
  void idsLeadStraightToWhatTheyName() throws IOException {
    Endpoint endpoint = place.endpoint("https://crm.example/hook", "license_created");
    String delivery = EVENT.replace("evt", "dlv");

    assertThat(palette(admin, EVENT)).containsExactly("Event " + SITE + "/events/" + EVENT);
    assertThat(palette(admin, delivery))
        .containsExactly("Delivery " + SITE + "/deliveries/" + delivery);
    assertThat(palette(admin, endpoint.id().toString()))
        .startsWith("Endpoint " + SITE + "/endpoints/" + endpoint.id());
    assertThat(palette(admin, "dlv_not-one")).containsExactly("Search " + find("dlv_not-one"));
    assertThat(palette(admin, "")).isEmpty();
  }

  @Test
  void thePaletteOffersWhatCanBeDoneWithEndpoints() throws IOException {
    Endpoint crm = place.endpoint("https://crm.example/hook", "*");
    Endpoint erp = place.endpoint("https://erp.example/hook", "*");
    place.pause(erp.id());
    String toCrm = "Action " + SITE + "/endpoints/" + crm.id();
    String toErp = "Action " + SITE + "/endpoints/" + erp.id();

    assertThat(palette(admin, "crm")).contains(toCrm + "/test", toCrm + "/pause");
    assertThat(palette(admin, "Pause crm")).startsWith(toCrm + "/pause");
    assertThat(palette(admin, "pause")).contains(toCrm + "/pause").doesNotContain(toErp);
    assertThat(palette(admin, "resume"))
        .contains(toErp + "#resume-form")
        .doesNotContain(toCrm + "#resume-form");
    assertThat(palette(admin, "edit crm")).startsWith(toCrm + "/edit");
    assertThat(palette(admin, "rotate crm")).startsWith(toCrm + "#rotate-form");
    assertThat(palette(admin, "test")).contains(toCrm + "/test", toErp + "/test");
    assertThat(admin.get(SITE + "/palette?q=pause").body()).contains("\"post\":\"yes\"");
    assertThat(admin.get(SITE).body())
        .contains("Add an endpoint</li>", "Retry given-up deliveries…", "New API key</li>");
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    assertThat(palette(reader, "pause crm")).noneMatch(entry -> entry.startsWith("Action"));
    assertThat(reader.get(SITE).body()).doesNotContain("palette-actions");
  }

  @Test
  void thePaletteLeadsToTheQuestionWhetherToRetryWhatWasGivenUp() throws IOException {
    var unused =
        place.webhooks().settings().update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(0)));
    Endpoint crm = place.endpoint("https://crm.example/hook", "license_created");
    Endpoint erp = place.endpoint("https://erp.example/hook", "license_deleted");
    place.transport.responding("https://crm.example/hook", 500);
    place.publish("license_created", "{}");
    place.publish("license_created", "{}");
    Poll.until(
        () -> place.deliveries().stream().allMatch(one -> one.state() == DeliveryState.EXHAUSTED));
    place.clock.advance(Duration.ofMinutes(1));
    String question = "/deliveries/all?status=exhausted&status=poisoned&range=30d&tests=no";
    String retry = "Action " + SITE + question + "&endpoint=" + crm.id();

    for (String text : List.of("crm", "retry", "Retry CRM")) {
      assertThat(palette(admin, text))
          .as(text)
          .contains(retry)
          .noneMatch(entry -> entry.startsWith("Action") && entry.contains("=" + erp.id()));
    }
    assertThat(admin.get(SITE + "/palette?q=retry").body())
        .contains("Retry 2 given-up deliveries to https://crm.example/hook…", "last 30 days")
        .doesNotContain("\"post\":\"yes\"");
    assertThat(admin.get(retry.substring("Action ".length())).body())
        .contains("Nothing has been sent yet.", "Retry 2 deliveries");
    assertThat(palette(admin, "erp")).noneMatch(entry -> entry.contains("/deliveries/all"));
    assertThat(palette(place.person(SiteId.DEFAULT, Scope.READ), "retry crm"))
        .noneMatch(entry -> entry.startsWith("Action"));
  }

  @Test
  void textsLeadToEndpointsTypesSitesAndTheSearch() throws IOException {
    var unused =
        place
            .webhooks()
            .endpoints()
            .create(
                SiteId.DEFAULT,
                EndpointSpec.to("https://a.example/x").types("*").description("License “desk”"));
    var unusedToo = place.webhooks().sites().create(new SiteId("license-shop"));

    assertThat(palette(admin, "License"))
        .satisfies(all -> assertThat(all.get(0)).startsWith("Endpoint "))
        .contains("Event type " + SITE + "/event-types/license_created")
        .contains("Site /sites/license-shop")
        .endsWith("Search " + find("License"));
    assertThat(palette(place.person(SiteId.DEFAULT, Scope.READ), "License"))
        .noneMatch(entry -> entry.startsWith("Site"));
  }

  private static String find(String text) {
    return SITE + "/find?q=" + FormValues.encoded(text);
  }

  @ParameterizedTest
  @CsvSource({
    "/deliveries?status=pending&type=a_b, /deliveries?status=pending&type=a_b",
    "/deliveries?endpoint=ep_1&status=failed&cursor=x, /deliveries?status=failed",
    "/deliveries/dlv_1, /deliveries",
    "/find?q=evt_1, /find",
    "/find?q=KEY, /find?q=KEY",
    "/endpoints/ep_1/edit, /endpoints",
    "/switch?q=x, ''",
    "//elsewhere.example, ''",
  })
  void anotherSiteShowsTheSamePageAndFilter(String here, String there) {
    int question = here.indexOf('?');
    String query = question < 0 ? "" : here.substring(question + 1);
    String path = question < 0 ? here : here.substring(0, question);
    assertThat(Nav.kept(path, FormValues.parse(query))).isEqualTo(there);
  }

  @Test
  void theMenuHasGroups() {
    assertThat(admin.get(SITE).body())
        .containsSubsequence(">Monitor</span>", "/find\"", ">Traffic</span>", "/deliveries\"")
        .containsSubsequence(">Setup</span>", "/event-types\"", ">Tools</span>", "/verify\"")
        .containsSubsequence(">Server</span>", "\"/keys\"");
    assertThat(place.person(SiteId.DEFAULT, Scope.READ).get(SITE).body())
        .contains(">Monitor</span>", ">Setup</span>")
        .doesNotContain(">Server</span>", "/send\"");
    assertThat(admin.get(SITE + "/find").body())
        .contains("find\" data-letter=\"f\" aria-current=\"page\"");
  }

  @Test
  void noGroupIsCalledLikeAPage() {
    Matcher groups =
        Pattern.compile("class=\"group\"[^>]*>([^<]+)<").matcher(admin.get(SITE).body());
    assertThat(groups.results().map(found -> found.group(1)))
        .hasSize(5)
        .doesNotContainAnyElementsOf(Stream.of(Nav.values()).map(Nav::title).toList());
  }

  @Test
  void itemsThatNeedAttentionAreCountedBesideTheirPage() {
    place.endpoint("https://crm.example/hook", "license_created");
    assertThat(admin.get(SITE).body())
        .contains("data-counts=\"/sites/default/counts\"", "data-count=\"/problems\" hidden>");
    assertThat(admin.get(SITE + "/counts").body()).contains("\"/problems\":\"\"");
    place.transport.responding("https://crm.example/hook", 401);
    place.publish("license_created", "{}");
    Poll.until(() -> admin.get(SITE + "/counts").body().contains("\"/retry-queue\":\"1\""));
    assertThat(admin.get(SITE + "/counts").body())
        .as("one failure may pass")
        .contains("\"/problems\":\"\"");
    for (int i = 0; i < 9; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> admin.get(SITE + "/counts").body().contains("\"/problems\":\"1\""));
    assertThat(admin.get(SITE).body()).contains("1 of 1 endpoint is not working");
  }

  @Test
  void everyPageIsInTheMenuAndHasALetterOfItsOwn() {
    Set<String> letters = new HashSet<>();
    String menu = admin.get(SITE).body();
    for (Nav nav : Nav.values()) {
      assertThat(nav == Nav.NONE || menu.contains("data-letter=\"" + nav.letter() + "\"")).isTrue();
      assertThat(nav == Nav.NONE || letters.add(nav.letter())).as(nav.title()).isTrue();
    }
  }

  @Test
  void pagesAreCompressedForBrowsersThatAcceptIt() throws IOException {
    String plain = admin.get(SITE).body();
    for (String refusal : List.of("", "br", "gzip;q=0", "identity, gzip; q=0.0")) {
      admin.headers.put("accept-encoding", refusal);
      assertThat(admin.get(SITE).header("Content-Encoding")).as(refusal).isEmpty();
    }
    for (String consent : List.of("gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.5")) {
      admin.headers.put("accept-encoding", consent);
      Person.Shown shown = admin.get(SITE);
      assertThat(shown.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(shown.header("Vary")).isEqualTo("Accept-Encoding");
      assertThat(shown.reply().body().size()).isLessThan(plain.length() / 2);
      assertThat(unzipped(shown)).startsWith("<!doctype html>").contains("</html>");
    }
    assertThat(admin.get(SITE + "/palette?q=x").header("Content-Encoding")).isEmpty();
  }

  @Test
  void filesAreCompressedAndKept() throws IOException {
    Matcher path = Pattern.compile("href=\"([^\"]+console.css)\"").matcher(admin.get(SITE).body());
    assertThat(path.find()).isTrue();
    Person.Shown plain = admin.get(path.group(1));
    admin.headers.put("accept-encoding", "gzip");
    Person.Shown zipped = admin.get(path.group(1));

    assertThat(unzipped(zipped)).isEqualTo(plain.body());
    assertThat(zipped.header("Cache-Control")).contains("immutable");
    assertThat(zipped.header("Vary")).isEqualTo("Accept-Encoding");
  }

  /** Otherwise the length of compressed pages would reveal it byte by byte. */
  @Test
  void theTokenOfAFormDiffersInEveryResponse() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      Matcher token = CSRF.matcher(admin.get(SITE).body());
      assertThat(token.find()).isTrue();
      tokens.add(token.group(1));
    }
    assertThat(tokens).hasSize(10);
    for (String token : tokens) {
      admin.csrf = token;
      assertThat(admin.send("POST", SITE + "/server-properties", "csrf=" + token).status())
          .isEqualTo(400);
    }
    for (String wrong : List.of("", "x", "AAAA", admin.csrf + "AAAA", "%2B%2B")) {
      assertThat(admin.send("POST", SITE + "/server-properties", "csrf=" + wrong).status())
          .as(wrong)
          .isEqualTo(403);
    }
  }

  private static String unzipped(Person.Shown shown) throws IOException {
    byte[] bytes = shown.reply().body().toBytes();
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
