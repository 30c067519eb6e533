package org.openapitools.client;

/** Runs the scenario with the client of library native. */
public final class NativeScenario {
  private NativeScenario() {}

  /** Arguments: the server's URL and an admin key. */
  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(args[0]);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + args[1]));
    new Scenario(client, true).run();
  }
}
