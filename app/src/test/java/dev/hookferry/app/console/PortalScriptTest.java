package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the portal's script adds to pages that work without it. */
@ExtendWith(NeedsChromium.class)
class PortalScriptTest {
  private static Chromium chromium;

  private final PortalServer server = new PortalServer(options -> options);
  private final Browser browser = new Browser(chromium);
  private final String address = "http://127.0.0.1:" + server.port();

  @BeforeAll
  static void open() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void shut() {
    chromium.close();
  }

  @BeforeEach
  void signIn() {
    server.settings(Map.of("enabled", true));
    server.fill();
    browser.go(address + server.link(PortalServer.EVERYTHING));
  }

  @AfterEach
  void close() {
    List<String> complaints = browser.complaints();
    browser.close();
    server.close();
    assertThat(complaints).isEmpty();
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
  void everyPageNamesTheZoneOfItsTimes() {
    browser.zone("Europe/Berlin");
    browser.go(address + "/portal/");
    assertThat(browser.text()).contains("Times are in Europe/Berlin.");
    browser.scripts(false);
    browser.go(address + "/portal/");
    assertThat(browser.text()).contains("Times are in UTC.");
    browser.scripts(true);
  }
}
