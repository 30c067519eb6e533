package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sizes of cards and of what they hold, in the system's Chromium. */
class ConsoleCardsTest extends OpenConsole {
  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  @Test
  void chartEndsAtItsTimeLabels() {
    String rest =
        "Math.max(...[...document.querySelectorAll('#charts > .card')].map((card) =>"
            + " card.getBoundingClientRect().bottom"
            + " - card.querySelector('.ticks').getBoundingClientRect().bottom))";
    assertThat(number(rest)).as("the padding of the card").isLessThan(19);
    browser.click("#table-attempts > summary");
    assertThat(browser.text("#table-attempts")).contains("Time", "Attempts");
  }

  @Test
  void aFormBesideAListEndsAtTheSameEdge() {
    for (String page : List.of("/sites", "/keys", SITE + "/replays")) {
      browser.go(address + page);
      String edges =
          "new Set([...document.querySelectorAll('main > :is(section.card.flush, form.card)')]"
              + ".map((one) => Math.round(one.getBoundingClientRect().right)))";
      assertThat(number("document.querySelectorAll('main > form.card #new').length")).isEqualTo(1);
      assertThat(number(edges + ".size")).as(page).isEqualTo(1);
    }
    browser.go(address + "/keys");
    assertThat(browser.has(".head a[href='#new']")).as("the form is in view").isFalse();
  }

  @Test
  void aLongValueThatWasFoundFitsItsCardOnAPhone() {
    browser.size(360, 740);
    browser.go(address + SITE + "/find?q=KELP7-12AAB-77PLC-0TRIA-L0001");
    String value = "document.querySelector('#found .card > header > .soft')";
    browser.eval(value + ".textContent = 'HF4T0'.repeat(20)");
    assertThat(number(value + ".textContent.length")).isEqualTo(100);
    assertThat(overflow()).isZero();
    String card = value + ".closest('.card').getBoundingClientRect().right";
    assertThat(browser.eval(value + ".getBoundingClientRect().right < " + card).asBoolean())
        .isTrue();
    browser.size(1280, 900);
  }

  @Test
  void whatIsSaidBelowTheUrlsOfAnEventHasItsWidthOnAPhone() {
    browser.size(400, 800);
    browser.go(address + SITE + "/server-properties");
    browser.eval(
        "document.querySelector('.cards td > .property-urls').insertAdjacentHTML('afterend',"
            + " '<p class=\"soft small more\">and 1 more: change them under Endpoints</p>')");
    assertThat(number("document.querySelector('.cards td > .more').offsetHeight"))
        .as("one line")
        .isLessThan(30);
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
  }

  private int number(String expression) {
    return browser.eval(expression).asInt();
  }
}
