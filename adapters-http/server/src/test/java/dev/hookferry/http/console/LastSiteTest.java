package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.navigation.SiteHealth;
import dev.hookferry.id.SiteId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The site around the pages that belong to the whole server, and the one to begin with. */
class LastSiteTest {
  private static final SiteId ACME = new SiteId("acme");
  private static final SiteId SHOP = new SiteId("shop");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();

  @BeforeEach
  void addSites() {
    var unused = place.webhooks().sites().create(ACME);
    var unusedToo = place.webhooks().sites().create(SHOP);
  }

  private Person signedIn(String key) {
    Person person = new Person(place.console);
    assertThat(person.signIn(key).header("Location")).isEqualTo("/");
    return person;
  }

  private Person admin() {
    return signedIn(place.key(null, Scope.ADMIN));
  }

  private void failing(SiteId site, String url) {
    place.transport.responding(url, 410);
    var unused = place.webhooks().endpoints().create(site, EndpointSpec.to(url).types("*"));
    var unusedToo = place.webhooks().publish(site, NewEvent.of("license_created", "{}")).join();
    Poll.until(
        () -> SiteHealth.of(place.webhooks(), place.webhooks().sites().get(site)).notWorking() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/audit", "/sites", "/system", "/keys", "/outboxes"})
  void pagesOfTheServerKeepTheSite(String page) {
    Person person = admin();
    person.get("/sites/acme/deliveries");

    assertThat(person.get(page).body())
        .contains("<b>acme</b></summary>", "href=\"/sites/acme/endpoints\"")
        .doesNotContain("href=\"/sites/default/endpoints\"");
    person.get("/sites/shop");
    assertThat(person.get(page).body()).contains("<b>shop</b></summary>");
  }

  @Test
  void theFirstPageIsTheLastSite() {
    Person person = admin();
    person.get("/sites/acme/deliveries");

    assertThat(person.get("/").header("Location")).isEqualTo("/sites/acme");
    place.webhooks().sites().remove(ACME);
    assertThat(person.get("/audit").body()).contains("<b>default</b></summary>");
  }

  @Test
  void refreshesAndOtherRepliesThanPagesDoNotChangeIt() {
    Person person = admin();
    person.get("/sites/acme");
    person.headers.put("hookferry-live", "1");
    person.get("/sites/shop");
    person.headers.remove("hookferry-live");
    person.get("/sites/shop/palette?q=x");
    person.get("/sites/missing");

    assertThat(person.get("/").header("Location")).isEqualTo("/sites/acme");
  }

  @Test
  void theSiteIsRememberedAfterAChange() {
    Person person = admin();
    person.get("/sites");
    person.post("/sites", "id=new-shop");

    assertThat(person.get("/audit").body()).contains("<b>new-shop</b></summary>");
  }

  @Test
  void aSignInBeginsWithTheSiteThatNeedsAPersonMost() {
    assertThat(admin().get("/").header("Location")).isEqualTo("/sites/default");
    var unused =
        place
            .webhooks()
            .endpoints()
            .create(SHOP, EndpointSpec.to("https://a.example/x").types("*"));
    assertThat(admin().get("/").header("Location")).as("has endpoints").isEqualTo("/sites/shop");
    place.endpoint("https://b.example/x", "*");
    assertThat(admin().get("/").header("Location")).isEqualTo("/sites/default");
    failing(ACME, "https://c.example/x");
    assertThat(admin().get("/").header("Location")).as("fails").isEqualTo("/sites/acme");
    var idle = place.webhooks().sites().create(new SiteId("idle"));
    assertThat(idle.id().value()).isEqualTo("idle");
    assertThat(admin().get("/sites").body()).contains(">1 of 1 not working</span>", "no endpoints");
  }

  @Test
  void aKeyOfOneSiteStaysThere() {
    Person person = admin();
    person.get("/sites/acme");
    String cookie = person.headers.get("cookie");
    Person tenant = new Person(place.console);
    tenant.headers.put("cookie", cookie);
    tenant.signIn(place.key(SHOP, Scope.READ));

    assertThat(tenant.headers.get("cookie")).contains("hookferry-site=acme");
    assertThat(tenant.get("/").header("Location")).isEqualTo("/sites/shop");
  }

  @Test
  void ignoresAForgedSite() {
    Person person = admin();
    person.headers.merge("cookie", "hookferry-site=../x\"", (old, added) -> old + "; " + added);

    assertThat(person.get("/audit").body()).contains("<b>default</b></summary>");
  }

  @Test
  void thePaletteFindsEndpointsOfOtherSites() {
    var unused =
        place
            .webhooks()
            .endpoints()
            .create(
                SHOP, EndpointSpec.to("https://erp.example/x").types("*").description("Ledger"));

    String entries = admin().get("/sites/acme/palette?q=ledg").body().replace(" ", "");
    assertThat(entries).contains("/sites/shop/endpoints/ep_", "siteshop·https://erp.example/x");
    assertThat(place.person(ACME, Scope.READ).get("/sites/acme/palette?q=ledg").body())
        .doesNotContain("Ledger");
  }
}
