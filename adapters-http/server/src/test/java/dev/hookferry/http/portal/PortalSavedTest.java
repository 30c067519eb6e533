package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.ContestedStore;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.store.config.ConfigChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Saving an endpoint says what was changed, and sends a test if that is asked for. */
class PortalSavedTest {
  private static final String ALL = ",\"can\":[\"test\",\"retry\",\"manage\",\"secrets\"]";
  private static final String UNTESTING = ",\"can\":[\"manage\",\"secrets\"]";
  private static final String MADE = "https://made.example/hook";
  private static final String SAME = "type=license_*&url=" + PortalScene.MINE;
  private static final String TOO = "&test-too=yes";

  private final ContestedStore store = new ContestedStore();
  private final PortalScene scene =
      new PortalScene(new Served(options -> options, store::around), "{\"enabled\":true}");
  private final Served served = scene.served;
  private final String edit = "/portal/endpoints/" + scene.mine.id() + "/edit";
  private final String cookie = scene.cookie(ALL);

  @AfterEach
  void close() {
    scene.close();
  }

  private String saved(String more) {
    return scene.posted(cookie, edit, SAME + more).body();
  }

  @Test
  void theNoteNamesWhatWasChanged() {
    assertThat(saved("")).contains("<div class=\"note plain\" role=\"status\"><p>Nothing was");
    assertThat(saved("&description=Billing")).contains("note good\" role=\"status\"><p>Name ch");
    assertThat(saved("&description=Billing&headers=X-Key:+1&types=stock.*"))
        .contains(
            "<p>Event types and custom headers changed. This endpoint now also gets stock.*. <a ");
    assertThat(saved("&description=Billing&headers=X-Key:+********&types=stock.*"))
        .as("the masked value stays")
        .contains("<p>Nothing was changed.</p>");
    assertThat(saved("&headers=X-Key:+2&types=stock.*"))
        .contains("<p>Name and custom headers changed.</p>");
    String moved = "type=*&description=Shop&url=" + MADE;
    assertThat(scene.posted(cookie, edit, moved).body())
        .contains(
            "<p>URL, name, event types and custom headers changed. This endpoint now gets more");
  }

  @Test
  void newEventTypesAreNamedWithAWayToEarlierEvents() {
    String types = "type=license_*&type=%s&url=" + PortalScene.MINE;
    String retrying = scene.cookie(",\"can\":[\"manage\",\"retry\"]");
    String missed = edit.replace("/edit", "/missed");
    assertThat(scene.posted(retrying, edit, types.formatted("order.paid")).body())
        .contains(
            "<p>Saved. This endpoint now also gets order.paid. <a href=\"" + missed + "\">Send")
        .contains("Send earlier events…</a>");
    String both = types.formatted("order.*") + "&type=stock.low&description=Shop";
    assertThat(scene.posted(scene.cookie(",\"can\":[\"manage\"]"), edit, both).body())
        .contains("<p>Name and event types changed. This endpoint now also gets order.* and")
        .doesNotContain("Send earlier events");
    assertThat(scene.posted(retrying, edit, types.formatted("order.paid")).body())
        .as("fewer types")
        .contains("<p>Name and event types changed.</p>");
    String forged = edit.replace("/edit", "?note=saved&changed=types&gained=call.us");
    assertThat(scene.page(retrying, forged).body()).doesNotContain("call.us");
  }

  @Test
  void theNoteLeavesOutWhatSomebodyElseChangedMeanwhile() {
    Endpoint mine = scene.mine;
    store.before(
        new ConfigChange.PutEndpoint(
            new Endpoint(
                mine.id(),
                mine.site(),
                TargetUrl.parse(MADE),
                mine.settings(),
                mine.status(),
                mine.createdAt())));
    assertThat(saved("&description=Billing"))
        .contains("<p>Name changed.</p>", MADE)
        .doesNotContain("URL and name changed");
  }

  @Test
  void otherLanguagesNameItToo() {
    String german = scene.cookie(ALL + ",\"locale\":\"de\"");
    String french = scene.cookie(ALL + ",\"locale\":\"fr\"");
    String moved = "type=*&url=" + MADE;
    assertThat(scene.posted(german, edit, moved).body())
        .contains("<p>URL und Ereignistypen geändert. Dieser Endpunkt bekommt jetzt weitere");
    assertThat(scene.posted(french, edit, SAME).body())
        .contains("<p>Modifié\u00a0: URL et types d’événements.</p>");
  }

  @Test
  void savingCanSendATest() {
    assertThat(scene.page(cookie, edit).body())
        .contains("<button name=\"test-too\" value=\"yes\">Save and send test</button>");
    served.transport.responding(MADE, 404);
    assertThat(scene.posted(cookie, edit, "type=license_*&url=" + MADE + TOO).body())
        .containsSubsequence("<p>URL changed.</p>", "The test failed.", "HTTP 404");
    assertThat(served.transport.requestsTo(MADE)).hasSize(1);
    assertThat(saved("")).contains("URL changed.").doesNotContain("The test");

    Answer wrong = scene.post(cookie, edit, "type=license_*&url=" + TOO);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(served.transport.requestsTo(PortalScene.MINE)).isEmpty();
  }

  @Test
  void creatingCanSendATest() {
    String blank = "/portal/endpoints/new";
    assertThat(scene.page(cookie, blank).body())
        .contains(
            "<button class=\"first\" name=\"test-too\" value=\"yes\">Create and send test</button>"
                + "<button>Create without a test</button>",
            ">Name (optional)</label>",
            ">Shown instead of the URL.</span>");
    assertThat(scene.posted(cookie, blank, "type=*&url=" + MADE + TOO).body())
        .contains("The endpoint was created.", "whsec_", "The test arrived.");
    assertThat(served.transport.requestsTo(MADE)).hasSize(1);
  }

  @Test
  void withoutThePermissionNoTestIsOfferedOrSent() {
    String visitor = scene.cookie(UNTESTING);
    for (String path : new String[] {edit, "/portal/endpoints/new"}) {
      assertThat(scene.page(visitor, path).body()).doesNotContain("send test", "test-too");
    }
    assertThat(scene.posted(visitor, edit, "type=license_*&url=" + MADE + TOO).body())
        .contains("URL changed.")
        .doesNotContain("The test");
    assertThat(served.transport.requestsTo(MADE)).isEmpty();
  }

  @Test
  void savedChangesAreConfirmedDespiteTooManyTests() {
    for (int i = 0; i < 20; i++) {
      var unused = scene.post(cookie, edit.replace("/edit", "/test"), "");
    }
    assertThat(saved("&description=Billing" + TOO))
        .contains("<p>Name changed. The test was not sent. Please wait a minute before");
    assertThat(scene.posted(cookie, "/portal/endpoints/new", "type=*&url=" + MADE + TOO).body())
        .contains("whsec_", "<p>The test was not sent. Please wait a minute before");
  }
}
