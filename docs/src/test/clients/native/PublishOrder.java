package com.example.shop;

import java.util.List;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.EndpointsApi;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.model.EndpointWithSecret;
import org.openapitools.client.model.NewEndpoint;
import org.openapitools.client.model.NewEvent;
import org.openapitools.client.model.Receipt;

/** Adds an endpoint and publishes an event. Arguments: the server's address and an API key. */
public final class PublishOrder {
  public static void main(String[] args) throws ApiException {
    ApiClient client = new ApiClient();
    client.updateBaseUri(args[0]);
    client.setRequestInterceptor(
        request -> request.setHeader("Authorization", "Bearer " + args[1]));

    NewEndpoint crm =
        new NewEndpoint().url("https://crm.example/hook").eventTypes(List.of("license_*"));
    EndpointWithSecret endpoint = new EndpointsApi(client).createEndpoint("default", crm);
    System.out.println("secret for the receiver, shown once: " + endpoint.getSecret());

    NewEvent event =
        new NewEvent().type("license_created").data(Map.of("ActivationKey", "HF4T0-7QWK2"));
    try {
      // With the same Idempotency-Key, a repeat after a lost response publishes nothing twice.
      Receipt receipt = new EventsApi(client).publish("default", event, "order-4711", null, null);
      System.out.println(receipt.getId() + " goes to " + receipt.getDeliveries() + " endpoint(s)");
    } catch (ApiException e) {
      System.err.println("not published: " + e.getCode() + " " + e.getResponseBody());
      throw e;
    }
  }
}
