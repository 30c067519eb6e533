package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The portal's script, which enhances pages that work without it. */
class PortalScriptTest extends OpenPortal {
  @BeforeEach
  void signIn() {
    server.settings(Map.of("enabled", true));
    server.fill();
    browser.go(address + server.link(PortalServer.EVERYTHING));
  }

  private void look() {
    var unused = browser.eval("dispatchEvent(new Event('focus'))");
  }

  @Test
  void newDeliveriesAreOfferedAboveTheList() {
    browser.go(address + "/portal/deliveries");
    look();
    assertThat(browser.text("#list tbody").lines().count()).isPositive();
    server.publish("license_created");
    Poll.until(() -> server.haveEnded(12));
    browser.await(
        "new deliveries",
        () -> {
          look();
          return browser.text("#fresh").equals("2 new – show");
        });
    assertThat(browser.eval("document.querySelectorAll('#list tbody tr').length").asInt())
        .isEqualTo(10);
    browser.follow("#fresh a");
    assertThat(browser.eval("document.querySelectorAll('#list tbody tr').length").asInt())
        .isEqualTo(12);
    assertThat(browser.text("#fresh")).isEmpty();
  }

  @Test
  void theFiltersTakeOneLineBesideThePanel() {
    browser.size(1280, 900);
    browser.go(address + "/portal/deliveries");
    String height = "document.querySelector('.filter-box').offsetHeight";
    String isOpen = "document.querySelector('.filter-box').open";
    assertThat(browser.eval(height).asInt()).isLessThan(50);
    browser.click("#list [data-open]");
    browser.await("the panel", () -> browser.has("#panel .title"));
    assertThat(browser.eval(isOpen).asBoolean()).isFalse();
    assertThat(browser.eval(height).asInt()).isLessThan(50);
    assertThat(browser.text(".filter-box > summary")).isEqualTo("Filters");
    assertThat(browser.eval("document.querySelector('#q').checkVisibility()").asBoolean()).isTrue();
    String rows = "[...document.querySelectorAll('#list tbody tr')].map(row => row.offsetHeight)";
    for (int width : List.of(1440, 1280, 1100)) {
      browser.size(width, 900);
      assertThat(browser.eval("Math.max(..." + rows + ")").asInt())
          .as("two lines at %s", width)
          .isBetween(48, 60);
    }
    browser.size(1280, 900);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click(".filter-box > summary");
    assertThat(browser.eval("document.querySelector('#status').checkVisibility()").asBoolean())
        .isTrue();
    browser.press("j");
    browser.await("the next", () -> browser.has("#list tr.opened:nth-child(2)"));
    assertThat(browser.eval(isOpen).asBoolean()).as("left as it was put").isTrue();
    browser.press("Escape");
    assertThat(browser.has("#panel")).isFalse();
    assertThat(browser.eval(isOpen).asBoolean()).isTrue();
    assertThat(browser.has(".filter-box.folding")).isFalse();
    assertThat(browser.eval(height).asInt()).isLessThan(50);
  }

  @Test
  void theOutcomeOfAnActionLeavesTheAddress() {
    String page = address + "/portal/endpoints/" + server.failing().id();
    browser.go(page + "?note=resumed&done=195&more=1&from=2026-01-01T00:00:00Z&range=7d");
    assertThat(browser.text("main .note.good")).contains("Resumed. 195+ deliveries are being sent");
    assertThat(browser.address()).isEqualTo(page + "?range=7d");
    browser.go(browser.address());
    assertThat(browser.text()).doesNotContain("Resumed.");
  }

  @Test
  void aSecretStaysInItsFormWhenItIsChecked() {
    browser.go(address + "/portal/signature");
    browser.type("#headers", "webhook-id: a\nwebhook-timestamp: 1\nwebhook-signature: v1,abc");
    browser.type("#body", "{}");
    browser.type("#secret", "whsec_" + "A".repeat(32));
    browser.click("main form button.first");
    browser.awaitText("No signature matches");
    assertThat(browser.eval("document.getElementById('secret').value").asText())
        .startsWith("whsec_A");
    assertThat(browser.address()).endsWith("/portal/signature");
  }

  @Test
  void aHeadlineHasTheTimeOfTheViewerAndHowLongAgoItWas() {
    EndpointId gone = server.gone("https://gone.example/hooks");
    browser.zone("Asia/Dubai");
    browser.go(address + "/portal/endpoints/" + gone);
    assertThat(browser.text("main .note.bad strong"))
        .containsPattern(
            "disabled since ([A-Z][a-z]{2} [0-9]+, )?[0-9]+:[0-9]{2}\\s[AP]M \\([0-9]+\u00a0(s|min)\\)")
        .doesNotContain("UTC");
  }

  @Test
  void theBarIsOneRowAndAllListsAreEquallyWide() {
    browser.size(1280, 900);
    Set<Integer> widths = new TreeSet<>();
    for (String path : List.of("/portal/", "/portal/deliveries", "/portal/endpoints")) {
      browser.go(address + path);
      assertThat(browser.eval("document.querySelector('.portal-bar > div').offsetHeight").asInt())
          .isEqualTo(56);
      widths.add(
          browser
              .eval("document.querySelector('main :is(.card, form.picks)').offsetWidth")
              .asInt());
      assertThat(
              browser
                  .eval(
                      "[...document.querySelectorAll('.filters label')]"
                          + ".every((label) => label.offsetHeight < 24)")
                  .asBoolean())
          .as("no label wraps")
          .isTrue();
    }
    assertThat(widths).hasSize(1);
  }

  @Test
  void aGroupOfTypesHasThreeStates() {
    for (String type : List.of("order.sent", "order.returned")) {
      var unused =
          server
              .hookferry
              .webhooks()
              .eventTypes()
              .put(SiteId.DEFAULT, new EventType(type), EventTypeSpec.of(""));
    }
    browser.go(address + "/portal/endpoints/new");
    String all = "[data-type-all][value='license_*']";
    String one = ".types input[value='license_created']";
    browser.click(all);
    assertThat(state(one)).isEqualTo("checked");
    browser.click(one);
    assertThat(state(one)).isEqualTo("empty");
    assertThat(state(all)).isEqualTo("mixed");
    assertThat(state(".types input[value='license_released']")).isEqualTo("checked");
    browser.click(all);
    assertThat(state(one)).isEqualTo("checked");
    assertThat(state(all)).isEqualTo("checked");
    browser.type("[data-type-search]", "order was paid");
    String shown = "document.querySelectorAll('.types label:not([hidden])').length";
    browser.await("one type", () -> browser.eval(shown).asInt() == 1);
  }

  private String state(String box) {
    return browser
        .eval(
            "(({ checked, indeterminate }) => indeterminate ? 'mixed' : checked ? 'checked' :"
                + " 'empty')(document.querySelector(`"
                + box
                + "`))")
        .asText();
  }

  @Test
  void everyPageNamesTheZoneOfItsTimes() {
    browser.zone("Europe/Berlin");
    browser.go(address + "/portal/");
    assertThat(browser.text()).contains("Times are in Europe/Berlin.");
    browser.scripts(false);
    browser.go(address + "/portal/");
    assertThat(browser.text()).contains("Times are in UTC.");
    browser.scripts(true);
  }

  @Test
  void theFirstPageFollowsItsEndpointsExceptWhatIsInUse() {
    browser.go(address + "/portal/");
    String first = "document.querySelector('#now-newest tbody a').pathname";
    String endpoints = "document.querySelector('#now-endpoints').textContent";
    String old = browser.eval(first).asText();
    server.publish("license_created");
    Poll.until(() -> server.haveEnded(12));
    browser.await(
        "the newest delivery",
        () -> {
          look();
          return !browser.eval(first).asText().equals(old);
        });
    String seen = browser.eval(first).asText();
    String counts = browser.eval(endpoints).asText();
    var unused = browser.eval("document.querySelector('#now-newest tbody a').focus()");
    server.publish("license_created");
    Poll.until(() -> server.haveEnded(14));
    browser.await(
        "the counts",
        () -> {
          look();
          return !browser.eval(endpoints).asText().equals(counts);
        });
    assertThat(browser.eval(first).asText()).as("focused").isEqualTo(seen);
  }

  @Test
  void anAttemptThatIsDueIsBeingMade() {
    browser.go(address + "/portal/");
    var unused =
        browser.eval(
            "document.querySelector('#main').insertAdjacentHTML('beforeend', `<p id=next><span"
                + " data-next-attempt=' Trying now…'> Next attempt <time data-due datetime='"
                + "${new Date().toISOString()}'></time></span></p>`)");
    browser.await("the attempt", () -> browser.text("#next").strip().equals("Trying now…"));
  }
}
