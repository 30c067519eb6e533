package org.openapitools.client;

/** Runs the scenario with the client of library restclient. */
public final class RestClientScenario {
  private RestClientScenario() {}

  /** Arguments: the server's URL and an admin key. */
  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.setBasePath(args[0]);
    client.setBearerToken(args[1]);
    new Scenario(client, client::setBearerToken, true).run();
  }
}
