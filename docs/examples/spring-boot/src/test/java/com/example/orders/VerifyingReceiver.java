package com.example.orders;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The receiver that the manual shows for Spring. The profile keeps it out of the application of
 * this example, which sends.
 */
@Profile("receiver")
@RestController
class VerifyingReceiver {
  final List<String> saved = new ArrayList<>();
  private final String secret;

  VerifyingReceiver(String secret) {
    this.secret = secret;
  }

  // tag::route
  @PostMapping("/hook")
  ResponseEntity<Void> receive(
      @RequestBody(required = false) byte[] body, @RequestHeader HttpHeaders headers)
      throws GeneralSecurityException {
    String id = headers.getFirst("webhook-id");
    boolean valid =
        body != null
            && StandardReceiver.verifyStandard(
                body,
                id,
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                secret);
    if (!valid) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
    }
    save(id, body);
    return ResponseEntity.noContent().build();
  }

  // end::route

  private void save(String id, byte[] body) {
    saved.add(id + " " + body.length);
  }
}
