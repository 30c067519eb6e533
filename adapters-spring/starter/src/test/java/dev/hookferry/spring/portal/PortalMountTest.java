package dev.hookferry.spring.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.Actor;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.spring.autoconfigure.StarterApplication;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The portal under the host of an application with Spring MVC. */
@SpringBootTest(
    classes = StarterApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.main.web-application-type=servlet",
      "spring.datasource.url=jdbc:h2:mem:portal",
      "spring.autoconfigure.exclude=" + StarterApplication.MODULITH,
      "hookferry.secrets.in-the-clear=true",
      "hookferry.no-delivery=true"
    })
class PortalMountTest {
  private static final String READ_FIRST = "X-Read-First";
  private static final NewPortalLink EVERYTHING =
      NewPortalLink.of("c-17").can(EnumSet.allOf(PortalCapability.class));

  /** Adds a filter that reads the parameters of some requests, as many filters do. */
  @TestConfiguration(proxyBeanMethods = false)
  static class EarlyReader {
    @Bean
    Filter earlyReader() {
      return (request, response, chain) -> {
        if (((HttpServletRequest) request).getHeader(READ_FIRST) != null) {
          request.getParameterMap();
        }
        chain.doFilter(request, response);
      };
    }
  }

  @Value("${local.server.port}")
  private int port;

  @Autowired private Webhooks webhooks;
  @Autowired private Portal portal;

  private final HttpClient client = HttpClient.newHttpClient();
  private EndpointId endpoint;

  @BeforeEach
  void switchOn() {
    Map<String, Object> settings =
        Map.of(
            "enabled",
            true,
            "origins",
            List.of("https://app.example"),
            "theme",
            Map.of("productName", "Größe"));
    webhooks.settings().changeByName(SiteId.DEFAULT, Map.of("portal", settings));
    endpoint =
        webhooks
            .endpoints()
            .create(SiteId.DEFAULT, EndpointSpec.to("https://crm.example/").types("*"))
            .endpoint()
            .id();
  }

  private HttpResponse<String> send(String method, String path, String cookie, String form)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(
                method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String cookie)
      throws IOException, InterruptedException {
    return send("GET", path, cookie, "");
  }

  /** Opens a link, and returns the cookie of its session. */
  private String enter() throws IOException, InterruptedException {
    String code = portal.link(SiteId.DEFAULT, EVERYTHING, Actor.PROGRAM).code();
    HttpResponse<String> opened = get("/portal/" + code, "none=1");
    assertThat(opened.statusCode()).isEqualTo(303);
    assertThat(opened.headers().firstValue("Location")).contains("/portal/");
    String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");
    return cookie.split(";", -1)[0];
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  @Test
  void pagesAndTheirFilesAreServed() throws Exception {
    String cookie = enter();
    HttpResponse<String> home = get("/portal/", cookie);
    assertThat(home.statusCode()).isEqualTo(200);
    assertThat(home.body()).contains("Größe");
    assertThat(home.headers().firstValue("Content-Security-Policy").orElse(""))
        .endsWith("frame-ancestors https://app.example");
    String asset = found(home.body(), "href=\"(/portal/assets/[^\"]+)\"");
    assertThat(get(asset, "none=1").statusCode()).isEqualTo(200);
    assertThat(get("/portal/element.js", "none=1").body()).contains("hookferry-portal");
    assertThat(get("/portal/deliveries?status=exhausted", cookie).statusCode()).isEqualTo(200);
    assertThat(get("/portal/endpoints/" + endpoint, cookie).statusCode()).isEqualTo(200);
    assertThat(get("/portal/none", cookie).statusCode()).isEqualTo(404);
  }

  @Test
  void aFormNeedsTheTokenOfItsSession() throws Exception {
    String cookie = enter();
    String path = "/portal/endpoints/" + endpoint;
    assertThat(send("POST", path + "/pause", cookie, "csrf=forged").statusCode()).isEqualTo(403);
    assertThat(webhooks.endpoints().get(SiteId.DEFAULT, endpoint).enabled()).isTrue();
    String form = "csrf=" + found(get(path, cookie).body(), "name=\"csrf\" value=\"([^\"]+)\"");
    assertThat(send("POST", path + "/pause", cookie, form).statusCode()).isEqualTo(303);
    assertThat(webhooks.endpoints().get(SiteId.DEFAULT, endpoint).enabled()).isFalse();
    form += "&description=Gr%C3%B6%C3%9Fe&url=https%3A%2F%2Fcrm.example%2F&types=*";
    assertThat(send("POST", path + "/edit", cookie, form).statusCode()).isEqualTo(303);
    assertThat(webhooks.endpoints().get(SiteId.DEFAULT, endpoint).description()).isEqualTo("Größe");
  }

  @Test
  void aFormIsReadAlthoughAFilterHasReadItsParameters() throws Exception {
    String cookie = enter();
    String path = "/portal/endpoints/" + endpoint;
    String csrf = found(get(path, cookie).body(), "name=\"csrf\" value=\"([^\"]+)\"");
    String form =
        "csrf=" + csrf + "&description=Gr%C3%B6%C3%9Fe&url=https%3A%2F%2Fcrm.example%2F&types=*";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + "/edit"))
            .header("Cookie", cookie)
            .header(READ_FIRST, "yes")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(303);
    assertThat(webhooks.endpoints().get(SiteId.DEFAULT, endpoint).description()).isEqualTo("Größe");
  }

  @Test
  void withoutASessionNothingIsShown() throws Exception {
    assertThat(get("/portal/", "none=1").statusCode()).isEqualTo(401);
    assertThat(get("/portal", "none=1").statusCode()).isEqualTo(401);
    String cookie = enter();
    assertThat(portal.endAll(SiteId.DEFAULT, "c-17", Actor.PROGRAM)).isPositive();
    assertThat(get("/portal/deliveries", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void aBodyThatNoFormHasIsRefused() throws Exception {
    String form = "x=" + "y".repeat(1 << 20);
    assertThat(send("POST", "/portal/endpoints/new", enter(), form).statusCode()).isEqualTo(413);
  }
}
