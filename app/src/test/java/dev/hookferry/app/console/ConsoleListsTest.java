package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filters lists and reads their rows in a panel, in the system's Chromium. */
class ConsoleListsTest extends OpenConsole {
  private static final String TITLE = "#panel .title";
  private static final String FIRST_ROW = "document.querySelector('#list tbody tr').id";
  private static final String IS_OPEN =
      "document.querySelectorAll('#more[open], #remove[open]').length";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  @Test
  void filtersApplyAtOnceAndTheUrlIsTheFilter() {
    browser.go(address + SITE + "/deliveries");
    browser.eval("window.sameDocument = true");
    int room = browser.eval("document.querySelector('#endpoint').clientWidth").asInt();
    assertThat(room).as("for the placeholder, URL, name or id").isGreaterThan(110);
    browser.click("#pick-status summary");
    browser.click("#pick-status input[value='given-up']");
    browser.await("the first", () -> browser.address().endsWith("?status=given-up"));
    browser.click("#pick-status input[value='cancelled']");
    browser.await("both", () -> browser.address().endsWith("?status=given-up&status=cancelled"));
    browser.await("both chips", () -> browser.has("#filterline .chip:nth-child(2)"));
    assertThat(browser.text("#pick-status .badge")).startsWith("2");
    assertThat(browser.text("#list")).contains("given up").doesNotContain("delivered");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("filter-light.png"));
    browser.press("Escape");
    assertThat(browser.has(".pick[open]")).isFalse();
    browser.click("#pick-time summary");
    browser.click("#pick-time input[value='1h']");
    browser.await("the period", () -> browser.address().contains("range=1h"));
    browser.await("its name", () -> browser.text("#pick-time summary").equals("Last hour"));
    assertThat(browser.eval("window.sameDocument").asBoolean()).isTrue();

    browser.follow("#filterline .chip:nth-child(1) a");
    assertThat(browser.address()).contains("?status=cancelled&range=1h");
    assertThat(browser.text("#list")).contains("No deliveries match these filters.");
    browser.follow("#list a");
    assertThat(browser.address()).endsWith("/deliveries");
    assertThat(browser.text("#filterline")).containsPattern("^\\d[\\d,]*\\+? deliveries");
  }

  @Test
  void aPhoneShowsTheFiltersOnDemand() {
    browser.size(390, 800);
    browser.go(address + SITE + "/deliveries?status=exhausted&range=24h");
    String bar = "document.querySelector('.filterbar').checkVisibility()";
    assertThat(browser.eval(bar).asBoolean()).isFalse();
    assertThat(browser.text(".filters-menu")).isEqualTo("Filter (2)");
    assertThat(browser.text("#filterline")).contains("in the last 24 h");
    browser.click(".filters-menu summary");
    assertThat(browser.eval(bar).asBoolean()).isTrue();
    browser.click("#pick-status summary");
    browser.click("#pick-status input[value='cancelled']");
    browser.await("the number", () -> browser.text(".filters-menu").equals("Filter (3)"));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("filter-phone.png"));
    browser.size(1280, 900);
    assertThat(browser.eval(bar).asBoolean()).isTrue();
  }

  @Test
  void aDayBeginsAtMidnightWhereTheVisitorIs() {
    browser.go(address + SITE + "/deliveries");
    browser.click("#pick-time summary");
    assertThat(browser.text("#pick-time label[for=since]")).isEqualTo("Since");
    browser.click("#pick-time input[data-day='0']");
    browser.await("today", () -> browser.address().matches(".*since=[0-9-]+T[0-9]+%3A[0-9]+.*"));
    browser.await("its chip", () -> browser.text("#filterline .chip").startsWith("Today"));
    assertThat(browser.eval("document.querySelector('#since').value").asText()).endsWith("T00:00");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("#pick-time input[data-day='1']");
    browser.await("one chip", () -> browser.text("#filterline .chips").startsWith("Yesterday"));
    assertThat(browser.has("#filterline .chip:nth-child(2)")).isFalse();
    browser.go(browser.address());
    assertThat(browser.has("#pick-time input[data-day='1']:checked")).isTrue();
  }

  /** The page is fetched anew as soon as something happens, and the answer may be slow. */
  @Test
  void aSlowRenewalDoesNotUndoAFilter() {
    browser.go(address + SITE + "/deliveries");
    String rows = "document.querySelectorAll('#list tbody tr').length";
    int all = browser.eval(rows).asInt();
    browser.eval(
        """
        const usual = window.fetch;
        const held = [];
        window.fetch = async (url, options) => {
          const response = await usual(url, options);
          if (options.headers) await new Promise((resolve) => held.push(resolve));
          return response;
        };
        window.release = () => held.splice(0).forEach((resolve) => resolve());
        window.renewed = 0;
        document.addEventListener("hookferry:renewed", () => window.renewed++);
        window.first = renew();
        window.isHeld = () => held.length > 0;
        """);
    browser.await("the renewal", () -> browser.eval("isHeld()").asBoolean());
    browser.click("#pick-status summary");
    browser.click("#pick-status input[value='given-up']");
    browser.await("the filter", () -> browser.has("#filterline .chip"));
    browser.press("Escape");
    browser.await(
        "the end of the renewal",
        () -> browser.eval("window.release(); window.renewed > 0").asBoolean());

    assertThat(browser.has("#filterline .chip")).isTrue();
    assertThat(browser.eval(rows).asInt()).as("of %s", all).isLessThan(all);
  }

  @Test
  void newRowsWaitWhileSomebodyReads() {
    browser.go(address + SITE + "/deliveries");
    browser.await("live", () -> browser.has("#live.on"));
    browser.eval("document.querySelector('#list tbody a').focus()");
    String first = browser.eval(FIRST_ROW).asText();
    String top = "document.getElementById('" + first + "').getBoundingClientRect().top";
    double before = browser.eval(top).asDouble();
    publish("customer_deleted");
    browser.await("a note", () -> browser.text("#list-new").matches("\\d+\\+? new – show"));
    assertThat(browser.eval(FIRST_ROW).asText()).isEqualTo(first);
    assertThat(browser.eval(top).asDouble()).as("its place").isEqualTo(before);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("deliveries-new-light.png"));

    browser.click("#list tbody tr:nth-child(3) input");
    String ticked = browser.eval("document.querySelector('#list input:checked').value").asText();
    browser.eval("document.querySelector('#list-new button').focus()");
    browser.press("Enter");
    browser.await("the new row", () -> !browser.eval(FIRST_ROW).asText().equals(first));
    assertThat(browser.text("#list-new")).isEmpty();
    assertThat(browser.eval("document.activeElement.closest('tr').id").asText())
        .isEqualTo(browser.eval(FIRST_ROW).asText());
    assertThat(browser.has("#" + ticked + " input:checked")).as("still ticked").isTrue();
  }

  @Test
  void updatesArePausedAndResumed() {
    browser.go(address + SITE + "/deliveries");
    browser.await("live", () -> browser.has("#live.on"));
    assertThat(browser.text("#live")).containsPattern("^Live\\s+Pause");
    browser.click("#live-turn");
    assertThat(browser.text("#live")).containsPattern("^Paused\\s+Resume");
    assertThat(Axe.violations(browser)).isEmpty();
    String first = browser.eval(FIRST_ROW).asText();
    browser.eval(
        "window.renewed = 0;"
            + "document.addEventListener('hookferry:renewed', () => { window.renewed++; })");
    publish("customer_deleted");
    String isThere =
        "fetch(location.href).then(r => r.text()).then(t => !t.includes('<tbody>\\n"
            + "<tr id=\"%s\"'))";
    browser.await("it", () -> browser.eval(isThere.formatted(first)).asBoolean());
    assertThat(browser.eval("window.renewed").asInt()).isZero();
    assertThat(browser.eval(FIRST_ROW).asText()).isEqualTo(first);
    browser.click("#live-turn");
    browser.await("the new row", () -> !browser.eval(FIRST_ROW).asText().equals(first));
    browser.await("live again", () -> browser.text("#live").startsWith("Live"));
  }

  @Test
  void whatOpensStaysInTheWindowAndClosesTheOther() {
    browser.go(address + SITE + "/deliveries");
    browser.click("#pick-columns summary");
    assertThat(overflow()).isZero();
    String endpoint = first(SITE + "/endpoints", "tbody tr:nth-child(3) td.wide a");
    browser.go(address + endpoint);
    for (int width : new int[] {1280, 400}) {
      browser.size(width, 900);
      browser.eval("document.querySelector('#more').open = true");
      assertThat(overflow()).as("the menu at %s", width).isZero();
      for (int i = 0; i < 2; i++) {
        browser.eval("document.querySelectorAll('.head details.ask')[" + i + "].open = true");
        String open = "document.querySelectorAll('details.ask[open]').length";
        browser.await("only one", () -> browser.eval(open).asInt() == 1);
        assertThat(overflow()).as("%s at %s", i, width).isZero();
        String left = "document.querySelector('details.ask[open] > form')";
        assertThat(browser.eval(left + ".getBoundingClientRect().left").asDouble())
            .isBetween(0.0, (double) width);
      }
    }
    browser.size(1280, 900);
    assertQuestionsFollowTheirMenu();
  }

  /** A browser may tell of the menu after the question, since a click goes before. */
  private void assertQuestionsFollowTheirMenu() {
    browser.eval(
        "document.querySelector('#remove').open = true;"
            + "document.querySelector('#more').open = true");
    browser.await("both", () -> browser.eval(IS_OPEN).asInt() == 2);
    browser.eval("document.querySelector('#more').dispatchEvent(new ToggleEvent('toggle'))");
    assertThat(browser.eval(IS_OPEN).asInt()).isEqualTo(2);
    browser.eval("document.querySelector('#more').open = false");
    browser.await("none", () -> browser.eval(IS_OPEN).asInt() == 0);
  }

  @Test
  void yesterdayEndsWhereTodayBegins() {
    browser.go(address + SITE + "/replays");
    chooseDay("Yesterday");
    String lasts = "new Date(document.querySelector('#until').value)";
    String from = "new Date(document.querySelector('#since').value)";
    assertThat(browser.eval("(" + lasts + " - " + from + ") / 3600000").asInt()).isBetween(23, 25);
    assertThat(browser.eval("document.querySelector('#until').value").asText()).endsWith("T00:00");
    chooseDay("Today");
    assertThat(browser.eval("document.querySelector('#until').value").asText()).isEmpty();
  }

  /** Both days and the custom period have one value, so the day is chosen by its name. */
  private void chooseDay(String name) {
    browser.eval(
        """
        (() => {
          const range = document.querySelector("#range");
          range.selectedIndex = [...range.options].findIndex((day) => day.text === "%s");
          range.dispatchEvent(new Event("change", { bubbles: true }));
        })()
        """
            .formatted(name));
  }

  @Test
  void thePanelOfAnEventNamesItsEndpoints() {
    browser.go(address + SITE + "/events?type=license_activated");
    browser.click("#list tbody tr:nth-child(1) td a");
    browser.await("the panel", () -> browser.has("#panel td.to a"));
    assertThat(
            browser
                .eval("document.querySelector('#panel td.to a').getBoundingClientRect().width")
                .asDouble())
        .isGreaterThan(100);
    browser.press("Escape");
  }

  @Test
  void failuresAreReadInThePanelOneKeyEach() {
    browser.go(address + SITE + "/deliveries");
    browser.eval("window.sameDocument = true");
    browser.click("#list tbody tr:nth-child(1) td a");
    browser.await("the first", () -> browser.has(TITLE));
    String first = browser.address();
    assertThat(first).contains("open=dlv_");
    assertThat(browser.has("#list tr.opened:nth-child(1)")).isTrue();
    for (int i = 2; i <= 4; i++) {
      String row = "#list tr.opened:nth-child(" + i + ")";
      browser.press("j");
      browser.await("row " + i, () -> browser.has(row));
    }
    browser.press("k");
    browser.await("back", () -> browser.has("#list tr.opened:nth-child(3)"));
    browser.await("its page", () -> opened().equals(shown()));
    assertTheListStaysReadable();
    assertThat(browser.text("#panel")).contains("Attempts", "Request").doesNotContain("UTC");
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
      browser.picture(PICTURES.resolve("panel-" + scheme + ".png"));
    }
    browser.colours("light");
    assertThat(overflow()).isZero();
    browser.press("Escape");
    assertThat(browser.has("#panel")).isFalse();
    assertThat(browser.address()).doesNotContain("open=");
    assertThat(browser.eval("window.sameDocument").asBoolean()).isTrue();

    browser.go(first);
    browser.await("the panel again", () -> browser.has(TITLE));
    browser.size(900, 800);
    browser.go(first);
    browser.await("the page", () -> browser.address().contains("/deliveries/dlv_"));
    browser.size(1280, 900);
  }

  /** Beside the panel, the search and each row with its attempts and result are in sight. */
  private void assertTheListStaysReadable() {
    String row = "#list tbody tr.opened ";
    for (String part : List.of("#palette-open", row + "td.reason", row + "td.attempts-cell")) {
      String visible = "document.querySelector('" + part + "').getBoundingClientRect()";
      assertThat(browser.eval(visible + ".width").asDouble()).as(part).isGreaterThan(20);
      assertThat(browser.eval(visible + ".right").asDouble())
          .as(part)
          .isLessThan(browser.eval("document.querySelector('#panel').offsetLeft").asDouble());
    }
  }

  private String opened() {
    return browser.eval("new URL(location.href).searchParams.get('open')").asText();
  }

  private String shown() {
    return browser.eval("document.querySelector('#panel dd code')?.textContent ?? ''").asText();
  }

  @Test
  void aDeliveryIsRetriedWithoutLeavingTheList() {
    browser.go(address + SITE + "/deliveries?status=exhausted");
    browser.eval("window.sameDocument = true");
    browser.click("#list tbody td a");
    browser.await("the panel", () -> browser.has("#panel form[action$='/retry'] button.first"));
    String attempts = browser.text("#list tr.opened .attempts-cell");
    browser.click("#panel form[action$='/retry'] button.first");
    browser.await("the outcome", () -> browser.has("#panel #follow-up.bad"));
    browser.await(
        "the row", () -> !browser.text("#list tr.opened .attempts-cell").equals(attempts));
    assertThat(browser.eval("window.sameDocument").asBoolean()).isTrue();
  }

  @Test
  void theRetryQueueIsReadWithKeys() {
    browser.go(address + SITE + "/retry-queue?state=held");
    assertRowsAreReadWithKeys("#list tbody tr");
  }

  @Test
  void whatFindFoundIsReadWithKeysToo() {
    browser.go(address + SITE + "/find?q=license_created");
    String lines = ".found[data-rows] li";
    assertRowsAreReadWithKeys(lines);
    browser.click(lines + ":nth-child(2) [data-open]");
    browser.await("the second", () -> shown().equals(opened()));
    browser.colours("dark");
    assertThat(tinted(lines)).as("instead of the first").isEqualTo(opened());
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("panel-find-dark.png"));
    browser.colours("light");
  }

  private void assertRowsAreReadWithKeys(String rows) {
    browser.click(rows + " [data-open]");
    browser.await("the panel", () -> !shown().isEmpty());
    String first = opened();
    assertThat(tinted(rows)).startsWith("dlv_").isEqualTo(first).isEqualTo(shown());
    browser.press("j");
    browser.await("the next", () -> !shown().equals(first) && shown().equals(opened()));
    assertThat(tinted(rows)).isEqualTo(opened());
    assertThat(Axe.violations(browser)).isEmpty();
    browser.press("k");
    browser.await("the first again", () -> shown().equals(first));
    browser.press("Escape");
    assertThat(browser.has("#panel")).isFalse();
    assertThat(browser.address()).doesNotContain("open=");
  }

  /** The deliveries of the rows that have the colour of the page that is shown. */
  private String tinted(String rows) {
    String colour = "getComputedStyle(%s).backgroundColor";
    String page = colour.formatted("document.querySelector('.side [aria-current=page]')");
    String link = "row.querySelector('[data-open]').pathname.split('/').pop()";
    String same = "filter((row) => " + colour.formatted("row") + " === " + page + ")";
    return browser
        .eval(
            "[...document.querySelectorAll('%s')].%s.map((row) => %s).join()"
                .formatted(rows, same, link))
        .asText();
  }

  @Test
  void eventsOpenInThePanelToo() {
    browser.go(address + SITE + "/events");
    browser.click("#list tbody td a");
    browser.await("the panel", () -> browser.text("#panel").contains("Payload"));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("panel-event-light.png"));
  }

  @Test
  void aPageOfItsOwnLeadsToItsNeighbours() {
    browser.go(address + first(SITE + "/deliveries?status=delivered", "td a"));
    // The list goes on changing until it is left.
    String paths = "JSON.parse(sessionStorage.getItem('list')).paths";
    String next = paths + "[" + paths + ".indexOf(location.pathname) + 1]";
    String second = browser.eval(next).asText();
    assertThat(second).contains("/deliveries/dlv_");
    browser.follow("#neighbour-next");
    assertThat(browser.address()).endsWith(second);
    browser.follow("#neighbour-previous");
    browser.follow(".crumb a");
    assertThat(browser.address()).endsWith("?status=delivered");
  }
}
