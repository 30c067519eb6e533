package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.client.Path;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The places and sizes of what a page shows, in the system's Chromium. */
class ConsoleLayoutTest extends OpenConsole {
  private static final String HEIGHTS =
      "Math.max(...[...document.querySelectorAll('%s tbody tr')].map((row) => row.offsetHeight))";

  /** The parts of URLs that are cut off, with the room behind their dots in pixels. */
  private static final String GAPS =
      """
      [...document.querySelectorAll("main :is(.host, .cut)")]
        .filter((part) => part.closest(".one-line, .name-url, .line.url"))
        .filter((part) => part.firstChild && part.scrollWidth > part.clientWidth)
        .map((part) => {
          const canvas = document.createElement("canvas").getContext("2d");
          canvas.font = getComputedStyle(part).font;
          const dots = canvas.measureText("…").width;
          const room = part.getBoundingClientRect().width;
          const range = document.createRange();
          range.setStart(part.firstChild, 0);
          let gap = room - dots;
          for (let i = 1; i <= part.firstChild.length; i++) {
            range.setEnd(part.firstChild, i);
            const rest = room - dots - range.getBoundingClientRect().width;
            if (rest < 0) break;
            gap = rest;
          }
          return gap;
        })\
      """;

  private static final String TOP = "document.querySelector('%s').getBoundingClientRect().top";

  private static final String ROOM = "document.querySelector('#list %s').offsetWidth";

  private static final String SIDEWAYS =
      "document.querySelector('#list').scrollWidth - document.querySelector('#list').clientWidth";

  /** The texts in the head of a list that end behind a position. */
  private static final String OUTSIDE =
      "[...document.querySelectorAll('.list-head :is(h1, .number, .chip, .actions > *)')]"
          + ".filter((one) => one.getBoundingClientRect().right > %d)"
          + ".map((one) => one.textContent).join()";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  @Test
  void titlesAndHeadsHaveTheirSizesAndCardsNoShadow() {
    browser.go(address + SITE);
    assertThat(style("main h1")).isEqualTo("24px 600 none");
    assertThat(style("main .card h2")).isEqualTo("16px 600 none");
    assertThat(style("main .card")).endsWith(" none");
    browser.go(address + SITE + "/deliveries");
    assertThat(style("#list thead th:nth-child(2)")).startsWith("12px 500 ");
  }

  private String style(String selector) {
    String style = "getComputedStyle(document.querySelector('" + selector + "'))";
    return browser
        .eval(
            "(({fontSize, fontWeight, boxShadow}) => `${fontSize} ${fontWeight} ${boxShadow}`)("
                + style
                + ")")
        .asText();
  }

  @Test
  void aRowOfAListTakesThreeLinesOnAPhone() {
    browser.size(400, 850);
    for (String list : List.of("/deliveries", "/retry-queue?state=held", "/events")) {
      browser.go(address + SITE + list);
      assertThat(number(HEIGHTS.formatted("#list"))).as(list).isBetween(50, 110);
      assertThat(overflow()).as(list).isZero();
    }
    browser.go(address + SITE + "/retry-queue?state=held");
    assertThat(browser.has("#conditions-all:not([open])")).as("conditions fold").isTrue();
    browser.go(address + SITE);
    assertThat(number(HEIGHTS.formatted("#tail"))).isBetween(50, 110);
    browser.size(1280, 900);
    browser.go(address + SITE + "/retry-queue?state=held");
    assertThat(browser.has("#conditions-all:not([open])")).as("conditions fold").isTrue();
  }

  @Test
  void aRowBesideThePanelTakesTwoLines() {
    for (int width : List.of(1100, 1280, 1440)) {
      browser.size(width, 900);
      for (String list : List.of("/deliveries", "/retry-queue?state=held")) {
        browser.go(address + SITE + list);
        browser.click("#list [data-open]");
        browser.await("the panel", () -> browser.has("#panel .title"));
        assertThat(number(HEIGHTS.formatted("#list"))).as(list + " at " + width).isBetween(48, 58);
        assertThat(overflow()).as(list + " at " + width).isZero();
      }
      browser.go(address + SITE + "/events");
      browser.click("#list [data-open]");
      browser.await("the panel", () -> browser.has("#panel .title"));
      String rows = "#list tbody tr:not(:has(.chips > :nth-child(3)))";
      assertThat(number(HEIGHTS.formatted("#list").replace("#list tbody tr", rows)))
          .as("events at " + width)
          .isLessThanOrEqualTo(40);
      String room = "document.querySelector('#list').clientWidth";
      assertThat(number(room + " - document.querySelector('#list table').offsetWidth"))
          .as("room at " + width)
          .isNotNegative();
    }
    assertThat(Axe.violations(browser)).isEmpty();
    browser.size(1280, 900);
  }

  @Test
  void theClickedRowStaysInPlaceAsThePanelOpens() {
    browser.go(address + SITE + "/deliveries");
    String nth = "document.querySelector('#list tbody tr:nth-child(20)')";
    browser.eval(nth + ".scrollIntoView({block: 'center'})");
    String id = browser.eval(nth + ".id").asText();
    String top = "document.getElementById('" + id + "').getBoundingClientRect().top";
    double before = browser.eval(top).asDouble();
    browser.click("#" + id + " [data-open]");
    browser.await("the panel", () -> browser.has("#panel .title"));
    assertThat(browser.eval(top).asDouble()).isBetween(before - 2, before + 2);
    browser.press("Escape");
    assertThat(browser.eval(top).asDouble()).isBetween(before - 2, before + 2);
  }

  @Test
  void besideThePanelWhatStandsAtTheRightEndsAtOneEdge() {
    String ends =
        """
        new Set([...document.querySelectorAll("#list tbody td:is(.status-cell, .reason)")]
          .filter((cell) => cell.innerText.trim() !== "").map((cell) => {
            const tinted = cell.querySelector(".status.bad");
            const range = document.createRange();
            range.selectNodeContents(cell.querySelector(".status") ?? cell);
            const ends = [tinted ?? range, cell].map((one) => one.getBoundingClientRect().right);
            return Math.round(Math.min(...ends));
          })).size\
        """;
    browser.size(1360, 900);
    browser.go(address + SITE + "/deliveries");
    browser.click("#list [data-open]");
    browser.await("the panel", () -> browser.has("#panel .title"));
    assertThat(number(ends)).isEqualTo(1);
    browser.size(1280, 900);
  }

  @Test
  void theHeadOfTheRetryQueueStaysOnItsPageWithLargeNumbers() {
    browser.size(1360, 900);
    browser.go(address + SITE + "/retry-queue");
    browser.eval(
        "document.querySelector('#filterline .actions').innerHTML ="
            + " '<span>1,000+ not sent yet · oldest waiting 25 min</span>"
            + "<a class=\"button\">Retry all 1,000+…</a>'");
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
  }

  @Test
  void onAPhoneWhatBelongsToATitleIsBesideIt() {
    String apart =
        "Math.abs(['%s', '%s'].map((one) => document.querySelector(one).getBoundingClientRect())"
            + ".map((box) => box.top + box.height / 2).reduce((one, other) => one - other))";
    browser.size(400, 850);
    browser.go(address + SITE + "/endpoints");
    assertThat(number(apart.formatted("main h1", ".list-head .button.first"))).isLessThan(8);
    assertThat(number(apart.formatted("#spans", ".filters-menu"))).isLessThan(8);
    browser.go(address + SITE + "/problems");
    assertThat(number(apart.formatted("main h1", ".meanings > summary"))).isLessThan(8);
    browser.click(".meanings > summary");
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
  }

  @Test
  void theFiltersOfEndpointsAreFoldedOnAPhone() {
    browser.size(390, 800);
    browser.go(address + SITE + "/endpoints?state=working");
    String bar = "document.querySelector('.filterbar').checkVisibility()";
    assertThat(browser.eval(bar).asBoolean()).isFalse();
    assertThat(browser.text(".filters-menu")).isEqualTo("Filter (1)");
    browser.click(".filters-menu summary");
    assertThat(browser.eval(bar).asBoolean()).isTrue();
    assertThat(Axe.violations(browser)).isEmpty();
    browser.size(1280, 900);
    assertThat(browser.eval(bar).asBoolean()).isTrue();
    assertThat(
            browser.eval("document.querySelector('.filters-menu').checkVisibility()").asBoolean())
        .isFalse();
  }

  @Test
  void theEndOfAUrlFollowsItsDots() {
    for (int i = 0; i < 4; i++) {
      String url = receivers() + "/" + "m" + "i".repeat(i) + "/customer".repeat(9 + i) + "/archive";
      var unused =
          client()
              .post(
                  Path.ofSite("default", "endpoints"),
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("url", url)
                      .put("enabled", i > 0)
                      .set("eventTypes", JsonNodeFactory.instance.arrayNode().add("*")));
    }
    publish("customer_deleted");
    for (int width : List.of(390, 1280, 1440)) {
      browser.size(width, 900);
      for (String list : List.of("/endpoints", "/deliveries")) {
        browser.go(address + SITE + list);
        browser.await("one that is cut", () -> number(GAPS + ".length") > 0);
        browser.await("no gap", () -> number("Math.round(Math.max(..." + GAPS + "))") == 0);
      }
    }
    browser.click("#list [data-open]");
    browser.await("the panel", () -> browser.has("#panel .title"));
    browser.await("no gap", () -> number("Math.round(Math.max(..." + GAPS + "))") == 0);
    browser.size(1280, 900);
  }

  @Test
  void anAttemptOnTheOverviewTakesOneLine() {
    browser.size(1360, 900);
    browser.go(address + SITE);
    assertThat(number(HEIGHTS.formatted("#tail"))).isLessThan(50);
    browser.size(1280, 900);
  }

  @Test
  void theTimelineOfADeliveryIsNearTheTopOfItsPage() {
    browser.size(1360, 900);
    String delivery = first(SITE + "/deliveries", "[data-open]");
    browser.go(address + delivery);
    assertThat(browser.has(".neighbours a")).as("beside the way back").isTrue();
    assertThat(number(TOP.formatted("section:has(#lifeline)")))
        .as("below a title of up to two lines")
        .isLessThanOrEqualTo(220);
    browser.size(1280, 900);
  }

  @Test
  void whatHasTheFocusIsNotBelowTheButtonsOfItsForm() {
    browser.size(1280, 640);
    for (String form : List.of("/settings", "/endpoints/new")) {
      browser.go(address + SITE + form);
      String hidden =
          """
          [...document.querySelectorAll("main form .field :is(input, select)")].filter((field) => {
            if (!field.checkVisibility()) return false;
            scrollTo(0, 0);
            field.focus();
            const bar = document.querySelector(".save-bar").getBoundingClientRect();
            return field.getBoundingClientRect().bottom > bar.top;
          }).map((field) => field.id).join()\
          """;
      assertThat(browser.eval(hidden).asText()).as(form).isEmpty();
    }
    browser.size(1280, 900);
  }

  @Test
  void aTickStandsWhereTheOtherFieldsStand() {
    browser.go(address + SITE + "/settings");
    String left = "document.getElementById('%s').getBoundingClientRect().left";
    assertThat(number(left.formatted("webHooksEnabled")))
        .isEqualTo(number(left.formatted("attemptTimeout")));
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void itemsThatNeedAttentionAreCountedInTheNavigation() {
    browser.go(address + SITE + "/events");
    browser.await(
        "the counts", () -> !browser.text(".side a[href$='/retry-queue'] > .count").isEmpty());
    String kept = "Object.keys(JSON.parse(sessionStorage.getItem('counts')).counts)";
    assertThat(browser.eval(kept).toString()).as("for the next page").contains("/problems");
    assertThat(browser.text(".side a[href$='/retry-queue'] > .count")).matches("[0-9]+");
    assertThat(browser.has(".side a[href$='/problems'] > .count:not([hidden])"))
        .as("endpoints that are retried need nobody")
        .isFalse();
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void aColumnOfTheDataLeavesRoomForTheEndpoint() {
    for (int width : List.of(900, 1024, 1100, 1200, 1280)) {
      browser.size(width, 900);
      for (String list : List.of("/deliveries", "/retry-queue?state=held")) {
        browser.go(
            address + SITE + list + (list.contains("?") ? "&" : "?") + "field=ActivationKey");
        String where = list + " at " + width;
        assertThat(number(ROOM.formatted("td.to .target"))).as(where).isGreaterThan(90);
        if (width >= 1280 && list.startsWith("/retry")) {
          assertThat(number(ROOM.formatted("td.attempts-cell"))).as(where).isPositive();
        }
        assertThat(browser.has("#list td.value")).as(where).isTrue();
        assertThat(number(SIDEWAYS)).as(where).isNotPositive();
      }
    }
    browser.size(1280, 900);
  }

  @Test
  void theHeadOfAFilteredListStaysInsideThePage() {
    browser.size(390, 844);
    browser.go(address + SITE + "/deliveries?status=exhausted");
    assertThat(browser.eval(OUTSIDE.formatted(390)).asText()).isEmpty();
    assertThat(number(TOP.formatted(".list-head .chips")))
        .as("below the title")
        .isGreaterThan(number(TOP.formatted(".list-head h1")));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.size(1360, 900);
    browser.go(address + SITE + "/deliveries?status=exhausted");
    browser.click("#list [data-open]");
    browser.await("the panel", () -> browser.has("#panel .title"));
    int panel = number("document.getElementById('panel').getBoundingClientRect().left");
    assertThat(browser.eval(OUTSIDE.formatted(panel)).asText()).isEmpty();
    browser.size(1280, 900);
  }

  @Test
  void aRowOfAListLeadsToItsPageOnAPhone() {
    browser.size(390, 844);
    browser.go(address + SITE + "/deliveries?status=exhausted");
    String button = "document.querySelector('.pager button').disabled";
    assertThat(browser.eval(button).asBoolean()).as("nothing is ticked").isTrue();
    browser.click("#list tbody input");
    browser.await("the button", () -> !browser.eval(button).asBoolean());
    browser.follow("#list tbody td.reason");
    assertThat(browser.address()).contains("/deliveries/dlv_");
    browser.size(1280, 900);
  }

  @Test
  void theFiguresOfAnEndpointFitItsCardOnAPhone() {
    browser.size(390, 844);
    browser.go(address + SITE + "/endpoints");
    String cut =
        """
        [...document.querySelectorAll(".endpoint-rows td.p95")].filter((cell) => {
          cell.firstElementChild.firstChild.textContent = "> 974 ms";
          const text = document.createRange();
          text.selectNodeContents(cell);
          return text.getBoundingClientRect().right > cell.closest("tr").getBoundingClientRect().right;
        }).length\
        """;
    assertThat(number(cut)).isZero();
    browser.size(1280, 900);
  }

  private int number(String expression) {
    return browser.eval(expression).asInt();
  }
}
