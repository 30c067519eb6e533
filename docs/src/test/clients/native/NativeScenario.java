package org.openapitools.client;

/** Runs the scenario with the client of library native. */
public final class NativeScenario {
  private NativeScenario() {}

  /** Arguments: the server's URL and an admin key. */
  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(args[0]);
    use(client, args[1]);
    new Scenario(client, token -> use(client, token), true).run();
  }

  private static void use(ApiClient client, String token) {
    client.setRequestInterceptor(request -> request.setHeader("Authorization", "Bearer " + token));
  }
}
