package dev.hookferry.http.console.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.id.SiteId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserSafetyTest {
  private static final SiteId OTHER = new SiteId("other");
  private static final String PROPERTIES = "/sites/default/server-properties";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/", PROPERTIES, "/sites/nowhere", "/sites/default/no/page"})
  void everyPageForbidsWhatItDoesNotNeed(String path) {
    for (Person person : new Person[] {place.admin(), new Person(place.console)}) {
      Shown shown = person.get(path);
      assertThat(shown.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(shown.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(shown.body()).doesNotContain("style=\"", "<style", "onclick", "<script>");
    }
  }

  @Test
  void aChangeNeedsTheSessionsToken() {
    Person person = place.admin();
    person.get(PROPERTIES);
    person.csrf = "guessed";
    assertThat(change(person).status()).isEqualTo(403);
  }

  @Test
  void aChangeIsNotTakenFromAnotherSite() {
    Person person = place.admin();
    person.get(PROPERTIES);
    person.headers.put("sec-fetch-site", "same-site");
    assertThat(change(person).status()).isEqualTo(403);
    person.headers.remove("sec-fetch-site");
    person.headers.put("host", "hooks.example");
    person.headers.put("origin", "https://evil.example");
    assertThat(change(person).status()).isEqualTo(403);
    person.headers.put("origin", "https://hooks.example");
    assertThat(change(person).status()).isEqualTo(200);
    person.headers.put("host", "hooks.example:8087");
    person.headers.put("origin", "https://hooks.example:8443");
    assertThat(change(person).status()).as("another port of the host").isEqualTo(403);
  }

  /** As a proxy does with nginx's $host, for a browser without Sec-Fetch-Site. */
  @Test
  void forwardedHostWithoutPortMatchesItsOrigin() {
    Person person = new Person(place.console);
    person.headers.put("host", "hooks.example");
    person.headers.put("origin", "https://hooks.example:8443");
    assertThat(person.signIn(place.key(null, Scope.ADMIN)).status()).isEqualTo(303);
    person.get(PROPERTIES);
    assertThat(change(person).status()).isEqualTo(200);
    person.headers.put("origin", "https://evil.example:8443");
    assertThat(person.signIn(place.key(null, Scope.ADMIN)).status()).isEqualTo(403);
    assertThat(change(person).status()).isEqualTo(403);
  }

  @Test
  void aKeyThatMayReadMayNotChange() {
    Person reader = place.person(null, Scope.READ);
    assertThat(reader.get(PROPERTIES).body()).doesNotContain("Review changes");
    assertThat(change(reader).status()).isEqualTo(403);
  }

  @Test
  void aKeyThatMayPublishMayNotRead() {
    Person publisher = place.person(null, Scope.PUBLISH);
    assertThat(publisher.get(PROPERTIES).status()).isEqualTo(403);
    assertThat(publisher.get("/").header("Location")).isEqualTo("/sites/default/send");
    assertThat(publisher.get("/sites/default/send").body())
        .contains("/sites/default/send\"")
        .doesNotContain("/sites/default/deliveries", "role=\"search\"", "data-live-from");
  }

  @Test
  void foreignSiteLooksLikeAMissingOne() {
    var unused = place.hookferry.webhooks().sites().create(OTHER);
    Person bound = place.person(OTHER, Scope.MANAGE);
    assertThat(bound.get("/").header("Location")).isEqualTo("/sites/other");
    Shown foreign = bound.get("/sites/default/deliveries");
    Shown missing = bound.get("/sites/missing/deliveries");
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(bare(foreign).replace("default", "missing")).isEqualTo(bare(missing));
    assertThat(place.admin().get("/sites/missing/deliveries").status()).isEqualTo(404);
  }

  @Test
  void malformedIdIsNotFound() {
    Person admin = place.admin();
    assertThat(admin.get("/sites/default/deliveries/%3Cscript%3E").status()).isEqualTo(404);
    assertThat(admin.get("/sites/default/deliveries/<script>").body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void staticFilesCanBeKept() {
    Shown css = new Person(place.console).get(Assets.PATH + "/console.css");
    assertThat(css.status()).isEqualTo(200);
    assertThat(css.header("Cache-Control")).contains("immutable");
    assertThat(new Person(place.console).get(Assets.PATH + "/Console.class").status())
        .isEqualTo(303);
  }

  private static Shown change(Person person) {
    return person.post(PROPERTIES, "webHookMaxRetries=9&webHookRetryInterval=300");
  }

  private static String bare(Shown shown) {
    return shown.body().replaceAll("name=\"csrf\" value=\"[^\"]+\"", "");
  }
}
