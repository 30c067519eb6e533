package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attacks end to end, in a network in which every address is a canary: the server is opened
 * altogether, so that all targets can be registered, started anew with its guard, and then made to
 * deliver, to test and to replay to all of them.
 */
final class GuardScene implements AutoCloseable {
  private static final List<String> OPEN =
      List.of("--allow-network=0.0.0.0/0", "--allow-network=::/0", "--allow-http");
  private static final List<String> GUARDED = List.of("--allow-http");
  private static final Set<String> GOOD =
      Set.of(
          "https://good.example.com/hook",
          "https://good.example.com/redirect",
          "http://93.184.216.34/hook",
          "http://[2606:2800:220:1::34]/hook");

  private static final String CUSTOMERS =
      "{'url':'https://rebound.example.com/customer','eventTypes':['customer_created'],"
          + "'urlFrom':'customer'}";

  private final Path folder;
  private final Map<String, String> targets = GuardTargets.all();
  private final GuardTargets.Names names = new GuardTargets.Names();
  private final NameServer nameServer = new NameServer(names);
  private final Canaries canaries =
      new Canaries(
          ports(),
          Set.of(
              InetAddress.getByName("93.184.216.34"),
              InetAddress.getByName("2606:2800:220:1::34")));

  private GuardScene(Path folder) throws IOException {
    this.folder = folder;
  }

  /** Runs inside of the namespace; the argument is a folder for what it writes. */
  public static void main(String[] args) throws Exception {
    try (GuardScene scene = new GuardScene(Path.of(args[0]))) {
      scene.play();
    }
  }

  private void play() throws Exception {
    canaries.prove(GuardTargets.CANARIES, 443);
    trust();
    Map<String, String> urls = new HashMap<>();
    String customers;
    try (ServerChild open = server(OPEN)) {
      Tenant tenant = new Tenant(open.client(), "default");
      for (String url : targets.keySet()) {
        urls.put(tenant.endpoint(url, "*").path("id").asText(), url);
      }
      customers = tenant.post(CUSTOMERS, "endpoints").path("id").asText();
      open.terminate();
      assertThat(open.exitCode()).as(open.log()).isZero();
    }
    try (ServerChild guarded = server(GUARDED)) {
      Tenant tenant = new Tenant(guarded.client(), "default");
      refusesToRegister(tenant);
      for (String url : GOOD) {
        urls.put(tenant.endpoint(url, "*").path("id").asText(), url);
      }
      names.turn();
      attack(tenant, urls);
    }
    assertThat(canaries.reached()).isEmpty();
    try (ServerChild open = server(OPEN)) {
      sparesCustomers(new Tenant(open.client(), "default"), customers, urls);
    }
    System.out.println(urls.size() + " targets: nothing reached that must not be");
  }

  /** Where everything is open, what a customer registered in public leads inside by now. */
  private void sparesCustomers(Tenant tenant, String customers, Map<String, String> urls) {
    String event = "{\"type\":\"customer_created\",\"to\":[\"" + customers + "\"],\"data\":{}}";
    tenant.publish(event);
    Poll.until(() -> !of(customers, attempts(tenant)).isEmpty());
    JsonNode delivery = of(customers, tenant.list("deliveries")).get(0);
    tenant.post("{}", "deliveries", delivery.path("id").asText(), "retry");
    tenant.post("{}", "endpoints", customers, "test");
    Poll.until(() -> of(customers, attempts(tenant)).size() >= 3);
    for (JsonNode attempt : of(customers, attempts(tenant))) {
      assertThat(attempt.path("outcome").asText()).isEqualTo("blocked_address");
      assertThat(attempt.path("error").asText()).contains("comes from a customer", "(url_address)");
    }
    assertThat(canaries.reached()).isEmpty();
    urls.forEach(
        (id, url) -> {
          if (url.equals("https://rebound.example.com/")) {
            tenant.post("{}", "endpoints", id, "test");
          }
        });
    assertThat(canaries.reached()).contains("127.0.0.1 port 443");
  }

  private static List<JsonNode> of(String endpoint, List<JsonNode> all) {
    return all.stream().filter(one -> one.path("endpoint").asText().equals(endpoint)).toList();
  }

  private void refusesToRegister(Tenant tenant) {
    targets.forEach(
        (url, code) -> {
          if (!GuardTargets.Names.turns(url)) {
            ApiException refused = null;
            try {
              tenant.endpoint(url, "*");
            } catch (ApiException e) {
              refused = e;
            }
            assertThat(refused).as(url).hasMessageContaining(code);
          }
        });
  }

  private void attack(Tenant tenant, Map<String, String> urls) {
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    Poll.until(() -> attempts(tenant).size() == urls.size());
    judge(attempts(tenant), urls);
    assertThat(canaries.requests()).hasSameSizeAs(GOOD);

    List<JsonNode> tested = new ArrayList<>();
    urls.keySet().forEach(id -> tested.add(tenant.post("{}", "endpoints", id, "test")));
    judge(tested, urls);
    assertThat(canaries.requests()).hasSize(2 * GOOD.size());

    int before = attempts(tenant).size();
    List<JsonNode> pending = tenant.deliveries("pending");
    pending.forEach(d -> tenant.post("{}", "deliveries", d.path("id").asText(), "cancel"));
    tenant.post("{\"since\":\"2026-01-01T00:00:00Z\",\"status\":\"cancelled\"}", "replays");
    Poll.until(() -> attempts(tenant).size() == before + pending.size());
    judge(attempts(tenant), urls);
  }

  private void judge(List<JsonNode> attempts, Map<String, String> urls) {
    for (JsonNode attempt : attempts) {
      String url = urls.get(attempt.path("endpoint").asText());
      String outcome = attempt.path("outcome").asText();
      if (!GOOD.contains(url)) {
        assertThat(outcome).as(url + " " + attempt).isEqualTo("blocked_address");
        assertThat(attempt.path("error").asText()).as(url).contains(targets.get(url));
      } else {
        assertThat(outcome)
            .as(url + " " + attempt)
            .isEqualTo(url.endsWith("/redirect") ? "http_error" : "delivered");
      }
    }
  }

  private static List<JsonNode> attempts(Tenant tenant) {
    return tenant.all("attempts");
  }

  private ServerChild server(List<String> flags) {
    int port = ServerChild.freePort();
    List<String> args = new ArrayList<>(List.of("serve", "--port", "" + port));
    args.add("--store=file:" + folder.resolve("store"));
    args.addAll(flags);
    List<String> options =
        List.of(
            "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12"),
            "-Djavax.net.ssl.trustStorePassword=changeit",
            "-Dsun.net.inetaddr.ttl=0",
            "-Dsun.net.inetaddr.negative.ttl=0");
    return ServerChild.run(folder, port, options, args).awaitReady();
  }

  private void trust() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", Certificate.GOOD.authority());
    try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
      trusted.store(out, "changeit".toCharArray());
    }
  }

  private Set<Integer> ports() {
    Set<Integer> ports = new TreeSet<>(Set.of(80, 443));
    for (String url : targets.keySet()) {
      int port = URI.create(url).getPort();
      ports.add(port < 0 ? 443 : port);
    }
    return ports;
  }

  @Override
  public void close() throws IOException {
    canaries.close();
    nameServer.close();
  }
}
