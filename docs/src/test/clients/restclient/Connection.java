package org.openapitools.client;

/** The client of library restclient. */
final class Connection {
  /** Whether the client can send null for a field. */
  static final boolean SENDS_NULL = true;

  private Connection() {}

  static ApiClient to(String url, String key) {
    ApiClient client = new ApiClient();
    client.setBasePath(url);
    client.setBearerToken(key);
    return client;
  }
}
