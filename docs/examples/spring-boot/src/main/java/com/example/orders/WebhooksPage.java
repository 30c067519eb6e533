package com.example.orders;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.Actor;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import java.util.Map;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.view.RedirectView;

/** Redirects a customer to their webhooks: open http://127.0.0.1:8080/webhooks in a browser. */
@RestController
record WebhooksPage(Webhooks webhooks, Portal portal) implements ApplicationRunner {
  @Override
  public void run(ApplicationArguments arguments) {
    webhooks
        .settings()
        .changeByName(
            SiteId.DEFAULT,
            Map.of("portal", Map.of("enabled", true, "theme", Map.of("productName", "Orders"))));
  }

  // tag::link
  @GetMapping("/webhooks")
  RedirectView open() {
    // A real application takes both from its own session. Without labels, the link opens the
    // webhooks of every customer of the site.
    NewPortalLink link =
        NewPortalLink.of("ada-7").name("Ada").labels(Map.of("customer", "customer-7"));
    return new RedirectView("/portal/" + portal.link(SiteId.DEFAULT, link, Actor.PROGRAM).code());
  }
  // end::link
}
