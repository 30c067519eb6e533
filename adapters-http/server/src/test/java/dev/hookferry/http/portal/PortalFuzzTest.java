package dev.hookferry.http.portal;

import static dev.hookferry.http.portal.PortalFuzzWorld.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.http.portal.PortalFuzzWorld.Division;
import dev.hookferry.http.portal.PortalFuzzWorld.Holdings;
import dev.hookferry.http.portal.PortalFuzzWorld.Request;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.id.SiteId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A customer's session learns nothing of another customer, whatever it asks for: nothing it sees
 * changes when the other one comes, what belongs to him is answered like what does not exist, by as
 * many queries of the store, and nothing of his is changed. Routes are taken from the router, so
 * that a new one is covered. {@code -Dthorough=true} adds the stores on database servers.
 */
class PortalFuzzTest {
  private static final long SEED = 20261128;
  private static final int REQUESTS = 150;
  private static final List<String> FILTERS =
      List.of(
          "status",
          "q",
          "type",
          "endpoint",
          "code",
          "event",
          "data",
          "field",
          "range",
          "since",
          "zone",
          "back",
          "cursor",
          "id",
          "list",
          "tested");

  private static final FuzzStores STORES = new FuzzStores();

  private final Random random = new Random(SEED);

  @TempDir private Path folder;

  @AfterAll
  static void removeDatabases() throws IOException {
    STORES.close();
  }

  static Stream<Arguments> worlds() {
    return FuzzStores.kinds().stream()
        .flatMap(store -> Stream.of(Division.values()).map(how -> Arguments.of(store, how)));
  }

  private PortalFuzzWorld world(String store, Division division) {
    return new PortalFuzzWorld(division, memory -> STORES.open(store, memory, folder));
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void nothingChangesWhenAnotherCustomerComes(String store, Division division) {
    try (PortalFuzzWorld world = world(store, division)) {
      Map<Request, String> before = new LinkedHashMap<>();
      for (Request request : reads(world)) {
        before.put(request, PortalFuzzWorld.seen(world.send(request)));
      }
      assertThat(before).hasSizeGreaterThan(50);
      Holdings theirs = world.addTheOther();
      assertThat(theirs.deliveries()).hasSize(165);
      before.forEach(
          (request, seen) ->
              assertThat(PortalFuzzWorld.seen(world.send(request)))
                  .as(request.text())
                  .isEqualTo(seen));
    }
  }

  /** Every page and list, of each object that the customer has, with each filter. */
  private List<Request> reads(PortalFuzzWorld world) {
    List<Request> all = new ArrayList<>();
    for (String template : templates(world, "GET")) {
      for (String id : ids(world.mine, template)) {
        String path = template.replace("{id}", id);
        all.add(PortalFuzzWorld.page(path));
        if (template.endsWith("/deliveries")) {
          for (String filter : List.of("status=exhausted", "status=held", "type=license_created")) {
            all.add(PortalFuzzWorld.page(path + "?" + filter));
          }
          for (String endpoint : world.mine.endpoints()) {
            all.add(PortalFuzzWorld.page(path + "?endpoint=" + endpoint));
          }
          String event = world.mine.events().get(0);
          all.add(PortalFuzzWorld.page(path + "?event=" + event));
          if (!path.startsWith("/api")) {
            all.add(PortalFuzzWorld.page(path + "?q=" + event));
            all.add(PortalFuzzWorld.page(path + "?q=" + absentLike(MARK + "-0")));
          }
          String search = path.startsWith("/api") ? "?field=" : "?data=";
          for (String value : List.of("shared:same", "name:mine", "name:" + MARK)) {
            all.add(PortalFuzzWorld.page(path + search + value));
          }
        }
      }
    }
    all.add(PortalFuzzWorld.page("/portal/deliveries?code=400&range=24h"));
    all.add(PortalFuzzWorld.page("/api/v1/portal/deliveries?limit=2"));
    return all;
  }

  private static List<String> templates(PortalFuzzWorld world, String method) {
    return Stream.concat(
            world.calls().stream().map(route -> route.method() + " " + route.template()),
            world.pages().stream())
        .filter(route -> route.startsWith(method + " "))
        .map(route -> route.substring(method.length() + 1))
        .toList();
  }

  private static List<String> ids(Holdings of, String template) {
    if (!template.contains("{id}")) {
      return List.of("");
    }
    return template.contains("/events/")
        ? of.events()
        : template.contains("/endpoints/") ? of.endpoints() : of.deliveries();
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void resourcesOfOthersLookLikeMissingOnes(String store, Division division) {
    try (PortalFuzzWorld world = world(store, division)) {
      Holdings theirs = world.addTheOther();
      Map<String, String> absent = new TreeMap<>();
      theirs.all().forEach(id -> absent.put(id, absentLike(id)));
      String before = state(world, theirs);
      List<Request> requests = new ArrayList<>(eachWith(world, theirs));
      boolean isSql = !List.of("memory", "file").contains(store);
      for (int i = 0; i < (isSql ? REQUESTS / 3 : REQUESTS); i++) {
        requests.add(anyWith(world, theirs));
      }
      // A request that names nothing foreign may change what is the customer's own.
      requests.removeIf(request -> theirs.all().stream().noneMatch(request.text()::contains));
      assertThat(requests).hasSizeGreaterThan(REQUESTS);
      requests.forEach(request -> isLike(world, request, absent));
      assertThat(state(world, theirs)).isEqualTo(before);
    }
  }

  /** Returns an id of the same form that nothing has. */
  private static String absentLike(String id) {
    if (id.startsWith(MARK)) {
      return id.replace(MARK, "zqxnowhere");
    }
    int end = id.length() - 8;
    return id.substring(0, end) + "0000" + id.substring(end + 4);
  }

  private void isLike(PortalFuzzWorld world, Request request, Map<String, String> absent) {
    Answer[] answers = new Answer[2];
    List<String> foreign = world.queries.of(() -> answers[0] = world.send(request));
    Request other = request.with(text -> replaced(text, absent));
    List<String> none = world.queries.of(() -> answers[1] = world.send(other));
    String seen = PortalFuzzWorld.seen(answers[0]);
    String unsaid = seen;
    for (String id : absent.keySet()) {
      unsaid = request.text().contains(id) ? unsaid.replace(id, "") : unsaid;
    }
    assertThat(unsaid).as(request.text()).doesNotContain(MARK);
    assertThat(absent.keySet()).as(request.text()).noneMatch(unsaid::contains);
    assertThat(replaced(seen, absent))
        .as(request.text())
        .isEqualTo(PortalFuzzWorld.seen(answers[1]));
    assertThat(foreign).as(request.text()).isEqualTo(none);
  }

  private static String replaced(String text, Map<String, String> absent) {
    String changed = text;
    for (Map.Entry<String, String> pair : absent.entrySet()) {
      changed = changed.replace(pair.getKey(), pair.getValue());
    }
    return changed;
  }

  /** Every route that names something, with something of the other customer's. */
  private List<Request> eachWith(PortalFuzzWorld world, Holdings theirs) {
    List<Request> all = new ArrayList<>();
    for (ApiRoute route : world.calls()) {
      for (String id : route.template().contains("{id}") ? theirs.some() : List.<String>of()) {
        String path = route.template().replace("{id}", id);
        all.add(
            new Request(route.method(), path, route.body() == ApiRoute.Body.NONE ? null : "{}"));
      }
    }
    for (String page : world.pages()) {
      String[] parts = page.split(" ", -1);
      for (String id : parts[1].contains("{id}") ? theirs.some() : List.<String>of()) {
        all.add(new Request(parts[0], parts[1].replace("{id}", id), ""));
      }
    }
    for (String id : theirs.endpoints()) {
      String body = "{\"endpoint\":\"" + id + "\"}";
      all.add(new Request("POST", "/api/v1/portal/deliveries/retry", body));
      all.add(new Request("POST", "/portal/deliveries/retry?endpoint=" + id, "all=1"));
    }
    for (String id : theirs.some()) {
      all.add(PortalFuzzWorld.page("/portal/deliveries?q=" + id));
      all.add(PortalFuzzWorld.page("/portal/deliveries?event=" + id));
    }
    return all;
  }

  /** Any route with anything of the other customer's in path, query and body. */
  private Request anyWith(PortalFuzzWorld world, Holdings theirs) {
    List<ApiRoute> calls = world.calls();
    List<String> pages = world.pages();
    int which = random.nextInt(calls.size() + pages.size());
    if (which >= calls.size()) {
      String[] parts = pages.get(which - calls.size()).split(" ", -1);
      String form = parts[0].equals("POST") ? query(theirs, FILTERS) + "&types=*" : "";
      String path = parts[1].replace("{id}", any(theirs.all()));
      return new Request(parts[0], path + "?" + query(theirs, FILTERS), form);
    }
    ApiRoute route = calls.get(which);
    String path = route.template().replace("{id}", any(theirs.all()));
    String query = query(theirs, List.copyOf(route.query()));
    String body = route.body() == ApiRoute.Body.NONE ? null : body(theirs);
    boolean creates = route.method().equals("POST") && route.template().endsWith("/endpoints");
    return new Request(
        route.method(), path + (query.isEmpty() ? "" : "?" + query), creates ? "{}" : body);
  }

  private String query(Holdings theirs, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String name = any(names);
      String value =
          switch (name) {
            case "endpoint" -> any(theirs.endpoints());
            case "event" -> any(theirs.events());
            case "id" -> any(theirs.deliveries());
            case "status" -> any(List.of("exhausted", "held", "delivered"));
            case "code" -> "400";
            case "range" -> "24h";
            case "limit" -> "3";
            case "type" -> "license_created";
            default -> any(theirs.all());
          };
      parts.add(name + "=" + value);
    }
    return String.join("&", parts);
  }

  private String body(Holdings theirs) {
    return any(
        List.of(
            "{}",
            "{\"endpoint\":\"" + any(theirs.endpoints()) + "\"}",
            "{\"endpoint\":\"" + any(theirs.all()) + "\",\"type\":\"license_created\"}",
            "{\"type\":\"license_created\"}",
            "{\"description\":\"" + any(theirs.all()) + "\"}",
            "{\"filter\":null}"));
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Returns all that the operator sees of the other customer, and how often he was sent to. */
  private static String state(PortalFuzzWorld world, Holdings theirs) {
    String site = "/api/v1/sites/" + world.theirSite.value();
    StringBuilder state = new StringBuilder();
    for (String id : theirs.endpoints()) {
      state.append(world.served.get(site + "/endpoints/" + id).body());
      state.append(world.served.get(site + "/deliveries?limit=500&endpoint=" + id).body());
    }
    return state.append(sent(world, MARK)).toString();
  }

  /** A form may mix what is the customer's own with what is not. */
  @ParameterizedTest
  @MethodSource("worlds")
  void aMixedRetrySendsOnlyWhatIsOnesOwn(String store, Division division) {
    try (PortalFuzzWorld world = world(store, division)) {
      Holdings theirs = world.addTheOther();
      String own =
          world.deliveries(SiteId.DEFAULT).stream()
              .filter(one -> world.mine.deliveries().contains(one.id().toString()))
              .filter(one -> one.attempts() > 0)
              .findFirst()
              .orElseThrow()
              .id()
              .toString();
      long before = sent(world, MARK);
      String form = "id=" + own + "&id=" + String.join("&id=", theirs.deliveries());
      Map<String, String> absent = new TreeMap<>();
      theirs.deliveries().forEach(id -> absent.put(id, absentLike(id)));
      for (String body : List.of(form, replaced(form, absent))) {
        long mine = sent(world, "mine");
        Request retry = new Request("POST", "/portal/deliveries/retry", body + "&confirmed=yes");
        Answer done = world.send(retry);
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        Request outcome = PortalFuzzWorld.page(done.header("Location"));
        Poll.until(() -> sent(world, "mine") == mine + 1);
        Poll.until(
            () ->
                world.deliveries(SiteId.DEFAULT).stream()
                    .filter(one -> one.id().toString().equals(own))
                    .allMatch(one -> one.state().isFinal()));
        // Until all attempts are in the store, the page says that they are on their way.
        Poll.until(() -> !world.send(outcome).body().contains("data-follow"));
        assertThat(world.send(outcome).body())
            .contains(own, theirs.deliveries().size() + " cannot be retried")
            .doesNotContain(MARK);
      }
      assertThat(sent(world, MARK)).isEqualTo(before);
    }
  }

  private static long sent(PortalFuzzWorld world, String host) {
    return world.served.transport.requests().stream()
        .filter(request -> request.url().host().startsWith(host))
        .count();
  }
}
