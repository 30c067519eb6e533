package com.example.orders;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Plays a customer: registers an endpoint in this application and prints what it receives. */
@RestController
record DemoReceiver(Webhooks webhooks, Environment environment) implements ApplicationRunner {
  @Override
  public void run(ApplicationArguments arguments) {
    String url = "http://127.0.0.1:" + environment.getProperty("local.server.port") + "/hook";
    if (webhooks.endpoints().all(SiteId.DEFAULT).isEmpty()) {
      EndpointSpec endpoint = EndpointSpec.to(url).types("order_*").label("customer", "customer-7");
      webhooks.endpoints().create(SiteId.DEFAULT, endpoint);
    }
  }

  @PostMapping("/hook")
  void receive(@RequestHeader("webhook-id") String id, @RequestBody String body) {
    System.out.println("received " + id + ": " + body);
  }
}
