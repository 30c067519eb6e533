package dev.hookferry.http.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A console of more sites than fit into a menu, or into one page of a list. */
class ManySitesTest {
  private static final Pattern ROW = Pattern.compile("<tr id=\"site-([^\"]+)\">");
  private static final Pattern SITE = Pattern.compile("<li><a href=\"([^\"]+)\"");
  private static final Pattern KEY = Pattern.compile("<div>(till-[0-9]+)</div>");
  private static final Pattern OLDER = Pattern.compile("href=\"(/sites\\?[^\"]+)\">Older<");

  /** All but the site default, which is the oldest, in the order of their creation. */
  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 500).mapToObj("shop-%03d"::formatted).toList();

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @BeforeEach
  void addSites() {
    for (String name : NAMES) {
      place.clock.advance(Duration.ofMillis(1));
      var unused = place.webhooks().sites().create(new SiteId(name));
    }
  }

  @Test
  void everySiteIsListedOnceNewestFirst() {
    List<String> rows = new ArrayList<>();
    String page = admin.get("/sites").body();
    for (int i = 0; i < 10; i++) {
      assertThat(all(ROW, page)).as("each may take queries").hasSize(50);
      rows.addAll(all(ROW, page));
      page = admin.get(one(OLDER, page)).body();
    }

    assertThat(rows).startsWith("shop-500").endsWith("shop-001").doesNotHaveDuplicates();
    assertThat(all(ROW, page)).containsExactly("default");
    assertThat(page).contains("cannot be removed").doesNotContainPattern(OLDER);
  }

  @Test
  void aFullPageHasNoOther() {
    for (String name : NAMES.subList(0, 451)) {
      place.webhooks().sites().remove(new SiteId(name));
    }

    String page = admin.get("/sites").body();

    assertThat(all(ROW, page)).hasSize(50).endsWith("shop-452", "default");
    assertThat(page).doesNotContainPattern(OLDER);
  }

  @Test
  void thePagesDoNotListTheSites() {
    assertThat(admin.get("/sites/default").body())
        .contains("<summary><span class=\"soft\">Site</span> <b>default</b></summary>")
        .doesNotContain("shop-");
  }

  @Test
  void theSwitchFindsSitesAndKeepsThePage() {
    String all = admin.get("/sites/default/switch?to=%2Fdeliveries%3Fstatus%3Dpending").body();
    assertThat(all(SITE, all)).hasSize(50).startsWith("/sites/default/deliveries?status=pending");
    assertThat(all).contains("451 more");

    String some = admin.get("/sites/shop-001/switch?q=SHOP-25").body();
    assertThat(all(SITE, some))
        .isEqualTo(IntStream.range(250, 260).mapToObj("/sites/shop-%03d"::formatted).toList());
  }

  @Test
  void switcherOpensAnyTypedSite() {
    for (String name : List.of("default", "shop-001", "shop-500")) {
      assertThat(admin.get("/?site=" + name).header("Location")).isEqualTo("/sites/" + name);
      assertThat(admin.get("/sites/" + name).status()).isEqualTo(200);
    }
    String to = admin.get("/?site=shop-501").header("Location");
    assertThat(admin.get(to).status()).isEqualTo(404);
    assertThat(admin.get("/?site=%2F%2Felsewhere.example").header("Location"))
        .isEqualTo("/sites/%2F%2Felsewhere.example");
  }

  @Test
  void aKeyOfOneSiteSeesNoOther() {
    SiteId site = new SiteId("shop-250");
    Person tenant = place.person(site, Scope.READ);

    assertThat(tenant.get("/sites/shop-250").body())
        .doesNotContain("site-switch", "shop-249", "shop-251");
    assertThat(tenant.get("/sites/shop-250").body()).contains("<b>shop-250</b></span>");
    assertThat(tenant.get("/sites/shop-250/switch").status()).isEqualTo(404);
    assertThat(tenant.get("/sites").status()).isEqualTo(403);
    assertThat(tenant.get("/sites/shop-251").status()).isNotEqualTo(200);
  }

  @Test
  void aKeyOfAllSitesThatOnlyReadsMaySwitch() {
    Person reader = place.person(null, Scope.READ);

    assertThat(reader.get("/sites/default").body()).contains("site-switch");
    assertThat(all(SITE, reader.get("/sites/default/switch?q=SHOP-25").body()))
        .hasSize(10)
        .contains("/sites/shop-250");
    assertThat(reader.get("/sites").status()).isEqualTo(403);
  }

  @Test
  void keyCanBeCreatedForAnyTypedSite() {
    assertThat(admin.get("/keys").body())
        .contains("<input id=\"site\" name=\"site\" list=\"sites-list\"")
        .doesNotContain("<select id=\"site\"");

    String made = admin.post("/keys", "name=oldest&scope=read&site=default").body();

    assertThat(made).contains("Key “oldest” created");
    assertThat(admin.post("/keys", "name=x&scope=read&site=shop-501").body())
        .contains("there is no site shop-501", "value=\"shop-501\"");
  }

  @Test
  void everyKeyThatGoesWithASiteIsNamed() {
    SiteId leaving = new SiteId("shop-250");
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= 501; i++) {
      place.clock.advance(Duration.ofMillis(1));
      String name = "till-%03d".formatted(i);
      SiteId site = i % 2 == 0 ? new SiteId("shop-251") : leaving;
      var unused = place.webhooks().keys().create(name, Set.of(Scope.PUBLISH), site);
      if (site.equals(leaving)) {
        keys.add(0, name);
      }
    }

    String page = admin.get("/sites/shop-250/remove").body();

    assertThat(all(KEY, page)).isEqualTo(keys).contains("till-001", "till-501");
  }

  private static List<String> all(Pattern pattern, String page) {
    return pattern.matcher(page).results().map(match -> match.group(1)).toList();
  }

  private static String one(Pattern pattern, String page) {
    List<MatchResult> found = pattern.matcher(page).results().toList();
    assertThat(found).hasSize(1);
    return found.get(0).group(1);
  }
}
