package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit page, and undoing a change of the server properties. */
class AuditPagesTest {
  private static final String PROPERTIES = "/sites/default/server-properties";
  private static final String CRM = "https://crm.example/hook";
  private static final Pattern UNDO = Pattern.compile("href=\"([^\"]+[?]undo=[^\"]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  private static String one(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    assertThat(matcher.find()).as(page).isTrue();
    return matcher.group(1).replace("&amp;", "&");
  }

  @Test
  void theLogIsFiltered() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    var unused =
        place
            .webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.change().description("<b>CRM"));

    assertThat(admin.get("/audit").body())
        .contains(
            "<b>API key created</b>", "<b>Endpoint created</b>", "&lt;b&gt;CRM", "Site created")
        .contains("<option value=\"default\">", "title=\"endpoint.created\"");
    assertThat(admin.get("/audit?target=" + endpoint.id()).body())
        .contains("<b>Endpoint created</b>", "/sites/default/endpoints/" + endpoint.id())
        .contains("<span>&lt;b&gt;CRM</span><a href=\"/audit\"")
        .containsPattern("name=\"target\" value=\"&lt;b(>|&gt;)CRM\"")
        .doesNotContain("<b>API key created</b>");
    assertThat(admin.get("/audit?target=%3Cb%3ECRM").body())
        .as("by its name")
        .contains("<b>Endpoint created</b>", "<span title=\"description\">Name</span>")
        .doesNotContain("<b>API key created</b>", "<code>description</code>");
    assertThat(admin.get("/audit?action=endpoint.changed").body())
        .contains("<b>Named</b>", "value=\"endpoint.changed\" title=\"endpoint.changed\" selected")
        .doesNotContain("<b>Endpoint created</b>");
    assertThat(admin.get("/audit?site=other&key=test&since=2020-01-01T00:00").body())
        .contains("No changes match.");
    assertThat(admin.get("/audit?action=endpoint.created").body())
        .as("nothing was there before")
        .doesNotContainPattern(UNDO);
    Person.Shown wrong = admin.get("/audit?action=x&key=nobody&since=y");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("is not an action", "is neither the id nor the name of a key", "enter a time");
    assertThat(place.person(SiteId.DEFAULT, Scope.MANAGE).get("/audit").status()).isEqualTo(403);
  }

  @Test
  void changedNameIsShownWithTheOldOne() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    for (String name : List.of("CRM", "CRM of Ada")) {
      var unused =
          place
              .webhooks()
              .endpoints()
              .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.change().description(name));
    }
    assertThat(admin.get("/audit?action=endpoint.changed").body())
        .contains("<b>Renamed from CRM</b>", "dir=\"auto\">CRM of Ada</a>");
    place.endpoint(CRM + "/2", "license_created");
    Endpoint other = place.endpoint(CRM + "/3", "license_created");
    var unused =
        place
            .webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, other.id(), EndpointSpec.change().description("CRM of Ada"));
    assertThat(admin.get("/audit?target=CRM+of+Ada").body())
        .contains("is the name of several endpoints; enter the id of one");
    assertThat(admin.get("/audit?target=" + other.id()).body())
        .as("the name means two")
        .contains("value=\"" + other.id() + "\"", "<span>CRM of Ada</span>");
  }

  /** The subject of a portal link is the product's own name of a user. */
  @Test
  void aTargetThatLooksLikeAnEndpointBreaksNoPage() {
    place.webhooks().audit().note(AuditAction.PORTAL_LINKED, SiteId.DEFAULT, "ep_17", List.of());
    Person.Shown page = admin.get("/audit");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("ep_17", "Portal link created");
  }

  @Test
  void aSettingOfThePortalIsAFieldOfItsOwn() {
    var unused =
        place
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, Map.of("portal", Map.of("enabled", true)));
    assertThat(admin.get("/audit?action=site.changed").body())
        .contains(
            "<span title=\"portal.enabled\">Enable the portal</span> <del>false</del> → <ins>true</ins>")
        .doesNotContain("{enabled=");
  }

  @Test
  void longChangesFold() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    assertThat(admin.get("/audit?target=" + endpoint.id()).body())
        .containsPattern("<summary>\\d+ more fields</summary>");
    String filter = "{\"Customer\":{\"Name\":\"" + "x".repeat(200) + "\"}}";
    var unused =
        place
            .webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.change().filter(filter));
    assertThat(admin.get("/audit?action=endpoint.changed").body())
        .contains("<summary><span title=\"filter\">Filter</span></summary>")
        .doesNotContain("more changes");
  }

  @Test
  void aFirstValueSaysThatThereWasNone() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    var unused =
        place
            .webhooks()
            .endpoints()
            .change(
                SiteId.DEFAULT,
                endpoint.id(),
                EndpointSpec.change().timeout(Duration.ofSeconds(20)));
    assertThat(admin.get("/audit?target=" + endpoint.id()).body())
        .contains("<b>Timeout changed to 20s</b>")
        .contains(
            "<span title=\"timeout\">Timeout</span> <span class=\"soft\">not set</span> → <ins>20s");
  }

  @Test
  void manyEqualActionsInARowAreOneLine() {
    for (int i = 0; i < 5; i++) {
      place.endpoint(CRM + "/" + i, "license_created");
    }
    String page = admin.get("/audit?action=endpoint.created").body();
    assertThat(page)
        .contains("<b>5 × Endpoint created</b>", CRM + "/4, " + CRM + "/3 and 3 more</summary>")
        .doesNotContain("<b>Endpoint created</b>");
    assertThat(page.split("<tr id=", -1)).hasSize(2);
    assertThat(page.split("/audit\\?target=ep_", -1)).hasSize(6);
  }

  @Test
  void pagesSayWhoChangedThemLast() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    changeSettings("enabled", true);
    place.clock.advance(Duration.ofHours(3));
    String page = "/sites/default/endpoints/" + endpoint.id();
    Person later = place.admin();

    assertThat(later.get(page).body())
        .contains("Changed by <b>program</b>", "3 h 1 min ago", "/audit?target=" + endpoint.id());
    assertThat(place.person(SiteId.DEFAULT, Scope.MANAGE).get(page).body())
        .doesNotContain("Changed by");
    assertThat(later.get("/sites/default/settings").body())
        .containsPattern("Changed by <b>program</b> <time[^>]*>3 h ago")
        .contains("/audit?site=default&amp;action=site.changed#");
    assertThat(place.person(SiteId.DEFAULT, Scope.MANAGE).get("/sites/default/settings").body())
        .doesNotContain("Changed by");
    assertThat(later.get("/keys").body()).contains("by program");
    assertThat(later.get(PROPERTIES).body()).contains("Changed by <b>program</b>", "Undo…");
  }

  @Test
  void keyNamedHookferryIsNotMistakenForHookferry() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    String page = "/sites/default/endpoints/" + endpoint.id();
    var key = place.webhooks().keys().create("hookferry", Set.of(Scope.ADMIN), null).key();
    change(endpoint, Actor.of(key, ""), "one");
    assertThat(admin.get(page).body())
        .contains("Changed by <b>hookferry</b>")
        .doesNotContain("Changed automatically");

    change(endpoint, Actor.HOOKFERRY, "two");
    assertThat(admin.get(page).body()).contains("Changed automatically");
  }

  private void change(Endpoint endpoint, Actor actor, String description) {
    place.clock.advance(Duration.ofSeconds(1));
    var unused =
        place
            .webhooks()
            .actingAs(actor)
            .endpoints()
            .change(SiteId.DEFAULT, endpoint.id(), EndpointSpec.change().description(description));
  }

  @Test
  void changeIsUndoneThroughAReviewedForm() {
    var unusedEndpoint = place.endpoint(CRM, "license_created");
    place.clock.advance(Duration.ofSeconds(5));
    var unused =
        place
            .webhooks()
            .settings()
            .changeServerProperties(
                SiteId.DEFAULT,
                Map.of(
                    "license_created",
                    "https://erp.example/hook",
                    "license_deleted",
                    CRM,
                    "webHookMaxRetries",
                    7));
    place.clock.advance(Duration.ofMinutes(1));

    String form = admin.get(one(UNDO, admin.get(PROPERTIES).body())).body();

    assertThat(form)
        .contains("The form has the values before the change by program")
        .contains("name=\"add.license_created\" value=\"" + CRM + "\"")
        .contains("name=\"webHookMaxRetries\" value=\"5\"")
        .containsPattern("name=\"remove.license_deleted\" value=\"" + CRM + "\" checked");
    assertThat(place.webhooks().settings().serverProperties(SiteId.DEFAULT))
        .containsEntry("webHookMaxRetries", 7);
  }

  @Test
  void undoNamesWhatTheAuditLogLacks() {
    var unused =
        place
            .webhooks()
            .settings()
            .changeServerProperties(
                SiteId.DEFAULT, Map.of("webHookSecretKey", "k", "webHooksEnabled", false));
    String form = admin.get(one(UNDO, admin.get("/audit").body())).body();

    assertThat(form).contains("type it again").containsPattern("name=\"webHooksEnabled\" checked");
    assertThat(admin.get(admin.get(PROPERTIES + "?undo=yesterday").header("Location")).body())
        .contains("The audit log has no such change.");
  }

  @Test
  void aChangeOfThePortalIsUndoneByTheSettings() {
    changeSettings(
        "enabled", true,
        "origins", List.of("https://a.example", "https://b.example"),
        "words", Map.of("endpoint", "target", "endpoints", "targets"),
        "payloadByType", Map.of("license_created", Map.of("payload", "none")));
    changeSettings(
        "enabled", false,
        "origins", List.of(),
        "words", Map.of("event", "message", "events", "messages"),
        "payloadByType", Map.of(),
        "theme", Map.of("productName", "Acme"));

    String link = one(UNDO, admin.get("/audit?action=site.changed").body());
    assertThat(link).startsWith("/sites/default/settings?undo=");
    String form = admin.get(link).body();

    assertThat(form)
        .contains("The form has the values before the change by program", "nothing is saved yet")
        .containsPattern("name=\"portal.enabled\" checked")
        .contains(">https://a.example\nhttps://b.example</textarea>")
        .contains(
            ">endpoint = target\nendpoints = targets</textarea>",
            ">license_created = none</textarea>")
        .containsPattern("name=\"portal.theme.productName\"[^>]* value=\"\"")
        .contains("href=\"#portal.theme.productName\">Product name</a>")
        .contains("data-counts-changes=\"no\"");
    assertThat(place.webhooks().settings().get(SiteId.DEFAULT).portal().enabled()).isFalse();
    assertThat(admin.get("/sites/default/settings?undo=" + Instant.EPOCH).status()).isEqualTo(303);
    assertThat(place.person(SiteId.DEFAULT, Scope.MANAGE).get(link).body())
        .as("a key that may not read the audit log")
        .doesNotContain("before the change by", "targets");
  }

  private void changeSettings(Object... namesAndValues) {
    place.clock.advance(Duration.ofMinutes(1));
    Map<String, Object> portal = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      portal.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    var unused = place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("portal", portal));
  }

  @Test
  void aChangeOfAnEndpointIsUndoneByItsForm() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    change(
        endpoint,
        EndpointSpec.change()
            .timeout(Duration.ofSeconds(20))
            .labels(Map.of("team", "blue"))
            .retry(RetrySettings.of(3, Duration.ofSeconds(60))));
    change(
        endpoint,
        EndpointSpec.change()
            .url("https://new.example/")
            .timeout(Duration.ofSeconds(5))
            .labels(Map.of())
            .header("X-Team", "red")
            .retry(RetrySettings.schedule(List.of(Duration.ofSeconds(5)))));

    String link = one(UNDO, admin.get("/audit?action=endpoint.changed").body());
    assertThat(link).startsWith("/sites/default/endpoints/" + endpoint.id() + "/edit?undo=");

    assertThat(admin.get(link).body())
        .contains("The form has the values before the change by program", "nothing is saved yet")
        .contains("id=\"url\" name=\"url\" value=\"" + CRM + "\"")
        .contains("name=\"timeout\" value=\"20s\"", "team=blue</textarea>")
        .contains("name=\"maxRetries\" value=\"3\"", "name=\"interval\" value=\"60\"")
        .contains("The former value of headers.X-Team cannot be restored here.");
    assertThat(place.webhooks().endpoints().get(SiteId.DEFAULT, endpoint.id()).url().text())
        .isEqualTo("https://new.example/");
    place.pause(endpoint.id());
    assertThat(admin.get("/audit").body().split("Undo…", -1))
        .as("pausing is undone by Resume")
        .hasSize(3);
  }

  private void change(Endpoint endpoint, EndpointSpec spec) {
    place.clock.advance(Duration.ofMinutes(1));
    var unused = place.webhooks().endpoints().change(SiteId.DEFAULT, endpoint.id(), spec);
  }
}
