package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;

/** Steps of a customer through the portal that are the same in every browser. */
final class PortalWalk {
  private PortalWalk() {}

  /** The browser that a step uses. */
  interface Page {
    void go(String address);

    /** Clicks, and waits for the page that this leads to. */
    void follow(String selector);

    void click(String selector);

    void type(String selector, String text);

    /** Returns the text of the page. */
    String text();
  }

  /** Sends a failed delivery again, and adds, tests and removes an endpoint. */
  static void sendsAgainAndManages(Page browser, String address, PortalServer server) {
    browser.follow("nav a[href='/portal/deliveries']");
    browser.go(address + "/portal/deliveries?status=exhausted&range=24h");
    browser.follow("tbody a");
    assertThat(browser.text()).contains("HTTP 401", "rejected the request as unauthorized");
    int before = server.transport.requests().size();
    browser.follow("form[action*='/retry'] button");
    assertThat(browser.text()).containsAnyOf("Retrying…", "failed after", "Delivered: attempt");
    Poll.until(() -> server.transport.requests().size() == before + 1);
    browser.go(address + "/portal/endpoints/new");
    browser.type("#url", "https://10.0.0.1/");
    browser.click("details:has(#types) > summary");
    browser.type("#types", "license_*");
    browser.follow("main button.first");
    assertThat(browser.text())
        .contains("Please correct the following", "This address cannot be used.");
    browser.type("#url", "https://new.example/hooks");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("whsec_", "The endpoint was created.");
    browser.follow("form[action$='/test'] button");
    assertThat(browser.text()).contains("The test arrived.");
    browser.click(".page-menu:has([href$='/remove']) > summary");
    browser.follow("a[href$='/remove']");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("The endpoint was removed.");
  }
}
