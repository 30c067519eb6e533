package dev.hookferry.app.server;

import static dev.hookferry.app.server.ImportScene.results;
import static dev.hookferry.app.server.Tenant.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Imports, completes by hand what was imported, and imports again: a later run changes only fields
 * that the other system has.
 */
final class RepeatedImportTest {
  private static final String PROJECT = "01M8CN16G6EVP64BBXA9RZV8ZR";

  private static ImportScene svix() {
    ImportScene scene = new ImportScene("memory", "svix");
    scene.sender().exchanges(ReplayedSender.recording("svix-exchanges.json"));
    return scene;
  }

  /** Every endpoint, type and setting of the sites; the time of a change shows changes, too. */
  private static List<JsonNode> everything(ImportScene scene) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode site : scene.sites()) {
      Tenant tenant = scene.site(site.path("id").asText());
      all.add(site);
      all.add(tenant.get("settings"));
      all.addAll(tenant.all("endpoints"));
      all.addAll(tenant.all("event-types"));
    }
    return all;
  }

  private static void assertKept(ImportScene scene, String... options) {
    List<JsonNode> completed = everything(scene);
    int changes = scene.changes();
    assertThat(results(scene.report(0, options)))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" unchanged"));
    assertThat(everything(scene)).isEqualTo(completed);
    assertThat(scene.changes()).isEqualTo(changes);
  }

  private static void complete(ImportScene scene, String site, String uid, String body) {
    JsonNode after = scene.patch(site, body, "endpoints", uid);
    json(body)
        .properties()
        .forEach(field -> assertThat(after.has(field.getKey())).as(field.getKey()).isTrue());
  }

  @Test
  void keepsSettingsThatSvixLacks() {
    try (ImportScene scene = svix()) {
      var unused = scene.report(0, "--page-size", "2");
      complete(
          scene,
          "acme-gmbh",
          "acme-crm",
          "{'filter':{'amount':{'$gte':10}},'limits':{'perSecond':20,'concurrency':3},"
              + "'labels':{'channel.eu':'eu','channel.project_1337':'project_1337','tier':'gold'},"
              + "'retry':{'maxRetries':3,'intervalSeconds':10,'backoff':'fixed'},'timeout':'7s',"
              + "'signatures':['svix','standard'],"
              + "'auth':{'bearer':{'token':'made-up'}},'enabled':true}");
      assertKept(scene, "--page-size", "2");
    }
  }

  /** Without its labels, a resumed endpoint would get the events of all channels. */
  @Test
  void keepsLabelsForChannelsThatCannotBeImported() {
    try (ImportScene scene = svix()) {
      scene.sender().replacing("[\"emea\"]", "[\"" + "x".repeat(129) + "\"]");
      String uid = "svix-3MerjbNJX4NImoflKy0LLnlGiIk";
      var unused = scene.report(0, "--page-size", "2");
      assertThat(scene.endpoint("globex-uberseehandel", uid).path("enabled").asBoolean()).isFalse();
      complete(
          scene,
          "globex-uberseehandel",
          uid,
          "{'labels':{'channel.emea':'emea'},'headers':{'X-Own':'1'},'enabled':true}");
      assertKept(scene, "--page-size", "2");
      JsonNode endpoint = scene.endpoint("globex-uberseehandel", uid);
      assertThat(endpoint.path("labels")).isEqualTo(json("{'channel.emea':'emea'}"));
      assertThat(endpoint.path("headers")).isEqualTo(json("{'X-Own':'1'}"));
    }
  }

  /** Svix keeps the case in which its user typed the name of a sensitive header. */
  @Test
  void aSensitiveHeaderStaysWhateverTheCaseOfItsName() {
    try (ImportScene scene = svix()) {
      scene.sender().replacing("[\"X-Api-Key\"]", "[\"x-api-key\"]");
      String uid = "svix-3Merjac8INysAEGHk86a6jDIhLP";
      var unused = scene.report(0, "--page-size", "2");
      complete(
          scene,
          "acme-gmbh",
          uid,
          "{'headers':{'X-Api-Key':'made-up'},'secretHeaders':['X-Api-Key'],'enabled':true}");
      assertKept(scene, "--page-size", "2");
      assertThat(scene.endpoint("acme-gmbh", uid).path("headers"))
          .isEqualTo(json("{'X-Api-Key':'********'}"));
    }
  }

  /** An environment for tests may use the uids of the one in production. */
  @Test
  void anApplicationWithTheUidOfAnotherOneGetsASiteOfItsOwn() {
    try (ImportScene scene = svix()) {
      var unused = scene.report(0, "--page-size", "2");
      List<JsonNode> production = scene.site("acme-gmbh").all("endpoints");
      scene
          .sender()
          .replacing("app_3Merja5mly2ynep0Df7WqWGuBYX", "app_1Merja5mly2ynep0Df7WqWGuBYX");

      JsonNode report = scene.report(0, "--page-size", "2");

      assertThat(scene.site("acme-gmbh").all("endpoints")).isEqualTo(production);
      assertThat(scene.sites())
          .extracting(site -> site.path("metadata").path("svix.id").asText())
          .contains("app_3Merja5mly2ynep0Df7WqWGuBYX", "app_1Merja5mly2ynep0Df7WqWGuBYX");
      assertThat(report.toString()).contains("its uid, which the site acme-gmbh has");
      assertKept(scene, "--page-size", "2");
    }
  }

  @Test
  void fieldsOfTheOtherSystemFollowItBesideThoseAddedHere() {
    try (ImportScene scene = svix()) {
      var unused = scene.report(0, "--page-size", "2");
      complete(
          scene,
          "acme-gmbh",
          "acme-crm",
          "{'limits':{'perSecond':20,'concurrency':3},'timeout':'7s',"
              + "'labels':{'channel.eu':'eu','tier':'gold'}}");
      scene.sender().replacing("[\"eu\",\"project_1337\"]", "[\"us\"]");
      scene.sender().replacing("\"rateLimit\":20,\"throttleRate\":20", "\"throttleRate\":30");
      JsonNode report = scene.report(0, "--page-size", "2", "--retry", "1m,2m");
      assertThat(report.toString()).contains("\"detail\":\"labels, limits, retry\"");
      JsonNode crm = scene.endpoint("acme-gmbh", "acme-crm");
      assertThat(crm.path("labels")).isEqualTo(json("{'channel.us':'us','tier':'gold'}"));
      assertThat(crm.path("limits")).isEqualTo(json("{'perSecond':30,'concurrency':3}"));
      assertThat(crm.path("retry")).isEqualTo(json("{'schedule':['1m','2m']}"));
      assertThat(crm.path("timeout").asText()).isEqualTo("7s");
      scene.sender().replacing("\"throttleRate\":30", "\"throttleRate\":null");
      unused = scene.report(0, "--page-size", "2");
      assertThat(scene.endpoint("acme-gmbh", "acme-crm").path("limits"))
          .isEqualTo(json("{'concurrency':3}"));
    }
  }

  @Test
  void outpostHasNoDescriptionLabelsLimitsOrRates() {
    try (ImportScene scene = new ImportScene("memory", "outpost")) {
      JsonNode export = ReplayedSender.recording("outpost-export.json");
      scene.sender().calls(export, 0, 4).calls(export, 6, 7);
      String[] tenants = {"--tenant", "northwind", "--tenant", "suedhaus"};
      var unused = scene.report(0, tenants);
      complete(
          scene,
          "northwind",
          "outpost-a5d8d11b-341d-421f-9d6b-475b53ae8ac8",
          "{'description':'CRM','labels':{'region':'eu'},'limits':{'perMinute':10},"
              + "'retry':{'schedule':['1m','2m']},'timeout':'7s','successStatuses':['2xx'],"
              + "'signatures':['outpost','github']}");
      scene.patch("northwind", "{'endpointRate':'5/s'}", "settings");
      scene.put(
          "default",
          "{'description':'An order','deprecated':true,'archived':true,'schema':{'type':'object'},"
              + "'policy':'warn'}",
          "event-types",
          "order.placed");
      assertKept(scene, tenants);
    }
  }

  @Test
  void convoyHasNoConcurrencyAndNoCustomHeaders() {
    try (ImportScene scene = new ImportScene("memory", "convoy")) {
      JsonNode export = ReplayedSender.recording("convoy-export.json");
      scene.sender().calls(export, 0, 7).calls(export, 7, 10).replacing("{projectID}", PROJECT);
      var unused = scene.report(0, "--project", PROJECT);
      complete(
          scene,
          "import-samples",
          "convoy-01M8CNKKS0AY5RA3T5A7DFW127",
          "{'filter':{'amount':{'$gte':100}},'headers':{'X-Own':'1'},'enabled':true}");
      complete(
          scene,
          "import-samples",
          "convoy-01M8CNKKS3B4B92M9B13J32PSY",
          "{'headers':{'X-Api-Key':'********','X-Own':'1','Authorization':'Basic eDp5'},"
              + "'labels':{'owner':'contoso','region':'eu'},'limits':{'concurrency':2}}");
      scene.patch("import-samples", "{'endpointRate':'5/s'}", "settings");
      assertKept(scene, "--project", PROJECT);
    }
  }

  @Test
  void hook0HasNoFilterLimitsOrRates() {
    try (ImportScene scene = new ImportScene("memory", "hook0")) {
      scene.sender().calls(ReplayedSender.recording("hook0-export.json"), 0, 6);
      scene.sender().replacing("{\"all\":\"yes\"}", "{\"channel.x\":\"x\"}");
      var unused = scene.report(0);
      complete(
          scene,
          "northwind",
          "hook0-a05a27a9-e767-43fc-83ee-2a67f1ba933f",
          "{'filter':{'a':1},'limits':{'perHour':10},'retry':{'schedule':['1m']},'timeout':'7s'}");
      complete(
          scene,
          "northwind",
          "hook0-7faa91cf-8487-40e2-a225-70160ce087bb",
          "{'labels':{'tenant':'northwind'},'headers':{'X-Own':'1'},'enabled':true}");
      scene.patch("northwind", "{'endpointRate':'5/s'}", "settings");
      scene.put("northwind", "{'description':'A licence'}", "event-types", "lic.license.created");
      assertKept(scene);
    }
  }

  @Test
  void webhookxHasNoFilterLabelsOrRates() {
    try (ImportScene scene = new ImportScene("memory", "webhookx")) {
      scene.sender().calls(ReplayedSender.recording("webhookx-export.json"), 0, 4);
      JsonNode report = scene.report(0);
      String site = report.path("items").get(0).path("name").asText();
      complete(
          scene,
          site,
          "webhookx-3MerCaoV9He3Jor9g8OGx19Xvja",
          "{'filter':{'a':1},'labels':{'region':'eu'},'limits':{'perMinute':100,'concurrency':2}}");
      complete(
          scene,
          site,
          "webhookx-3MerCdDCcHfPxfSbBX0a6mLBReI",
          "{'signatures':['standard','github']}");
      complete(
          scene,
          site,
          "webhookx-3MerCaWATMjRP8irYilgTMn3bX8",
          "{'headers':{'X-Own':'1'},'enabled':true}");
      scene.patch(site, "{'endpointRate':'5/s'}", "settings");
      scene.put(site, "{'description':'An order'}", "event-types", "order.placed");
      assertKept(scene);
    }
  }

  /** Someone may have found other names for types that cannot be imported. */
  @Test
  void eventTypesStayIfOneCannotBeImported() {
    try (ImportScene scene = svix()) {
      scene
          .sender()
          .replacing("[\"invoice.paid\",\"invoice.voided\"]", "[\"invoice.paid\",\"a b\"]");
      var unused = scene.report(0, "--page-size", "2");
      complete(scene, "acme-gmbh", "acme-crm", "{'eventTypes':['invoice.paid','a.b']}");
      assertKept(scene, "--page-size", "2");
    }
  }
}
