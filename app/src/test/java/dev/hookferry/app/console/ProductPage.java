package dev.hookferry.app.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The server of a product whose page has the portal's element, and which passes {@code /portal/} on
 * to Hookferry.
 */
final class ProductPage implements AutoCloseable {
  private static final List<String> PASSED =
      List.of("Cookie", "Content-Type", "Accept", "Sec-Fetch-Dest", "Sec-Fetch-Site");

  private static final String PAGE =
      """
      <!doctype html><html lang="en"><title>Acme</title><body>
      <script src="%1$s/portal/element.js"></script>
      <h1>Webhooks</h1>
      <script>
        window.log = [];
        window.others = 0;
        addEventListener("message", () => window.others++);
        const portal = document.createElement("hookferry-portal");
        for (const name of ["ready", "navigated", "expired"]) {
          portal.addEventListener(name, (event) => log.push(name + " " + event.detail.page));
        }
        portal.setAttribute("src", new URLSearchParams(location.search).get("src"));
        document.body.append(portal);
      </script>
      """;

  private static final String FORGER =
      """
      <!doctype html><html lang="en"><title>Forger</title><script>
      for (const type of ["page", "expired"]) {
        parent.postMessage({ hookferry: type, page: "/forged" }, "*");
      }
      parent.postMessage({ hookferry: "height", height: 19000 }, "*");
      </script>
      """;

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int behind;

  /**
   * Starts the server.
   *
   * @param hooks where the page loads the element from
   * @param behind the port of the Hookferry that {@code /portal/} is passed on to
   * @param tls for https; null for http
   */
  ProductPage(String hooks, int behind, @Nullable SSLContext tls) throws IOException {
    this.behind = behind;
    server = tls == null ? HttpServer.create() : secure(tls);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/embed", exchange -> reply(exchange, PAGE.formatted(hooks)));
    server.createContext("/forger", exchange -> reply(exchange, FORGER));
    server.createContext("/portal", this::pass);
    server.start();
  }

  private static HttpServer secure(SSLContext tls) throws IOException {
    HttpsServer made = HttpsServer.create();
    made.setHttpsConfigurator(new HttpsConfigurator(tls));
    return made;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void reply(HttpExchange exchange, String page) throws IOException {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void pass(HttpExchange exchange) throws IOException {
    URI to = URI.create("http://127.0.0.1:" + behind + exchange.getRequestURI());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : PASSED) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.setHeader(name, value));
    }
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      for (String name :
          List.of("Content-Type", "Location", "Set-Cookie", "Content-Security-Policy")) {
        response
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      byte[] body = response.body();
      exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
