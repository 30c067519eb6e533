package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The places and sizes of what a page shows, in the system's Chromium. */
class ConsoleLayoutTest extends OpenConsole {
  private static final String HEIGHTS =
      "Math.max(...[...document.querySelectorAll('%s tbody tr')].map((row) => row.offsetHeight))";
  private static final String TOP = "document.querySelector('%s').getBoundingClientRect().top";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  @Test
  void aRowOfAListTakesThreeLinesOnAPhone() {
    browser.size(400, 850);
    for (String list : List.of("/deliveries", "/retry-queue?state=held", "/events")) {
      browser.go(address + SITE + list);
      assertThat(number(HEIGHTS.formatted("#list"))).as(list).isBetween(50, 110);
      assertThat(overflow()).as(list).isZero();
    }
    browser.go(address + SITE);
    assertThat(number(HEIGHTS.formatted("#tail"))).isBetween(50, 110);
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
    assertThat(number(TOP.formatted("section:has(#lifeline)"))).isLessThanOrEqualTo(200);
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
  void whatWaitsForAPersonIsCountedInTheNavigation() {
    browser.go(address + SITE + "/events");
    browser.await(
        "the counts", () -> !browser.text(".side a[href$='/problems'] > .count").isEmpty());
    assertThat(browser.text(".side a[href$='/problems'] > .count")).matches("[0-9]+");
    assertThat(Axe.violations(browser)).isEmpty();
  }

  private int number(String expression) {
    return browser.eval(expression).asInt();
  }
}
