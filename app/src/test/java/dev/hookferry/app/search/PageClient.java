package dev.hookferry.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A signed-in user who fetches pages and measures the time. */
final class PageClient {
  private static final int REPEATS = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final Map<String, String> headers;

  /**
   * Creates a client.
   *
   * @param headers the headers that sign it in
   */
  PageClient(URI server, Map<String, String> headers) {
    this.server = server;
    this.headers = headers;
  }

  /** Returns the text of a page. */
  String text(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(path);
    return new String(unpacked(response), StandardCharsets.UTF_8);
  }

  /**
   * Asks for each page six times and prints, separated by tabs: who asked, the path, and the
   * milliseconds of the first request and the median of five more.
   *
   * @return the number of pages
   */
  int measure(String who, List<String> paths) throws IOException, InterruptedException {
    for (String path : paths) {
      double cold = millis(path);
      double[] times = new double[REPEATS];
      for (int i = 0; i < REPEATS; i++) {
        times[i] = millis(path);
      }
      Arrays.sort(times);
      System.out.println(
          String.format(Locale.ROOT, "%s\t%s\t%.0f\t%.0f", who, path, cold, times[REPEATS / 2]));
    }
    return paths.size();
  }

  private double millis(String path) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int status = send(path).statusCode();
    assertThat(status).as(path).isEqualTo(200);
    return (System.nanoTime() - start) / 1e6;
  }

  private HttpResponse<byte[]> send(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).header("Accept-Encoding", "gzip");
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] unpacked(HttpResponse<byte[]> response) {
    if (response.headers().firstValue("Content-Encoding").isEmpty()) {
      return response.body();
    }
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
