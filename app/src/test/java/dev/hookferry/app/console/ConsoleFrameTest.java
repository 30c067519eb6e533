package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The frame of the pages: palette, keyboard, site switch, problems, and the audit log. */
class ConsoleFrameTest extends OpenConsole {
  private static final String SELECTED = "#palette-list [aria-selected='true']";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  private void awaitEntry(String text) {
    browser.await("an entry " + text, () -> browser.text("#palette-list").contains(text));
  }

  @Test
  void thePaletteLeadsToPagesEndpointsAndIds() {
    String delivery = first(SITE + "/deliveries", "td a");
    browser.press("/");
    browser.type("retry q");
    assertThat(browser.text(SELECTED)).contains("Retry queue");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.pressToLeave("Enter");
    assertThat(browser.address()).endsWith("/retry-queue");

    browser.eval(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
            + " {key: 'k', ctrlKey: true, bubbles: true, cancelable: true}))");
    browser.type(delivery.substring(delivery.lastIndexOf('/') + 1));
    awaitEntry("Delivery");
    browser.pressToLeave("Enter");
    assertThat(browser.address()).endsWith(delivery);

    browser.click("#palette-open");
    browser.type("archive");
    awaitEntry("Endpoint");
    awaitEntry("Find events with");
    for (String scheme : new String[] {"light", "dark"}) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
      browser.picture(PICTURES.resolve("palette-" + scheme + ".png"));
    }
    browser.size(360, 740);
    browser.picture(PICTURES.resolve("palette-phone.png"));
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
    browser.pressToLeave("Enter");
    assertThat(browser.text("h1")).contains("/archive");
  }

  @Test
  void timesAreInTheTimeZoneThatThePageNamesOnce() {
    String delivery = first(SITE + "/deliveries?status=exhausted", "td a");
    browser.zone("Asia/Tokyo");
    try {
      for (String page :
          List.of(SITE, delivery, SITE + "/endpoints", SITE + "/replays", "/audit")) {
        browser.go(address + page);
        assertThat(browser.text("#zone")).isEqualTo("Times in Tokyo (GMT+9)");
        assertThat(
                browser
                    .eval(
                        "[...document.querySelectorAll('main :not(pre, code, .utc)')]"
                            + ".filter(e => e.checkVisibility()).flatMap(e => [...e.childNodes])"
                            + ".filter(n => n.nodeType === 3 && n.data.includes('UTC'))"
                            + ".map(n => n.data).join()")
                    .asText())
            .as(page)
            .isEmpty();
      }
      browser.go(address + delivery);
      assertThat(browser.eval("document.querySelector('.moment b').title").asText())
          .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC");
      assertThat(browser.eval("document.querySelector('time').title").asText())
          .matches(".+ · .+ UTC");
    } finally {
      browser.zone("");
    }
  }

  @Test
  void lettersLeadToPagesAndTheHelpNamesThem() {
    browser.press("g");
    browser.pressToLeave("d");
    assertThat(browser.address()).endsWith("/deliveries");
    browser.click("#help-open");
    assertThat(browser.text("#help")).contains("Retry queue", "Audit log", "Ctrl K");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("help-light.png"));
    browser.press("Escape");
    browser.await("no help", () -> !browser.has("#help[open]"));
    browser.press("/");
    browser.await("the palette", () -> browser.has("#palette[open]"));
    browser.press("Escape");
    browser.press("g");
    browser.pressToLeave("a");
    assertThat(browser.text("h1")).isEqualTo("Audit log");
  }

  @Test
  void theSiteIsSwitchedWithTheKeyboardAndTheFilterStays() {
    browser.go(address + SITE + "/deliveries?status=exhausted");
    browser.tabTo("#site-switch summary");
    browser.press("Enter");
    browser.await("the sites", () -> browser.has("#site-choices a"));
    assertThat(browser.eval("document.activeElement.id").asText()).isEqualTo("site-q");
    for (String scheme : new String[] {"light", "dark"}) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
      browser.picture(PICTURES.resolve("site-switch-" + scheme + ".png"));
    }
    browser.size(360, 740);
    browser.picture(PICTURES.resolve("site-switch-phone.png"));
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
    browser.colours("light");
    browser.type("partn");
    browser.await("one", () -> !browser.text("#site-choices").contains("default"));
    browser.tabTo("#site-choices a");
    browser.pressToLeave("Enter");
    assertThat(browser.address()).endsWith("/sites/partner/deliveries?status=exhausted");
  }

  @Test
  void aLongUrlUnderProblemsFitsAPhone() {
    browser.eval("document.querySelector('#headline ul a').textContent = 'x'.repeat(120)");
    browser.size(400, 800);
    assertThat(overflow()).isZero();
    browser.size(1280, 900);
  }

  @Test
  void withoutScriptsSitesAreFoundOnAPage() {
    browser.scripts(false);
    browser.go(address + SITE + "/events");
    browser.click("#site-switch summary");
    browser.type("#site-q", "partner");
    browser.follow("#site-switch button");
    assertThat(browser.text("h1")).isEqualTo("Choose a site");
    browser.follow("#choices a");
    assertThat(browser.address()).endsWith("/sites/partner/events");
    browser.scripts(true);
  }

  @Test
  void aProblemIsAcknowledgedAndMuted() {
    browser.follow("nav a[href$='/problems']");
    assertThat(browser.text("#problems")).contains("since", "failure");
    browser.click("#problems .page-menu > summary");
    browser.follow("#problems form[action$='/acknowledge'] button");
    assertThat(browser.text("#noted")).contains("Acknowledged by");
    browser.click("#noted .page-menu > summary");
    browser.follow("#noted form[action$='/mute'] button");
    assertThat(browser.text("#noted")).contains("Muted by");
    browser.click("#noted .page-menu > summary");
    assertThat(browser.text("#noted")).contains("Unmute");
    browser.click("#noted .page-menu > summary");
    for (String scheme : new String[] {"light", "dark"}) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
      browser.picture(PICTURES.resolve("problems-noted-" + scheme + ".png"));
    }
    browser.size(360, 740);
    browser.picture(PICTURES.resolve("problems-noted-phone.png"));
    assertThat(overflow()).isZero();
  }

  @Test
  void aChangeOfTheServerPropertiesIsUndone() {
    browser.go(address + SITE + "/server-properties");
    String before = browser.eval("document.getElementById('retries').value").asText();
    browser.type("#retries", "17");
    browser.follow("form.stack button.first");
    browser.follow("main button.first");
    assertThat(browser.text(".head")).contains("Changed by", "Undo…");
    browser.follow(".head a[href*='undo=']");
    assertThat(browser.eval("document.getElementById('retries').value").asText()).isEqualTo(before);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("undo-light.png"));
    browser.follow("form.stack button.first");
    assertThat(browser.text()).contains("Nothing is saved yet", "17", before);
    browser.follow("main button.first");
    assertThat(browser.text()).contains("The server properties were saved.");
    browser.go(address + "/audit");
    browser.tabTo("#target");
    browser.type("default");
    browser.press("Enter");
    browser.await("the filter", () -> browser.address().endsWith("/audit?target=default"));
    browser.eval("document.querySelectorAll('tbody details').forEach(one => one.open = true)");
    assertThat(browser.text("tbody")).contains("Retries", "17");
  }

  @Test
  void aThemeIsSeenWhileItIsTyped() {
    browser.go(address + SITE + "/portal");
    String button =
        "(() => { const page = document.querySelector('.previews iframe').contentDocument;"
            + " const first = page.querySelector('.button.first');"
            + " return first && getComputedStyle(first).backgroundColor; })()";
    browser.await("a preview", () -> browser.eval(button).asText().equals("rgb(31, 95, 191)"));
    browser.type("#accent", "#ffee00");
    browser.await("advice", () -> browser.text("#contrast").contains("On light pages, the"));
    browser.await("the colour", () -> browser.eval(button).asText().equals("rgb(120, 111, 0)"));
    browser.follow("[form=theme-save]");
    assertThat(browser.text()).contains("The theme was saved.");
    assertThat(browser.eval("document.getElementById('accent').value").asText())
        .isEqualTo("#ffee00");
    assertThat(Axe.violations(browser)).isEmpty();
  }
}
