package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures of endpoints and their form, as a person uses them in Chromium. */
class ConsoleEndpointsTest extends OpenConsole {
  private static final String LIST = SITE + "/endpoints";
  private static final String FIRST = "tbody tr:first-child td.wide a";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  @Test
  void theRowsFitAndAreSortedByTheirHeads() {
    browser.go(address + LIST);
    assertThat(overflow()).isZero();
    browser.follow("th.col-failed a");
    assertThat(browser.address()).contains("sort=failed");
    assertThat(browser.text("tbody tr:first-child [data-label='Failure rate']")).startsWith("100%");
    browser.follow("th.col-failed a");
    assertThat(browser.address()).contains("sort=-failed");
    browser.size(360, 800);
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
    browser.follow("nav[aria-label=Range] a:last-child");
    assertThat(browser.address()).contains("sort=-failed", "span=30d");
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void aClickAnywhereInARowOpensIt() {
    browser.go(address + LIST);
    browser.click("tbody tr:first-child .row-menu summary");
    assertThat(browser.has(".row-menu[open]")).isTrue();
    assertThat(browser.address()).endsWith(LIST);
    browser.go(address + LIST);
    browser.follow("tbody tr:first-child td.state");
    assertThat(browser.address()).contains("/endpoints/ep_");
    browser.follow("#deliveries tbody tr td.attempts-cell");
    assertThat(browser.address()).contains("/deliveries/dlv_");
  }

  @Test
  void aChartIsReadableByKeyboardAndAResponseLinksToItsDeliveries() {
    browser.go(address + first(LIST + "?sort=failed", FIRST) + "?span=1h");
    String edges =
        "[...document.querySelectorAll('.plot %s')].map(e => e.getBoundingClientRect().right)";
    int plot = browser.eval("Math.max(..." + edges.formatted(".area") + ")").asInt();
    int label = browser.eval("Math.max(..." + edges.formatted(".ticks > *") + ")").asInt();
    assertThat(label).as("the end of the axis").isLessThanOrEqualTo(plot + 1);
    browser.tabTo("#cards section:nth-child(1) svg");
    assertThat(browser.text(".chart-tip")).contains("delivered", "failed").doesNotContain("UTC");
    browser.press("ArrowLeft");
    browser.press("Home");
    assertThat(browser.text(".chart-tip")).contains("0 delivered, 0 failed");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.press("Escape");
    assertThat(browser.has(".chart-tip")).isFalse();
    browser.click("#table-errors summary");
    assertThat(browser.text("#table-errors")).contains("100% of ");
    browser.follow("#cards a[href*='code=500']");
    assertThat(browser.address()).contains("endpoint=ep_", "range=1h", "code=500");
    assertThat(browser.has("#list tbody tr")).isTrue();
  }

  @Test
  void aLinkToARotationOpensItsQuestion() {
    browser.go(address + first(LIST + "?sort=failed", FIRST) + "#rotate-form");
    browser.await(
        "the button",
        () -> browser.eval("document.activeElement.innerText").asText().equals("Rotate secret"));
    assertThat(browser.text("#rotate-form")).contains("Kind of the new secret");
  }

  @Test
  void aSettingIsAddedAndRemoved() {
    String page = first(LIST, FIRST);
    browser.go(address + page + "/edit");
    assertThat(browser.has("#set-timeout:not([hidden])")).isFalse();
    browser.click(".add-setting summary");
    assertThat(browser.text(".add-setting")).contains("Timeout", "server: 15 s");
    browser.click(".add-setting button:nth-child(3)");
    assertThat(browser.eval("document.activeElement.id").asText()).isEqualTo("timeout");
    assertThat(browser.text("#set-timeout summary")).contains("server: 15 s");
    browser.type("#timeout", "7s");
    assertThat(browser.text("#set-timeout summary")).contains("set here");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.follow("main button.first");
    assertThat(browser.text()).contains("7 s (own setting)");
    browser.go(address + page + "/edit");
    browser.click("#set-timeout .remove-setting");
    assertThat(browser.has("#set-timeout:not([hidden])")).isFalse();
    browser.follow("main button.first");
    assertThat(browser.text()).doesNotContain("7 s (own setting)");
  }

  @Test
  void theMenuOfSettingsStaysInTheWindowAndIsNarrowed() {
    browser.go(address + first(LIST, FIRST) + "/edit");
    String isInside =
        "(() => { const at = document.querySelector('.add-setting > .drop').getBoundingClientRect();"
            + " return at.top >= 0 && at.bottom <= innerHeight && at.left >= 0"
            + " && at.right <= document.documentElement.clientWidth; })()";
    for (int width : new int[] {1280, 390}) {
      browser.size(width, 700);
      for (String block : new String[] {"start", "end"}) {
        browser.eval(
            "document.querySelector('.add-setting').scrollIntoView({block: '" + block + "'})");
        browser.click(".add-setting summary");
        browser.await("the menu inside", () -> browser.eval(isInside).asBoolean());
        browser.press("Escape");
      }
    }
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
    browser.click(".add-setting summary");
    browser.type("#add-setting-q", "no such thing");
    assertThat(browser.text(".add-setting")).contains("No setting matches.");
    browser.type("#add-setting-q", "timeo");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("add-setting-light.png"));
    browser.press("Enter");
    assertThat(browser.eval("document.activeElement.id").asText()).isEqualTo("timeout");
  }

  @Test
  void theSaveButtonCountsChangesAndReturnsToTheirSection() {
    browser.go(address + SITE + "/settings");
    String save = ".save-bar button.first";
    String isOff = "document.querySelector('" + save + "').disabled";
    assertThat(browser.eval(isOff).asBoolean()).isTrue();
    browser.type("[name='portal.theme.productName']", "Acme Hooks");
    assertThat(browser.text(save)).isEqualTo("Save 1 change");
    assertThat(browser.eval(isOff).asBoolean()).isFalse();
    assertThat(Axe.violations(browser)).isEmpty();
    browser.follow(save);
    assertThat(browser.address()).endsWith("/settings#portal-look");
    assertThat(browser.text()).contains("Changed: Product name.", "Audit entry");
    assertThat(browser.eval(isOff).asBoolean()).isTrue();
  }

  @Test
  void headerRowsCanBeAddedAndRemoved() {
    String edit = address + first(LIST, FIRST) + "/edit";
    browser.go(edit);
    browser.eval(
        "Object.assign(document.getElementById('set-headers'), {hidden: false, open: true})");
    assertThat(browser.eval("document.querySelector('.endpoint-form button').name").asText())
        .as("Enter saves")
        .isEmpty();
    browser.type("[name='header-name-0']", "X-Row");
    browser.type("[name='header-value-0']", "never seen");
    browser.click("[name='header-secret-0']");
    assertThat(browser.has("[name='header-value-0'][type='password']")).isTrue();
    browser.click("#set-headers [data-add-line]");
    assertThat(browser.eval("document.activeElement.name").asText()).isEqualTo("header-name-1");
    browser.click("#set-headers [data-add-line]");
    browser.type("[name='header-name-2']", "X-Other");
    browser.type("[name='header-value-2']", "seen");
    browser.click("button[value='header-drop-1']");
    assertThat(browser.has("[name='header-name-2']")).isFalse();
    assertThat(browser.text("#set-headers summary")).contains("set here");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.size(390, 800);
    assertThat(overflow()).isZero();
    browser.picture(PICTURES.resolve("endpoint-headers-phone.png"));
    browser.size(1280, 900);
    browser.follow("main button.first");
    assertThat(browser.text())
        .contains("Endpoint changed", "X-Other: seen", "X-Row: ********")
        .doesNotContain("never seen");
    browser.go(edit);
    browser.click("#set-headers .remove-setting");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("Endpoint changed").doesNotContain("X-Row", "X-Other");
  }

  @Test
  void aGroupOfTypesIsAPrefixAndAllIsAStar() {
    browser.go(address + LIST + "/new");
    String box = "document.getElementById('group-license_*')";
    assertThat(browser.has("#other-types[open]")).isFalse();
    browser.click("input[value='license_created']");
    assertThat(browser.eval(box + ".indeterminate").asBoolean()).isTrue();
    browser.eval(box + ".click()");
    assertThat(browser.eval("document.getElementById('patterns').value").asText())
        .isEqualTo("license_*");
    assertThat(browser.has("input[value='license_deleted']:checked:disabled")).isTrue();
    browser.eval("document.getElementById('group-*').click()");
    assertThat(browser.eval("document.getElementById('patterns').value").asText())
        .isEqualTo("license_*, *");
    assertThat(browser.has("input[value='customer_created']:checked:disabled")).isTrue();
    assertThat(Axe.violations(browser)).isEmpty();
    browser.eval("document.getElementById('group-*').click()");
    browser.eval(box + ".click()");
    assertThat(browser.has(".tree input:checked")).isFalse();
    browser.type("#types-q", "customer");
    assertThat(browser.text(".tree"))
        .contains("customer_created")
        .doesNotContain("license_created");
  }
}
