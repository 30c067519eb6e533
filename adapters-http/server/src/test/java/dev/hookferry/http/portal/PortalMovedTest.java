package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.Served;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a change of its URL, an endpoint is not said to work before something has arrived. */
class PortalMovedTest {
  private static final String ALL = ",\"can\":[\"test\",\"retry\",\"manage\",\"secrets\"]";
  private static final String NEW = "https://new.example/hook";
  private static final String EDITED = "type=*&url=https://new.example/hook";
  private static final String UNTESTED = "Nothing has been sent to the new URL of new.example/hook";

  private final PortalScene scene =
      new PortalScene(Served.withActivity(new Activity()), "{\"enabled\":true}");
  private final Served served = scene.served;
  private final String endpoint = "/portal/endpoints/" + scene.mine.id();
  private final String cookie = scene.cookie(ALL);

  @BeforeEach
  void fail() {
    scene.sendOnce();
    served.transport.responding(PortalScene.MINE, 500);
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String page(String path) {
    return scene.page(cookie, path).body();
  }

  private String edited() {
    return scene.posted(cookie, endpoint + "/edit", EDITED).body();
  }

  @Test
  void newUrlIsNotShownAsWorkingBeforeItIsTested() {
    assertThat(edited())
        .containsSubsequence(
            ">not tested yet</span>",
            "<button class=\"first\" name=\"type\" value=\"\">Send test</button>",
            "class=\"note split wait\"",
            UNTESTED + " yet. Send a test to see whether it works.",
            "<a class=\"button\" href=\"/portal/deliveries/retry?status=exhausted",
            "10 deliveries failed</a>")
        .doesNotContain(">working</span>", "A test arrived", "HTTP 500</strong>");
    assertThat(page("/portal/"))
        .containsSubsequence(
            UNTESTED, "action=\"" + endpoint + "/test\"", "<button class=\"first\">Send test")
        .contains(">not tested yet</span>")
        .doesNotContain(">working</span>", "<b>works again");
    assertThat(scene.page(scene.cookie(""), endpoint).body())
        .contains(">not tested yet</span>", UNTESTED);
    assertThat(scene.page(scene.cookie(",\"can\":[\"manage\"]"), endpoint).body())
        .contains(UNTESTED + " yet.<")
        .doesNotContain("Send a test to see");
  }

  @Test
  void aTestOfTheNewUrlDecides() {
    var unused = edited();
    served.transport.responding(NEW, 404);
    String failed = scene.posted(cookie, endpoint + "/test", "").body();
    assertThat(failed)
        .contains("The test failed.", ">test failed</span>")
        .contains("The last test of the new URL of new.example/hook failed.")
        .doesNotContain(">working</span>");
    assertThat(page("/portal/")).contains(">test failed</span>", "The last test of the new URL");

    served.transport.responding(NEW, 200);
    assertThat(scene.posted(cookie, endpoint + "/test", "").body())
        .contains("The test arrived.", ">working</span>", "Retry 10 failed deliveries…")
        .doesNotContain("new URL");
  }

  @Test
  void aMovedEndpointIsFoundAmongManyThatWork() {
    for (int i = 0; i < 12; i++) {
      var unused = scene.endpoint("https://works" + i + ".example/hook", "c-1");
    }
    scene.publish("c-1", 1);
    var unusedEdit = edited();
    assertThat(page("/portal/")).contains(UNTESTED, ">not tested yet</span>");
  }

  @Test
  void manyFailedTestsDoNotMakeItLookAsIfItWorked() {
    var unused = edited();
    served.transport.responding(NEW, 404);
    for (int i = 0; i < 11; i++) {
      var unusedTest = scene.posted(cookie, endpoint + "/test", "");
      served.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(page(endpoint)).contains(">test failed</span>").doesNotContain(">working</span>");
  }

  @Test
  void anEventThatArrivesAtTheNewUrlDecidesToo() {
    var unused = edited();
    scene.publish("c-1", 1);
    assertThat(scene.all()).anyMatch(one -> one.state() == DeliveryState.DELIVERED);
    assertThat(page(endpoint)).contains(">working</span>").doesNotContain("new URL");
  }

  @Test
  void severalEndpointsAreExplainedOneByOne() {
    var unused = edited();
    var other = scene.endpoint(PortalScene.MINE, "c-1");
    scene.publish("c-1", EndpointHealth.FAILING_AFTER);
    var unusedEdit =
        scene.posted(cookie, "/portal/endpoints/" + other.id() + "/edit", "type=*&url=" + NEW + 2);
    assertThat(page("/portal/"))
        .containsSubsequence(other.id().toString(), "<b>new URL, not tested yet</b>")
        .doesNotContain("<b>new URL, not tested yet</b>, since");
  }
}
