package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.observe.EndpointHealth;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The headline of a failing endpoint breaks only where a line is full. */
class PortalHeadlineTest extends OpenPortal {
  private static final String TIME_TOP =
      "Math.round(document.querySelector('.note.split strong time').getBoundingClientRect().top)";
  private static final String PLAIN_WRAP =
      "document.querySelector('.note.split > p').style.textWrap = 'wrap'";

  @Test
  void timeStaysOnTheFirstLineIfItFits() {
    server.settings(Map.of("enabled", true));
    server.fill();
    for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
      server.publish("license_created");
    }
    Poll.until(() -> server.haveEnded(10 + 2 * EndpointHealth.FAILING_AFTER));
    for (String language : new String[] {"en", "de", "fr"}) {
      browser.go(address + server.link(PortalServer.EVERYTHING.locale(language)));
      for (int width : new int[] {360, 640, 700, 800, 900, 1024, 1280}) {
        browser.size(width, 900);
        browser.go(address + "/portal/");
        browser.picture(
            OpenConsole.PICTURES.resolve("portal-headline-" + language + "-" + width + ".png"));
        int top = browser.eval(TIME_TOP).asInt();
        var unused = browser.eval(PLAIN_WRAP);
        assertThat(top).as(language + " at " + width).isEqualTo(browser.eval(TIME_TOP).asInt());
      }
    }
  }
}
