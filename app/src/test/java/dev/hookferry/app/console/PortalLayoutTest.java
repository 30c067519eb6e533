package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the portal's pages are laid out in each language, in the system's Chromium. */
@InChromium
class PortalLayoutTest {
  private static final List<String> LANGUAGES = List.of("en", "de", "fr");
  private static final List<Integer> WIDTHS =
      List.of(
          360, 390, 500, 640, 641, 680, 720, 760, 800, 820, 830, 840, 870, 900, 960, 1024, 1100,
          1360);

  /** By how much something in a table's card goes beyond the card, which cuts it off, in pixels. */
  private static final String BEYOND =
      """
      Math.ceil(Math.max(0, ...[...document.querySelectorAll('main table')].flatMap((table) => {
        const edge = table.closest('.card').getBoundingClientRect().right;
        return [...table.querySelectorAll('th, td')]
            .filter((cell) => cell.checkVisibility())
            .map((cell) => cell.getBoundingClientRect().right - edge);
      })))\
      """;

  private static final int ONE_LINE = 48;
  private static final int TWO_LINES = 60;
  private static final int THREE_LINES = 96;
  private static final String HIGHEST =
      "Math.max(...[...document.querySelectorAll('#list tbody tr')].map((row) =>"
          + " row.offsetHeight))";

  /** By how much an edge of some parts differs, in pixels. */
  private static final String APART =
      """
      ((all) => Math.round(Math.max(...all) - Math.min(...all)))(
          [...document.querySelectorAll("%s")].map((part) => part.getBoundingClientRect().%s))\
      """;

  /** By how much the form of a resume goes beyond the window, in pixels. */
  private static final String BESIDE_THE_PAGE =
      """
      (({ left, right }) => Math.ceil(Math.max(0, -left, right - innerWidth)))(
          document.querySelector('#resume > form').getBoundingClientRect())\
      """;

  /** By how much the text of a button is off its middle, in half pixels. */
  private static final String OFF_CENTRE =
      """
      ((button, range) => {
        range.selectNodeContents(button);
        const [text, box] = [range, button].map((part) => part.getBoundingClientRect());
        return Math.round(Math.abs(text.left + text.right - box.left - box.right));
      })(document.querySelector('.note a.button'), document.createRange())\
      """;

  private static PortalServer server;
  private static Chromium chromium;
  private static String address = "";

  private final Browser browser = new Browser(chromium);

  @BeforeAll
  static void open() {
    server = new PortalServer(options -> options);
    address = "http://127.0.0.1:" + server.port();
    chromium = Chromium.start();
    server.settings(Map.of("enabled", true, "theme", Map.of("productName", "Acme")));
    var unused =
        server
            .hookferry
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, Map.of("searchFields", List.of("Key")));
    server.fill();
  }

  @AfterAll
  static void shut() {
    chromium.close();
    server.close();
  }

  @BeforeEach
  void signIn() {
    browser.forgetCookies();
    enter("en");
  }

  private void enter(String language) {
    browser.go(address + server.link(PortalServer.EVERYTHING.locale(language)));
  }

  @AfterEach
  void complains() {
    List<String> complaints = browser.complaints();
    browser.close();
    assertThat(complaints).isEmpty();
  }

  private int number(String script) {
    return browser.eval(script).asInt();
  }

  private int apart(String parts, String edge) {
    assertThat(number("document.querySelectorAll(\"" + parts + "\").length")).isGreaterThan(1);
    return number(APART.formatted(parts, edge));
  }

  @Test
  void noTableIsCutOffAtAnyWidthOfAFrame() {
    List<EndpointId> added = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      added.add(server.gone("https://" + name + ".example/" + "segment/".repeat(8)));
    }
    List<String> pages =
        List.of(
            "/portal/",
            "/portal/deliveries",
            "/portal/endpoints",
            "/portal/endpoints/" + added.get(0),
            "/portal/event-types/order.paid",
            "/portal/event-types/license_created");
    for (String language : LANGUAGES) {
      enter(language);
      for (String page : pages) {
        browser.go(address + page);
        for (int width : WIDTHS) {
          browser.size(width, 900);
          String where = language + " " + page + " at " + width;
          assertThat(number(BEYOND)).as(where).isZero();
          assertThat(browser.eval(ConsoleWidthsTest.CUT).asText()).as(where).isEmpty();
        }
      }
    }
    added.forEach(server::remove);
    browser.size(760, 900);
    browser.go(address + "/portal/deliveries");
    assertThat(number("document.querySelector('#list td.reason').offsetWidth")).isGreaterThan(500);
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void aDeliveryTakesOneLineAndTwoBesideThePanel() {
    browser.size(1360, 900);
    for (String language : LANGUAGES) {
      enter(language);
      browser.go(address + "/portal/deliveries?status=exhausted");
      assertThat(browser.text("#list td.data")).startsWith("KELP7-");
      assertThat(number(HIGHEST)).as(language).isLessThan(ONE_LINE);
      browser.click("#list tbody tr:nth-child(2) td a");
      browser.await("the panel", () -> browser.has("#panel .title"));
      assertThat(number(HIGHEST)).as(language + " beside the panel").isBetween(ONE_LINE, TWO_LINES);
      assertThat(apart("#list, .portal-bar .brand", "left")).as("the bar begins there").isZero();
      String nav = "document.querySelector('.portal-bar nav')";
      assertThat(number(nav + ".scrollWidth - " + nav + ".clientWidth")).as(language).isZero();
      assertThat(number("document.querySelector('.portal-bar').offsetWidth")).isEqualTo(1360);
      browser.eval("scrollTo(0, 300)");
      assertThat(
              number(
                  "document.getElementById('panel').getBoundingClientRect().top"
                      + " - document.querySelector('.portal-bar').getBoundingClientRect().bottom"))
          .as("the panel begins below the bar")
          .isZero();
      assertThat(Axe.violations(browser)).isEmpty();
      browser.press("Escape");
    }
    browser.size(1280, 900);
  }

  @Test
  void aDeliveryThatWaitsIsOneLineAndOnAPhoneThree() {
    browser.go(address + "/portal/deliveries?type=license_created");
    browser.eval(
        "document.querySelector('#list td.reason').textContent ="
            + " 'rate limited, next attempt in 12 s'");
    browser.size(1360, 900);
    assertThat(number(HIGHEST)).isLessThan(ONE_LINE);
    browser.size(390, 844);
    assertThat(number(HIGHEST)).isLessThan(THREE_LINES);
    assertThat(apart("#list tbody tr:first-child > td:is(.data, .to, .when)", "bottom"))
        .as("on one line")
        .isLessThan(4);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.size(1280, 900);
  }

  @Test
  void statesAndNamesOfReceiversAreInColumns() {
    EndpointId gone = server.gone("https://gone.example/" + "segment/".repeat(8));
    browser.go(address + "/portal/event-types/order.paid");
    for (int width : List.of(390, 1360)) {
      browser.size(width, 900);
      assertThat(apart(".receivers a", "left")).isZero();
    }
    server.remove(gone);
    browser.size(1280, 900);
  }

  @Test
  void linksOfRowsAreUnderlinedOnceTheyArePointedAt() {
    browser.go(address + "/portal/deliveries");
    String line = "getComputedStyle(document.querySelector('#list td a')).textDecorationLine";
    assertThat(browser.eval(line).asText()).isEqualTo("none");
    browser.tabTo("#list td a");
    assertThat(browser.eval(line).asText()).isEqualTo("underline");
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void allEventsLeaveNoTypeToChoose() {
    browser.go(address + "/portal/endpoints/new");
    String tree = "document.querySelector('.type-tree').offsetHeight";
    String other = "document.getElementById('types').offsetHeight";
    assertThat(number(tree)).isPositive();
    browser.click("[name=type][value='*']");
    assertThat(number(tree)).isZero();
    assertThat(number(other)).isZero();
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("[name=type][value='*']");
    assertThat(number(tree)).isPositive();
  }

  @Test
  void testsAndRareActionsAreInMenusThatClose() {
    EndpointId orders = server.add("https://orders.example/hooks");
    String page = address + "/portal/endpoints/" + orders;
    browser.go(page);
    browser.click(".examples > summary");
    assertThat(browser.text(".examples")).contains("Examples", "order.paid");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.press("Escape");
    assertThat(browser.has(".examples[open]")).isFalse();
    String more = ".page-menu:not(.examples)";
    browser.click(more + " > summary");
    assertThat(browser.text(more)).contains("Rotate secret…", "Remove…");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click(more + " a[href='#hours']");
    browser.await("the question", () -> browser.has("details.more[open] #hours"));
    assertThat(browser.has(more + "[open]")).isFalse();
    assertThat(apart("#hours, form[action$='/rotate'] button", "top")).isZero();
    browser.go(page);
    browser.click(".examples > summary");
    browser.follow(".examples button");
    assertThat(browser.text("main .note")).contains("The example was sent");
    server.remove(orders);
  }

  @Test
  void theRateOfAResumeStandsWithItsHelpBelowItsButton() {
    EndpointId gone = server.gone("https://rate.example/hooks");
    server.publish("order.paid");
    Poll.until(
        () -> server.deliveries().stream().anyMatch(one -> one.state() == DeliveryState.HELD));
    for (String language : LANGUAGES) {
      enter(language);
      browser.go(address + "/portal/endpoints/" + gone);
      browser.click("#resume > summary");
      assertThat(browser.has("#resume form #per-second ~ #rate-help")).isTrue();
      assertThat(browser.has("#resume form > .actions > .first + button")).isTrue();
      for (int width : List.of(360, 390, 640, 641, 900, 1360)) {
        browser.size(width, 900);
        assertThat(number(BESIDE_THE_PAGE)).as(language + " at " + width).isZero();
      }
      assertThat(Axe.violations(browser)).isEmpty();
      browser.size(390, 844);
      assertThat(number(OFF_CENTRE)).as(language).isLessThanOrEqualTo(2);
      browser.picture(OpenConsole.PICTURES.resolve("portal-resume-" + language + ".png"));
      browser.click("h1");
      assertThat(browser.has("#resume[open]")).isFalse();
      browser.size(1280, 900);
    }
    server.remove(gone);
  }

  @Test
  void theFirstPageSaysCausesAndFitsAPhoneInEveryLanguage() {
    List<EndpointId> added = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      String url = "https://" + name + ".example/" + "segment/".repeat(8);
      added.add(server.gone(url));
    }
    for (String language : LANGUAGES) {
      enter(language);
      browser.go(address + "/portal/");
      assertThat(browser.text(".worst")).contains("HTTP 410");
      assertThat(number("document.querySelectorAll('.worst li').length")).isEqualTo(4);
      assertThat(Axe.violations(browser)).isEmpty();
      assertThat(apart("tr:first-child > td.wide .acts :is(a, button)", "top")).isZero();
      browser.size(390, 844);
      assertThat(
              number(
                  "Math.max(...[...document.querySelectorAll('.mine .two-lines, .mine .cause')]"
                      + ".map((part) => part.scrollWidth - part.clientWidth))"))
          .as(language)
          .isLessThanOrEqualTo(0);
      browser.picture(OpenConsole.PICTURES.resolve("portal-causes-" + language + ".png"));
      browser.size(1280, 900);
    }
    added.forEach(server::remove);
  }
}
