package dev.hookferry.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.Served;
import dev.hookferry.http.options.HttpServerOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.net.http.HttpRequest;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Names of people in the audit log, from the header of a proxy. */
final class ProxyUserTest {
  private static final UnaryOperator<HttpServerOptions> WITH_USERS =
      options -> options.withProxyInFront("X-Forwarded-User");

  /** Returns the author of a change that the API gets with these names of users. */
  private static String author(UnaryOperator<HttpServerOptions> options, String... users) {
    try (Served served = new Served(options, store -> store)) {
      Served.Answer changed =
          served.send(
              "PATCH",
              Served.DEFAULT + "/settings",
              "{\"webHookMaxRetries\":3}",
              request -> named(request, users));
      assertThat(changed.status()).isEqualTo(200);
      return served.get("/api/v1/audit?limit=1").json().at("/data/0/by").asText();
    }
  }

  private static HttpRequest.Builder named(HttpRequest.Builder request, String... users) {
    for (String user : users) {
      request.header("X-Forwarded-User", user);
    }
    return request;
  }

  @Test
  void userNamedByTheProxyIsNamedBeforeTheKey() {
    assertThat(author(WITH_USERS, "ada@example.com")).startsWith("ada@example.com (");
  }

  @Test
  void aNameIsReadInTheEncodingThatTheProxyUses() {
    assertThat(read("J\u00c3\u00bcrgen")).as("UTF-8").isEqualTo("J\u00fcrgen");
    assertThat(read("J\u00fcrgen")).as("ISO 8859-1").isEqualTo("J\u00fcrgen");
    assertThat(read("ada\u0085")).as("a control character").isEmpty();
  }

  private static String read(String header) {
    HttpServerExchange exchange = new HttpServerExchange(null);
    exchange.getRequestHeaders().put(new HttpString("X-Forwarded-User"), header);
    return ProxyUser.of(exchange, "X-Forwarded-User");
  }

  @Test
  void aNameThatAClientMayHaveAddedIsIgnored() {
    String nobody = author(WITH_USERS);
    assertThat(nobody).isNotEmpty();
    assertThat(author(WITH_USERS, "ada", "eve")).isEqualTo(nobody);
    assertThat(author(WITH_USERS, "")).isEqualTo(nobody);
    assertThat(author(options -> options, "eve")).isEqualTo(nobody);
    assertThat(author(HttpServerOptions::withProxyInFront, "eve")).isEqualTo(nobody);
  }
}
