package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of the portal's lists, and the search above them, in the system's Chromium. */
class PortalRowsTest extends OpenPortal {
  private static final String TOP = "document.querySelector('%s').getBoundingClientRect().top";
  private static final String RIGHT = "document.querySelector('%s').getBoundingClientRect().right";

  @BeforeEach
  void enter() {
    server.settings(Map.of("enabled", true));
    server.fill();
    browser.size(1280, 900);
    browser.go(address + server.link(PortalServer.EVERYTHING.name("Ada Lovelace").locale("en")));
  }

  private double number(String script, String part) {
    return browser.eval(script.formatted(part)).asDouble();
  }

  @Test
  void theClickedRowStaysInPlaceAsThePanelOpens() {
    for (int i = 0; i < 40; i++) {
      server.publish("order.paid");
    }
    browser.go(address + "/portal/deliveries");
    browser.await("rows", () -> browser.has("#list tbody tr:nth-child(40)"));
    String row = "#list tbody tr:nth-child(36)";
    browser.eval("document.querySelector('" + row + "').scrollIntoView({block: 'center'})");
    double before = number(TOP, row);

    browser.click(row + " .when");
    browser.await("the panel", () -> browser.has("#panel .title"));
    assertThat(number(TOP, row)).isBetween(before - 2, before + 2);
    browser.picture(OpenConsole.PICTURES.resolve("portal-row-in-place.png"));
    browser.press("Escape");
    assertThat(number(TOP, row)).isBetween(before - 2, before + 2);
  }

  private String eval(String script) {
    return browser.eval(script).asText();
  }

  @Test
  void tickedRowsAreTintedAndCountedOnTheButton() {
    browser.go(address + "/portal/deliveries");
    String button = "document.querySelector('.pickbar > button')";
    assertThat(browser.eval(button + ".checkVisibility()").asBoolean()).isFalse();
    String tint = "getComputedStyle(document.querySelector('#list tbody tr')).backgroundColor";
    String plain = eval(tint);
    browser.click("#list tbody tr:nth-child(1) [name=id]");
    assertThat(eval(button + ".textContent")).isEqualTo("Retry 1 selected…");
    browser.click("#list tbody tr:nth-child(2) [name=id]");
    assertThat(eval(button + ".textContent")).isEqualTo("Retry 2 selected…");
    assertThat(eval(tint)).isNotEqualTo(plain);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("#list tbody tr:nth-child(1) [name=id]");
    browser.click("#list tbody tr:nth-child(2) [name=id]");
    assertThat(browser.eval(button + ".checkVisibility()").asBoolean()).isFalse();
  }

  @Test
  void aDeliveryIsFoundByItsIdWithoutAnErrorInTheConsole() {
    browser.go(address + "/portal/deliveries");
    String id = eval("document.querySelector('#list tbody [name=id]').value");
    browser.type("#q", id);
    browser.press("Enter");
    browser.await("the delivery", () -> browser.address().endsWith("/portal/deliveries/" + id));
  }

  @Test
  void aMenuOnAPhoneEndsWhereItsButtonDoesAndAHeadingTakesTheWholeWidth() {
    browser.size(400, 844);
    browser.go(address + "/portal/endpoints/" + server.failing().id());
    String more = ".page-menu:not(.examples) > ";
    browser.click(more + "summary");
    assertThat(number(RIGHT, more + ".row-actions"))
        .isBetween(number(RIGHT, more + "summary") - 1, number(RIGHT, more + "summary") + 1);
    browser.press("Escape");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.go(address + "/portal/event-types");
    assertThat(number(RIGHT, "th.type-heading"))
        .isEqualTo(number(RIGHT, "tr:has(> .type-heading)"));
    browser.size(1280, 900);
  }

  @Test
  void wholeRowsOpenAnEndpointAndADelivery() {
    browser.go(address + "/portal/endpoints");
    browser.follow(".mine tbody td:last-child");
    assertThat(browser.address()).contains("/portal/endpoints/ep_");
    browser.go(address + "/portal/");
    browser.follow(".deliveries tbody .when");
    assertThat(browser.address()).contains("/portal/deliveries/dlv_");
  }

  @Test
  void onAPhoneTheSearchAndTheFiltersShareALine() {
    browser.size(390, 844);
    browser.go(address + "/portal/deliveries");
    String summary = ".filter-box > summary";
    for (int i = 0; i < 2; i++) {
      assertThat(number(TOP, ".inlay.search")).isEqualTo(number(TOP, summary));
      assertThat(number(RIGHT, ".inlay.search")).isLessThan(number(RIGHT, summary));
      browser.picture(OpenConsole.PICTURES.resolve("portal-phone-filters-" + i + ".png"));
      assertThat(Axe.violations(browser)).isEmpty();
      browser.click(summary);
    }
    browser.size(1280, 900);
  }
}
