package org.openapitools.client;

/** Runs the scenario with the client of library okhttp-gson. Gson leaves null fields out. */
public final class OkHttpScenario {
  private OkHttpScenario() {}

  /** Arguments: the server's URL and an admin key. */
  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.setBasePath(args[0]);
    client.setBearerToken(args[1]);
    new Scenario(client, client::setBearerToken, false).run();
  }
}
