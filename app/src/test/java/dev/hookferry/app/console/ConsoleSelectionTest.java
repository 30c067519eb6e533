package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows of lists are ticked, filtered and acted on, in the system's Chromium. */
class ConsoleSelectionTest extends OpenConsole {
  private static final String ALL = "document.querySelector('table [data-all]')";
  private static final String BOXES = "[...document.querySelectorAll('#list tbody [name=id]')]";
  private static final String BAR = ".pager.picked";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  private boolean is(String property) {
    return browser.eval(property).asBoolean();
  }

  @Test
  void theBoxForAllSaysHowManyItTicksAndWhetherTheyAreTicked() {
    browser.go(address + SITE + "/deliveries");
    int rows = browser.eval(BOXES + ".length").asInt();
    assertThat(browser.eval(ALL + ".title").asText())
        .isEqualTo("Select all on this page (" + rows + ")");
    browser.click("table [data-all]");
    assertThat(browser.text(BAR)).contains("All " + rows + " on this page selected");
    browser.click("#list tbody tr:nth-child(2) [name=id]");
    assertThat(browser.text(BAR)).contains(rows - 1 + " selected", "Retry " + (rows - 1));
    assertThat(is(ALL + ".indeterminate")).isTrue();
    browser.click("table [data-all]");
    assertThat(browser.eval(BOXES + ".filter((box) => box.checked).length").asInt())
        .isEqualTo(rows);
  }

  @Test
  void aFilterKeepsTheTicksOfTheRowsThatStay() {
    browser.go(address + SITE + "/deliveries");
    browser.click("table [data-all]");
    browser.click("#pick-status summary");
    browser.click("#pick-status input[value='given-up']");
    browser.await("the filter", () -> browser.has("#filterline .chip"));
    int rows = browser.eval(BOXES + ".length").asInt();
    assertThat(rows).isPositive();
    assertThat(browser.eval(BOXES + ".filter((box) => box.checked).length").asInt())
        .isEqualTo(rows);
    assertThat(browser.text(BAR)).contains(rows == 1 ? "1 selected" : "All " + rows);
    assertThat(is(ALL + ".checked")).isTrue();
  }

  @Test
  void aPhoneSelectsTheOthersOnceOneIsTicked() {
    browser.size(390, 800);
    browser.go(address + SITE + "/deliveries");
    int rows = browser.eval(BOXES + ".length").asInt();
    assertThat(is("document.querySelector('[data-rest]').checkVisibility()")).isFalse();
    browser.click("#list tbody tr:nth-child(2) [name=id]");
    assertThat(browser.text(BAR)).contains("1 selected", "Select all " + rows);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("[data-rest]");
    assertThat(browser.text(BAR)).contains("All " + rows + " on this page selected");
    assertThat(is("document.querySelector('[data-rest]').checkVisibility()")).isFalse();
  }

  @Test
  void anEventIsSentToTheTickedEndpoints() {
    String event = first(SITE + "/events", "table a[data-open]");
    browser.go(address + event);
    assertThat(is("document.querySelector('#listform .pager button, .pager button').disabled"))
        .isTrue();
    browser.click("table [name=endpoint]");
    assertThat(browser.text(BAR)).contains("1 selected", "Send to 1");
  }

  @Test
  void uselessCheckboxIsHiddenWithoutScripts() {
    browser.scripts(false);
    browser.go(address + SITE + "/deliveries");
    browser.scripts(true);
    assertThat(is(ALL + ".checkVisibility()")).isFalse();
  }

  @Test
  void matchingDeliveriesAreRetriedOrExported() {
    browser.go(address + SITE + "/deliveries?status=exhausted");
    String button = browser.text("#filterline a.button");
    assertThat(button).matches("Retry all \\d+…");
    browser.follow("#filterline a.button");
    assertThat(browser.text())
        .contains("Retry deliveries", "Nothing has been sent yet", "given up: no retries left");
    assertThat(browser.has("input[name='send'][value='exhausted']")).isTrue();
    assertThat(browser.text("main button.first")).matches("Retry \\d+ deliver(y|ies)");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("send-all-light.png"));
    browser.follow("main .actions a");
    assertThat(browser.address()).endsWith("?status=exhausted");
    String csv = read("#pick-export a:nth-child(1)");
    assertThat(csv).startsWith("id,eventType,event,endpoint,url,status,").contains(",exhausted,");
    String lines = read("#pick-export a:nth-child(2)");
    assertThat(lines.lines().toList())
        .hasSize((int) csv.lines().count() - 1)
        .allSatisfy(line -> assertThat(line).startsWith("{\"id\":\"dlv_"));
  }

  /** Fetches a link's target, as a script of the page reads it. */
  private String read(String link) {
    browser.eval(
        "fetch(document.querySelector(\""
            + link
            + "\").href).then(r => r.text()).then(t => { window.file = t; }); 0");
    browser.await("a file", () -> !browser.eval("window.file ?? ''").asText().isEmpty());
    String text = browser.eval("window.file").asText();
    browser.eval("window.file = ''; 0");
    return text;
  }
}
