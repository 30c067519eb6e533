package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client certificates from the command line to a receiver that demands one, and back. */
final class ClientCertificateServerTest {
  @TempDir private Path folder;

  private final List<String> clients = new CopyOnWriteArrayList<>();
  private ServerFixture fixture;
  private HttpsServer receiver;
  private String url;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture("file:" + folder.resolve("store"));
    receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SSLContext context = Certificate.GOOD.context(Certificate.OTHER);
    receiver.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters own = getSSLContext().getDefaultSSLParameters();
            own.setNeedClientAuth(true);
            parameters.setSSLParameters(own);
          }
        });
    receiver.createContext(
        "/",
        exchange -> {
          clients.add(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    url = "https://127.0.0.1:" + receiver.getAddress().getPort() + "/";
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    fixture.close();
  }

  @Test
  void aDeliveryPresentsTheCertificateThatTheCommandsGaveIt() throws IOException {
    String certificate = file("client.pem", Certificate.OTHER.pem());
    String key = file("client.key", Certificate.OTHER.keyPem());
    String authority = file("ca.pem", Certificate.GOOD.authorityPem());
    List<String> trusted = List.of("--trusted-ca", authority);
    List<String> identity = new ArrayList<>(trusted);
    identity.addAll(List.of("--client-certificate", certificate, "--client-key", key));

    CommandResult without = typed("endpoints", "try", url, trusted);
    assertThat(without.code()).isEqualTo(1);
    assertThat(clients).isEmpty();
    CommandResult tried = typed("endpoints", "try", url, identity);
    assertThat(tried.out() + tried.err()).contains("delivered 204").doesNotContain("PRIVATE");

    identity.addAll(List.of("--type", "*", "--uid", "crm"));
    CommandResult added = typed("endpoints", "add", url, identity);
    assertThat(added.err()).isEmpty();
    new Tenant(fixture.client(ServerFixture.KEY), "default")
        .publish("{\"type\":\"license_created\",\"data\":{}}");
    Poll.until(() -> clients.size() >= 2);
    assertThat(clients).containsOnly("CN=good.example.com");
    assertThat(typed("endpoints", "show", "crm").out())
        .contains("CN=good.example.com", "Client certificate expires")
        .doesNotContain("PRIVATE");

    fixture.restart();
    assertThat(typed("endpoints", "test", "crm").out()).contains("delivered 204");
    assertThat(typed("endpoints", "change", "crm", List.of("--no-client-certificate")).code())
        .isZero();
    assertThat(typed("endpoints", "test", "crm").code()).isEqualTo(1);
    assertThat(clients).hasSize(3);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private CommandResult typed(String command, String sub, String target, List<String> more) {
    List<String> all = new ArrayList<>(List.of(command, sub, target));
    all.addAll(more);
    all.addAll(
        List.of("--server", fixture.server().address().toString(), "--key", ServerFixture.KEY));
    return CommandResult.run(all.toArray(String[]::new));
  }

  private CommandResult typed(String command, String sub, String target) {
    return typed(command, sub, target, List.of());
  }
}
