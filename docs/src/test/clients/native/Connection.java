package org.openapitools.client;

/** The client of library native. */
final class Connection {
  /** Whether the client can send null for a field. */
  static final boolean SENDS_NULL = true;

  private Connection() {}

  static ApiClient to(String url, String key) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(url);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
    return client;
  }
}
