package dev.hookferry.spring.portal;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.portal.PortalPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpRequestHandler;

/** Forwards Spring MVC requests to the portal's pages. Thread-safe; blocks. */
final class PortalRequestHandler implements HttpRequestHandler {
  /** Maximum size of a request body; the portal's forms are far smaller. */
  private static final int MAX_BYTES = 1 << 20;

  private final PortalPages pages;

  PortalRequestHandler(PortalPages pages) {
    this.pages = pages;
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = body(request);
    if (body.length > MAX_BYTES) {
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      return;
    }
    ConsoleReply reply = pages.reply(consoleRequest(request, body));
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
    if (!reply.contentType().isEmpty()) {
      response.setContentType(reply.contentType());
    }
    byte[] page = reply.body().unsafeBytes();
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
  }

  /** Returns the body; rebuilt from the parameters if a filter has already read the form. */
  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
    return body.length == 0 && request.getContentLengthLong() != 0
        ? new ServletServerHttpRequest(request).getBody().readNBytes(MAX_BYTES + 1)
        : body;
  }

  private static ConsoleRequest consoleRequest(HttpServletRequest request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    String query = request.getQueryString();
    return new ConsoleRequest(
        request.getMethod(),
        request.getRequestURI(),
        query == null ? "" : query,
        headers,
        Payload.wrap(body),
        request.getRemoteAddr(),
        "",
        request.isSecure(),
        false);
  }
}
