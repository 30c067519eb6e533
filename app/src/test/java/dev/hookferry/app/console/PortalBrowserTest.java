package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.ColourScheme;
import dev.hookferry.portal.NewPortalLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Walks through the portal as a customer would, in the system's Chromium. */
@InChromium
class PortalBrowserTest {
  private static final int PHONE = 360;
  private static final int THEMES = 10;

  private static PortalServer server;
  private static Chromium chromium;
  private static String address = "";

  private final Browser browser = new Browser(chromium);

  @BeforeAll
  static void open() {
    server = new PortalServer(options -> options);
    address = "http://127.0.0.1:" + server.port();
    chromium = Chromium.start();
    accent("#6122e7");
    server.fill();
  }

  @AfterAll
  static void shut() {
    chromium.close();
    server.close();
  }

  private static void accent(String accent) {
    Map<String, Object> theme = Map.of("productName", "Acme", "accent", accent);
    server.settings(
        Map.of(
            "enabled",
            true,
            "theme",
            theme,
            "origins",
            List.of("https://app.example"),
            "refreshUrl",
            ""));
  }

  @BeforeEach
  void signIn() {
    browser.forgetCookies();
    enter(PortalServer.EVERYTHING);
  }

  private void enter(NewPortalLink link) {
    browser.go(address + server.link(link));
  }

  @AfterEach
  void complains() {
    List<String> complaints = browser.complaints();
    browser.close();
    assertThat(complaints).isEmpty();
  }

  private int overflow() {
    String root = "document.documentElement";
    return browser.eval(root + ".scrollWidth - " + root + ".clientWidth").asInt();
  }

  @Test
  void everyPageIsAccessibleAndFitsAPhoneInEveryLanguage() {
    List<String> violations = new ArrayList<>();
    for (String language : List.of("en", "de", "fr")) {
      enter(PortalServer.EVERYTHING.locale(language).returnUrl("https://app.example/account"));
      assertThat(browser.eval("document.documentElement.lang").asText()).isEqualTo(language);
      for (Map.Entry<String, String> page : server.pages().entrySet()) {
        browser.go(address + page.getValue());
        if (language.equals("en")) {
          violations.addAll(Axe.violations(browser));
        }
        browser.size(PHONE, 800);
        assertThat(overflow()).as(page.getKey() + " " + language + " fits a phone").isZero();
        browser.picture(OpenConsole.PICTURES.resolve(name(page, language, "phone")));
        browser.size(1280, 900);
      }
    }
    assertThat(violations).isEmpty();
    browser.forgive("404");
    browser.forgive("400");
  }

  @Test
  void figuresShowWhichEndpointFails() {
    String row = "tr:has(a[href='/portal/endpoints/" + server.failing().id() + "'])";
    assertThat(browser.text(row + " td.failed")).contains("5", "Retry…");
    assertThat(browser.eval("document.querySelector(`" + row + " svg.spark`).ariaLabel").asText())
        .isEqualTo("Deliveries from the last 24 hours: 0 delivered, 0 pending, 5 failed");
    assertThat(browser.text("tr:has(a[title^='https://hooks']) td.failed")).isEqualTo("0");

    browser.follow(row + " a");
    assertThat(browser.text(".figures"))
        .contains("5 failed", "Attempts by response", "HTTP 401", "license_created");
    assertThat(browser.text("main .note")).contains("5 deliveries failed", "Retry 5 failed");
    browser.follow(".tabs a:last-child");
    assertThat(browser.text(".tabs [aria-current]")).isEqualTo("Last 30 days");
    browser.follow("[aria-labelledby=card-codes] a");
    assertThat(browser.address()).endsWith("&range=30d&code=401");
    assertThat(browser.text("main")).contains("5 deliveries");
  }

  @Test
  void longFiguresLeaveRoomForTheNameOnAPhone() {
    browser.size(390, 900);
    String script =
        """
        (() => {
          for (const cell of document.querySelectorAll(".mine td.num")) {
            cell.dataset.label = "Jetzt ausstehend";
            cell.textContent = "39 zurückgehalten";
          }
          const heights = [...document.querySelectorAll(".mine td.num")].map((cell) => cell.offsetHeight);
          return Math.max(...heights) < 40 && document.querySelector(".mine td.wide").offsetWidth > 250;
        })()
        """;
    assertThat(browser.eval(script).asBoolean()).isTrue();
    browser.size(1280, 900);
  }

  private static String name(Map.Entry<String, String> page, String language, String look) {
    return "portal-" + page.getKey() + "-" + language + "-" + look + ".png";
  }

  /** Each page in two of the accents; in all of them with {@code -Dhookferry.fuzz.seconds}. */
  @Test
  void everyPageCanBeReadInAnyAccentLightAndDark() {
    Random random = new Random(150);
    boolean all = System.getProperty("hookferry.fuzz.seconds") != null;
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < THEMES; i++) {
      String accent = String.format("#%06x", random.nextInt(1 << 24));
      accent(accent);
      int number = 0;
      for (Map.Entry<String, String> page : server.pages().entrySet()) {
        if (all || number++ % (THEMES / 2) == i % (THEMES / 2)) {
          violations.addAll(unreadable(page, accent));
        }
      }
    }
    accent("#6122e7");
    assertThat(violations).isEmpty();
    browser.forgive("404");
    browser.forgive("400");
  }

  private List<String> unreadable(Map.Entry<String, String> page, String accent) {
    List<String> found = new ArrayList<>();
    browser.go(address + page.getValue());
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      Axe.contrast(browser).forEach(one -> found.add(accent + " " + scheme + " " + one));
      browser.picture(OpenConsole.PICTURES.resolve(name(page, accent.substring(1), scheme)));
    }
    return found;
  }

  @Test
  void aLinkDecidesBetweenLightAndDark() {
    browser.colours("light");
    enter(PortalServer.EVERYTHING.theme(ColourScheme.DARK));
    String ground = "getComputedStyle(document.body).backgroundColor";
    assertThat(browser.eval(ground).asText()).isEqualTo("rgb(18, 22, 28)");
    browser.colours("dark");
    enter(PortalServer.EVERYTHING.theme(ColourScheme.LIGHT));
    assertThat(browser.eval(ground).asText()).isEqualTo("rgb(246, 247, 249)");
  }

  @Test
  void aLinkOpensOnceOnItsPageAndLeavesNoCode() {
    String link = server.link(NewPortalLink.of("c-1").page("/portal/deliveries?status=exhausted"));
    browser.go(address + link);
    assertThat(browser.address()).isEqualTo(address + "/portal/deliveries?status=exhausted");
    browser.go(address + link);
    assertThat(browser.text("h1")).isEqualTo("This link no longer works");
    browser.forgive("410");
  }

  @Test
  void aDeliveryIsReadAndSentAgainBesideTheList() {
    browser.go(address + "/portal/deliveries?status=exhausted");
    browser.eval("window.sameDocument = true");
    browser.click("#list tbody tr:nth-child(1) td a");
    browser.await("the panel", () -> browser.has("#panel .title"));
    String opened = browser.address();
    assertThat(opened).contains("status=exhausted", "open=dlv_");
    browser.press("j");
    browser.await("the next", () -> browser.has("#list tr.opened:nth-child(2)"));
    browser.await("its page", () -> browser.text("#panel").contains("HTTP 401"));
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
      browser.picture(OpenConsole.PICTURES.resolve("portal-panel-" + scheme + ".png"));
    }
    browser.colours("light");
    assertThat(overflow()).isZero();
    browser.click("#panel form[action*='/retry'] button");
    browser.await("the outcome", () -> browser.text("#panel").contains("failed after"));
    browser.await("the row", () -> browser.text("#list tr.opened .reason").contains("HTTP 401"));
    assertThat(browser.eval("window.sameDocument").asBoolean()).isTrue();
    browser.press("Escape");
    assertThat(browser.has("#panel")).isFalse();
    assertThat(browser.address()).endsWith("?status=exhausted");

    enter(PortalServer.EVERYTHING.locale("de"));
    browser.go(opened);
    browser.await("the panel again", () -> browser.has("#panel .title"));
    assertThat(browser.text("#panel header")).contains("Seite öffnen");
    browser.size(900, 800);
    browser.go(opened);
    browser.await("the page", () -> browser.address().contains("/portal/deliveries/dlv_"));
    browser.size(1280, 900);
  }

  @Test
  void manyAreSentAgainAfterAQuestionAndFollowed() {
    browser.go(address + "/portal/deliveries?status=exhausted");
    String disabled = "document.querySelector('.pickbar button').disabled";
    assertThat(browser.eval(disabled).asBoolean()).isTrue();
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("[data-all]");
    assertThat(browser.eval(disabled).asBoolean()).isFalse();
    assertThat(browser.eval("document.querySelectorAll('[name=id]:checked').length").asInt())
        .isEqualTo(browser.eval("document.querySelectorAll('[name=id]').length").asInt());

    browser.follow(".pickbar a");
    assertThat(browser.text("h1")).matches("Retry [0-9]+ failed deliveries to .*\\?");
    browser.follow("main button[data-text]");
    browser.await("the outcome", () -> browser.text("#sent-said").contains("None of the "));
    assertThat(browser.text("#list")).doesNotContain("delivered", "pending");
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
    }
    browser.colours("light");
    browser.size(PHONE, 800);
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
  }

  @Test
  void manyEndpointsToSendToAgainFitAPhone() {
    List<EndpointId> added = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      String url = "https://" + name + ".customer.example/" + "segment/".repeat(6) + name;
      server.transport.responding(url, 500);
      added.add(server.add(url));
    }
    int before = server.deliveries().size();
    server.publish("order.paid");
    browser.await("all", () -> server.haveEnded(before + 3));

    browser.go(address + "/portal/deliveries/retry?status=exhausted&range=24h&from=home");
    assertThat(browser.text(".counts")).contains("one.customer.example/…/one");
    assertThat(
            browser
                .eval(
                    "getComputedStyle(document.querySelector('.counts tbody th'),"
                        + " '::first-letter').textTransform")
                .asText())
        .isEqualTo("none");
    browser.size(PHONE, 800);
    assertThat(overflow()).isZero();
    browser.picture(OpenConsole.PICTURES.resolve("portal-retry-many.png"));
    browser.size(1280, 900);
    browser.follow("main button.first");
    browser.await("the end", () -> browser.text("h1").equals("Retried deliveries"));
    browser.follow("main a[href='/portal/']");
    added.forEach(server::remove);
  }

  @Test
  void timesAreThoseOfTheViewerOnAPageAndInThePanel() {
    String title = "document.querySelector('time.full').title";
    browser.zone("UTC");
    browser.go(address + server.pages().get("delivery"));
    assertThat(browser.eval(title).asText()).endsWith("UTC").doesNotContain("·");
    browser.zone("Asia/Dubai");
    browser.go(address + server.pages().get("delivery"));
    String time = browser.text("time.full");
    assertThat(time).matches("[A-Z][a-z]{2} [0-9]+, [0-9]{4}, .*M");
    assertThat(browser.eval(title).asText()).contains("(Asia/Dubai) · ").endsWith("UTC");
    browser.go(address + "/portal/deliveries?status=exhausted");
    browser.click("#list tbody tr:nth-child(1) td a");
    browser.await("the panel", () -> browser.has("#panel time.full"));
    assertThat(browser.text("#panel time.full")).startsWith(time.replaceFirst("[0-9]{4}, .*", ""));
    browser.zone("");
  }

  @Test
  void aPeriodInTheViewersZoneStaysInTheUrlAndInTheBackLink() {
    browser.zone("Asia/Dubai");
    browser.size(900, 800);
    browser.go(address + "/portal/deliveries");
    String shown = "getComputedStyle(document.querySelector('.bound')).display";
    assertThat(browser.eval(shown).asText()).isEqualTo("none");
    browser.eval("document.getElementById('range').value = 'custom'");
    assertThat(browser.eval(shown).asText()).isNotEqualTo("none");
    assertThat(browser.text("label[for=since]")).isEqualTo("From (Asia/Dubai)");
    browser.eval("document.getElementById('range').focus()");
    browser.choose("#range", "today");
    String list = address + "/portal/deliveries?range=today&zone=Asia%2FDubai";
    browser.await("the list", () -> browser.address().equals(list));
    assertThat(browser.text(".chips")).startsWith("Today");
    browser.follow("#list tbody a");
    assertThat(browser.text(".crumb")).isEqualTo("Deliveries: Today");
    browser.follow(".crumb a");
    assertThat(browser.address()).isEqualTo(list);
    browser.follow(".chips a");
    assertThat(browser.address()).isEqualTo(address + "/portal/deliveries");
    browser.size(1280, 900);
    browser.zone("");
  }

  @Test
  void theResultOfATestAndASecretAreOnThePageOfTheEndpoint() {
    String url = "https://tested.example/hooks";
    server.transport.responding(url, 500);
    EndpointId tested = server.add(url);
    browser.go(address + "/portal/endpoints/" + tested);
    assertThat(browser.text(".title-row .status")).isEqualTo("no traffic yet");
    browser.follow("form[action$='/test'] button");
    assertThat(browser.text("main .note.bad strong"))
        .startsWith("The test failed. Your endpoint responded with HTTP 500 in ");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("details.more > summary");
    browser.follow("form[action$='/rotate'] button");
    assertThat(browser.text("#secret")).startsWith("whsec_");
    assertThat(browser.text(".secret button")).isEqualTo("Copy");
    assertThat(Axe.violations(browser)).isEmpty();
    server.remove(tested);
  }

  @Test
  void aNoticeLeadsBackToAWorkingEndpoint() {
    String url = "https://gone.example/" + "hooks-".repeat(20);
    EndpointId gone = server.gone(url);
    for (String path : List.of("/portal/", "/portal/endpoints/" + gone)) {
      browser.go(address + path);
      String cause =
          path.equals("/portal/")
              ? ".mine tr:has([href*='resume=ask']) .cause"
              : "main .note.bad:has([action$='/resume']) strong";
      assertThat(browser.text(cause)).contains("410");
      assertThat(Axe.violations(browser)).isEmpty();
      browser.size(PHONE, 800);
      assertThat(overflow()).as(path + " fits a phone").isZero();
      browser.picture(OpenConsole.PICTURES.resolve("portal-notice.png"));
      browser.size(1280, 900);
    }
    server.transport.responding(url, 200);
    browser.follow(".note form[action$='/resume'] button");
    assertThat(browser.text()).contains("This endpoint was resumed.").doesNotContain("410 Gone");
    server.remove(gone);
  }

  @Test
  void anOperatorLooksAndChangesNothing() {
    enter(PortalServer.EVERYTHING.asOperator());
    assertThat(browser.text()).contains("You are viewing the portal as user Ada (c-17)");
    for (String page : server.pages().values()) {
      browser.go(address + page);
      assertThat(browser.has("form[method=post]")).as(page).isFalse();
    }
    for (String status : List.of("400", "403", "404")) {
      browser.forgive(status);
    }
  }

  @Test
  void everythingCanBeReadAndDoneWithoutScripts() {
    browser.scripts(false);
    browser.go(address + "/portal/deliveries?status=exhausted");
    browser.follow(".pickbar button");
    assertThat(browser.text("[role=alert]")).isEqualTo("Select at least one delivery.");
    browser.go(address + "/portal/");
    PortalWalk.sendsAgainAndManages(browser, address, server);
    browser.forgive("400");
  }
}
